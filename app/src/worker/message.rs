//! Messages as JavaScript values: `[json, payload]`.

use analyzer_wasm::protocol::{FromWorker, ToWorker};
use js_sys::Array;
use wasm_bindgen::JsValue;

/// What a worker said, with what it handed over.
#[derive(Debug)]
pub struct Answer {
    /// Its words.
    pub message: FromWorker,
    /// Its payload; undefined where the message has none.
    pub payload: JsValue,
}

/// Reads what a worker said; `None` where it is no message of this version.
pub(super) fn read(data: &JsValue) -> Option<Answer> {
    let pair = Array::from(data);
    let json = pair.get(0).as_string()?;
    Some(Answer { message: serde_json::from_str(&json).ok()?, payload: pair.get(1) })
}

/// Makes what the page says.
pub(super) fn envelope(message: &ToWorker, payload: &JsValue) -> Array {
    // Plain data with string keys always has a JSON form; were it not so, the worker could not read it either.
    let json = serde_json::to_string(message).unwrap_or_default();
    Array::of2(&json.into(), payload)
}
