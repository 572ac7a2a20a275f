//! The browser worker: one module for all kinds of workers. The messages that it receives decide what it does.
//!
//! This is the only part of the crate that uses JavaScript. It moves bytes and messages and contains no analysis, so
//! that results are the same in the browser and natively.

mod coordinator;
mod crash;
mod detail;
mod extract;
mod message;
mod queries;
mod slices;

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::query::Sources;
use crate::wire::{FromWorker, ToWorker, WIRE_VERSION};
use message::Message;

/// Listens for messages of the page, then sends [`FromWorker::Ready`].
pub fn start() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    crash::report_crashes(&scope);
    let sources = Rc::new(RefCell::new(Sources::default()));
    let listening = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        // An unreadable message comes from a page of another version. Throwing reports it; ignoring it would leave the
        // page waiting.
        handle(&listening, &sources, message::read(&event.data()).unwrap_throw());
    });
    scope.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
    message::post(&scope, &FromWorker::Ready { version: WIRE_VERSION });
}

fn handle(scope: &DedicatedWorkerGlobalScope, sources: &Rc<RefCell<Sources>>, message: Message) {
    let Message { head, body, payload } = message;
    match head {
        ToWorker::Extract { file } => {
            spawn_local(extract::extract(scope.clone(), file, payload.unchecked_into()));
        }
        ToWorker::Add { file } => {
            coordinator::add(scope, &mut sources.borrow_mut().workspace, file, &payload);
        }
        ToWorker::Refuse { file, entry } => sources.borrow_mut().workspace.refuse(file, entry),
        ToWorker::Forget { files } => sources.borrow_mut().workspace.forget(&files),
        ToWorker::Conclude => sources.borrow_mut().workspace.conclude(),
        ToWorker::OpenDetail { file, offset_ms } => {
            let (scope, sources) = (scope.clone(), Rc::clone(sources));
            spawn_local(detail::open(scope, sources, file, payload.unchecked_into(), offset_ms));
        }
        ToWorker::Request(request) => queries::answer(scope, &sources.borrow(), request, &body),
    }
}
