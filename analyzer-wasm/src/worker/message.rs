//! Messages as JavaScript values: `[bytes, payload]`.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use web_sys::DedicatedWorkerGlobalScope;

use crate::wire::{FromWorker, ToWorker};

/// Splits a message of the page; `None` where it is none of this version.
pub(super) fn read(data: &JsValue) -> Option<(ToWorker, JsValue)> {
    let pair = Array::from(data);
    let bytes = pair.get(0).dyn_into::<Uint8Array>().ok()?.to_vec();
    Some((postcard::from_bytes(&bytes).ok()?, pair.get(1)))
}

/// Makes a message with its payload.
pub(super) fn envelope(message: &FromWorker, payload: &JsValue) -> Array {
    // Plain data always has a form in bytes; were it not so, the page could not read it either.
    let bytes = postcard::to_stdvec(message).unwrap_or_default();
    Array::of2(&Uint8Array::new_from_slice(&bytes), payload)
}

/// Says something without a payload.
pub(super) fn post(scope: &DedicatedWorkerGlobalScope, message: &FromWorker) {
    let _ = scope.post_message(&envelope(message, &JsValue::UNDEFINED));
}

/// Says something and hands over a buffer.
pub(super) fn post_with_buffer(
    scope: &DedicatedWorkerGlobalScope,
    message: &FromWorker,
    payload: &ArrayBuffer,
) {
    let _ = scope.post_message_with_transfer(&envelope(message, payload), &Array::of1(payload));
}

/// A copy outside of this module's memory, which can be handed over.
pub(super) fn buffer_of(bytes: &[u8]) -> ArrayBuffer {
    Uint8Array::new_from_slice(bytes).buffer()
}
