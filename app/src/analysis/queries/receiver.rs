//! Decodes the parts and the rest of an answer as they arrive.

use analyzer_wasm::wire::{Answer, Failure, PayloadSource, decode};
use js_sys::{Float32Array, Float64Array};
use wasm_bindgen::JsValue;

use crate::analysis::failures;

/// An answer with the buffer that was transferred beside it.
#[derive(Debug)]
pub(in crate::analysis) struct Answered<A> {
    /// The answer, complete.
    pub(in crate::analysis) answer: A,
    /// An `ArrayBuffer`, or undefined.
    pub(in crate::analysis) payload: JsValue,
}

/// Receives the responses to one query.
pub(in crate::analysis) trait Receive {
    /// A part arrived; more follows.
    fn part(&mut self, body: &[u8]);

    /// The rest of the answer arrived.
    fn finish(self: Box<Self>, body: &[u8], payload: JsValue);

    /// There will be no answer.
    fn fail(self: Box<Self>, failure: Failure);
}

/// Decodes the answers of one type and delivers the result to a callback.
pub(super) struct Receiver<A> {
    /// Each part is decoded when it arrives, so that no single task is long.
    parts: Vec<A>,
    readable: bool,
    deliver: Box<dyn FnOnce(Result<Answered<A>, Failure>)>,
}

impl<A: Answer> Receiver<A> {
    pub(super) fn new(deliver: impl FnOnce(Result<Answered<A>, Failure>) + 'static) -> Self {
        Self { parts: Vec::new(), readable: true, deliver: Box::new(deliver) }
    }

    fn join(parts: Vec<A>, body: &[u8], payload: &JsValue) -> Option<A> {
        let mut answer: A = decode(body)?;
        parts.into_iter().for_each(|part| answer.join(part));
        answer.restore_payload(&Buffer(payload)).then_some(answer)
    }
}

impl<A: Answer> Receive for Receiver<A> {
    fn part(&mut self, body: &[u8]) {
        match decode(body) {
            Some(part) => self.parts.push(part),
            None => self.readable = false,
        }
    }

    fn finish(self: Box<Self>, body: &[u8], payload: JsValue) {
        let Self { parts, readable, deliver } = *self;
        let answer = if readable { Self::join(parts, body, &payload) } else { None };
        deliver(answer.map(|answer| Answered { answer, payload }).ok_or_else(failures::answer_unreadable));
    }

    fn fail(self: Box<Self>, failure: Failure) {
        (self.deliver)(Err(failure));
    }
}

/// A transferred `ArrayBuffer`.
struct Buffer<'a>(&'a JsValue);

impl PayloadSource for Buffer<'_> {
    fn f32_values(&self) -> Vec<f32> {
        Float32Array::new(self.0).to_vec()
    }

    fn f64_values(&self) -> Vec<f64> {
        Float64Array::new(self.0).to_vec()
    }
}
