//! Messages as JavaScript values: `[head, body, payload]`, see [`crate::wire`].

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use web_sys::DedicatedWorkerGlobalScope;

use crate::wire::{FromWorker, ToWorker, decode, encode};

/// A message of the page.
pub(super) struct Message {
    pub(super) head: ToWorker,
    /// The encoded query after [`ToWorker::Request`], otherwise empty.
    pub(super) body: Vec<u8>,
    /// A `File` or an `ArrayBuffer`, as the head says.
    pub(super) payload: JsValue,
}

/// Reads a message of the page; `None` if it is not one of this version.
pub(super) fn read(data: &JsValue) -> Option<Message> {
    let message = Array::from(data);
    let head = decode(&message.get(0).dyn_into::<Uint8Array>().ok()?.to_vec())?;
    let body = message.get(1).dyn_into::<Uint8Array>().map(|body| body.to_vec()).unwrap_or_default();
    Some(Message { head, body, payload: message.get(2) })
}

/// Makes a message that is only a head.
pub(super) fn head_only(head: &FromWorker) -> Array {
    message(head, &JsValue::UNDEFINED, &JsValue::UNDEFINED)
}

/// Sends a message that is only a head.
pub(super) fn post(scope: &DedicatedWorkerGlobalScope, head: &FromWorker) {
    let _ = scope.post_message(&head_only(head));
}

/// Sends a message and transfers a buffer with it.
pub(super) fn post_with_buffer(scope: &DedicatedWorkerGlobalScope, head: &FromWorker, payload: &ArrayBuffer) {
    transfer(scope, &message(head, &JsValue::UNDEFINED, payload), payload);
}

/// Sends a message with a body, and transfers a buffer with it if there is one.
pub(super) fn post_with(
    scope: &DedicatedWorkerGlobalScope,
    head: &FromWorker,
    body: &[u8],
    payload: Option<&ArrayBuffer>,
) {
    let body = Uint8Array::new_from_slice(body);
    match payload {
        Some(payload) => transfer(scope, &message(head, &body, payload), payload),
        None => drop(scope.post_message(&message(head, &body, &JsValue::UNDEFINED))),
    }
}

fn message(head: &FromWorker, body: &JsValue, payload: &JsValue) -> Array {
    Array::of3(&Uint8Array::new_from_slice(&encode(head)), body, payload)
}

fn transfer(scope: &DedicatedWorkerGlobalScope, message: &Array, payload: &ArrayBuffer) {
    let _ = scope.post_message_with_transfer(message, &Array::of1(payload));
}
