//! Messages as JavaScript values: `[bytes, payload]`.

use analyzer_wasm::wire::{FromWorker, ToWorker};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// What a worker said, with what it handed over.
#[derive(Debug)]
pub(in crate::analysis) struct WorkerMessage {
    /// Its words.
    pub(in crate::analysis) message: FromWorker,
    /// Its payload; undefined where the message has none.
    pub(in crate::analysis) payload: JsValue,
}

/// Reads what a worker said; `None` where it is no message of this version.
pub(in crate::analysis) fn read(data: &JsValue) -> Option<WorkerMessage> {
    let pair = Array::from(data);
    let bytes = pair.get(0).dyn_into::<Uint8Array>().ok()?.to_vec();
    Some(WorkerMessage { message: postcard::from_bytes(&bytes).ok()?, payload: pair.get(1) })
}

/// Makes what the page says.
pub(in crate::analysis) fn envelope(message: &ToWorker, payload: &JsValue) -> Array {
    // Plain data always has a form in bytes; were it not so, the worker could not read it either.
    let bytes = postcard::to_stdvec(message).unwrap_or_default();
    Array::of2(&Uint8Array::new_from_slice(&bytes), payload)
}
