//! Answers queries from what the worker holds.

use js_sys::{ArrayBuffer, Float32Array, Float64Array, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::DedicatedWorkerGlobalScope;

use super::message;
use crate::query::{self, Sources};
use crate::wire::{FromWorker, Payload, Request, Response, ResponseContent};

/// Sends the answer to a query: its parts, then the rest with the payload.
pub(super) fn answer(scope: &DedicatedWorkerGlobalScope, sources: &Sources, request: Request, query: &[u8]) {
    let Request { id, tag } = request;
    let head = |content| FromWorker::Response(Response { tag, content, id });
    match query::answer(tag, query, sources) {
        Ok(answer) => {
            for part in &answer.parts {
                message::post_with(scope, &head(ResponseContent::Part), part, None);
            }
            let payload = buffer_of(&answer.payload);
            message::post_with(scope, &head(ResponseContent::Answer), &answer.rest, payload.as_ref());
        }
        Err(refusal) => message::post(scope, &head(ResponseContent::Refused(refusal))),
    }
}

/// A copy outside of the module's memory, which can be transferred.
fn buffer_of(payload: &Payload) -> Option<ArrayBuffer> {
    match payload {
        Payload::None => None,
        Payload::Bytes(bytes) => Some(Uint8Array::new_from_slice(bytes).buffer()),
        Payload::F32(values) => Some(Float32Array::new_from_slice(values).buffer().unchecked_into()),
        Payload::F64(values) => Some(Float64Array::new_from_slice(values).buffer().unchecked_into()),
    }
}
