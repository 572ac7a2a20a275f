//! The browser worker: one module for all roles, which the messages decide.
//!
//! This is the only part of the crate that knows JavaScript. It moves bytes and messages and has no logic: what is
//! read and judged is the same as natively.

mod coordinator_role;
mod crash;
mod detail_role;
mod extract_role;
mod message;
mod slices;

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::wire::{FromWorker, ToWorker, WIRE_VERSION};
use coordinator_role::Coordinator;
use detail_role::Shelf;

/// Listens for the page's messages, then says that it does.
pub fn start() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    crash::report_crashes(&scope);
    let coordinator = Rc::new(RefCell::new(Coordinator::default()));
    let shelf = Rc::new(RefCell::new(Shelf::default()));
    let listening = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        // A message that cannot be read comes from a page of another version: silence would hang it.
        let (message, payload) = message::read(&event.data()).unwrap_throw();
        obey(&listening, &coordinator, &shelf, message, payload);
    });
    scope.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
    message::post(&scope, &FromWorker::Ready { protocol: WIRE_VERSION });
}

fn obey(
    scope: &DedicatedWorkerGlobalScope,
    coordinator: &Rc<RefCell<Coordinator>>,
    shelf: &Rc<RefCell<Shelf>>,
    message: ToWorker,
    payload: JsValue,
) {
    match message {
        ToWorker::Extract { file } => {
            spawn_local(extract_role::extract(scope.clone(), file, payload.unchecked_into()));
        }
        ToWorker::Add { file } => coordinator.borrow_mut().add(scope, file, &payload),
        ToWorker::Forget { files } => coordinator.borrow_mut().forget(&files),
        ToWorker::Conclude { request } => coordinator.borrow_mut().conclude(scope, request),
        ToWorker::Connections { request, conference, participant } => {
            coordinator.borrow().connections(scope, request, conference, &participant);
        }
        ToWorker::Chart { request, conference, participant, metric } => {
            coordinator.borrow().chart(scope, request, conference, &participant, metric);
        }
        ToWorker::ReportJson => coordinator.borrow().report_json(scope),
        ToWorker::Detail { file, offset_ms } => {
            let (scope, shelf) = (scope.clone(), Rc::clone(shelf));
            spawn_local(detail_role::keep(scope, shelf, file, payload.unchecked_into(), offset_ms));
        }
        ToWorker::Search { request, words, limit } => shelf.borrow().search(scope, request, &words, limit),
        ToWorker::Fields { request, fields } => shelf.borrow().fields(scope, request, &fields),
    }
}
