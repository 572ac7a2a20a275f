//! Messages as JavaScript values: `[head, body, payload]`, see [`analyzer_wasm::wire`].

use analyzer_wasm::wire::{FromWorker, Request, ToWorker, decode, encode};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

/// A message of a worker.
#[derive(Debug)]
pub(in crate::analysis) struct IncomingMessage {
    /// What it says.
    pub(in crate::analysis) head: FromWorker,
    /// The encoded answer after [`FromWorker::Response`], otherwise empty.
    pub(in crate::analysis) body: Vec<u8>,
    /// An `ArrayBuffer`; undefined if the message has none.
    pub(in crate::analysis) payload: JsValue,
}

/// Reads a message of a worker; `None` if it is not one of this version.
pub(super) fn read(data: &JsValue) -> Option<IncomingMessage> {
    let message = Array::from(data);
    let head = decode(&message.get(0).dyn_into::<Uint8Array>().ok()?.to_vec())?;
    let body = message.get(1).dyn_into::<Uint8Array>().map(|body| body.to_vec()).unwrap_or_default();
    Some(IncomingMessage { head, body, payload: message.get(2) })
}

/// A message to a worker.
#[derive(Debug)]
pub(in crate::analysis) struct OutgoingMessage {
    pub(super) message: Array,
    /// The buffers that change their owner.
    pub(super) transferred: Array,
}

impl OutgoingMessage {
    /// A message that is only a head.
    pub(in crate::analysis) fn head(head: &ToWorker) -> Self {
        Self::new(head, &JsValue::UNDEFINED, &JsValue::UNDEFINED)
    }

    /// A query.
    pub(in crate::analysis) fn request(request: Request, query: &[u8]) -> Self {
        Self::new(&ToWorker::Request(request), &Uint8Array::new_from_slice(query), &JsValue::UNDEFINED)
    }

    /// A message about a file, of which only the handle is copied.
    pub(in crate::analysis) fn with_file(head: &ToWorker, file: &File) -> Self {
        Self::new(head, &JsValue::UNDEFINED, file)
    }

    /// A message with a buffer, which is transferred.
    pub(in crate::analysis) fn with_buffer(head: &ToWorker, buffer: &ArrayBuffer) -> Self {
        Self { transferred: Array::of1(buffer), ..Self::new(head, &JsValue::UNDEFINED, buffer) }
    }

    fn new(head: &ToWorker, body: &JsValue, payload: &JsValue) -> Self {
        let message = Array::of3(&Uint8Array::new_from_slice(&encode(head)), body, payload);
        Self { message, transferred: Array::new() }
    }
}
