//! One worker: the only file that uses the browser's `Worker`.

use std::rc::Rc;

use analyzer_wasm::wire::{FromWorker, Response, WIRE_VERSION};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::message::{self, IncomingMessage, OutgoingMessage};
use crate::shell::browser;

/// The script that a worker starts with: it waits for the analyzer's module.
const SCRIPT: &str = "analyzer-worker-start.js";

/// Something that happened to a worker, or that it sent.
#[derive(Debug)]
pub(in crate::analysis) enum WorkerEvent {
    /// Its module runs, and messages can be sent.
    Ready,
    /// Its module runs and is of another version than the page.
    VersionMismatch,
    /// It got on with its work.
    Message {
        /// What it sent.
        head: FromWorker,
        /// The buffer that was transferred, or undefined.
        payload: JsValue,
    },
    /// It responded to a query.
    Response {
        /// To which query.
        response: Response,
        /// The encoded answer, or a part of it.
        body: Vec<u8>,
        /// The buffer that was transferred, or undefined.
        payload: JsValue,
    },
    /// It did not start, crashed, or sent something unreadable. Nothing more follows.
    Died,
}

impl WorkerEvent {
    fn of(message: Option<IncomingMessage>) -> Self {
        let Some(IncomingMessage { head, body, payload }) = message else { return Self::Died };
        match head {
            FromWorker::Ready { version: WIRE_VERSION } => Self::Ready,
            FromWorker::Ready { .. } => Self::VersionMismatch,
            FromWorker::Crashed => Self::Died,
            FromWorker::Response(response) => Self::Response { response, body, payload },
            head => Self::Message { head, payload },
        }
    }
}

/// A running worker. Dropping the handle terminates the worker at once.
#[derive(Debug)]
pub(in crate::analysis) struct WorkerHandle {
    worker: Worker,
    // Kept as long as the worker may call them.
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
    /// Tells the task that loads the module whether the handle still exists.
    _alive: Rc<()>,
}

impl WorkerHandle {
    /// Starts a worker and listens to it; `None` if the browser refuses to start one.
    pub(in crate::analysis) fn start(
        mut on_event: impl FnMut(WorkerEvent) + Clone + 'static,
    ) -> Option<Self> {
        let address = browser::beside_page(SCRIPT)?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&address, &options).ok()?;

        let (mut on_worker_error, mut on_module_error) = (on_event.clone(), on_event.clone());
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            on_event(WorkerEvent::of(message::read(&event.data())));
        });
        let on_error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            // The page shows a failure; the browser's own line in the console would repeat it.
            event.prevent_default();
            on_worker_error(WorkerEvent::Died);
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let _ = worker.add_event_listener_with_callback("messageerror", on_error.as_ref().unchecked_ref());
        let (alive, starting) = (Rc::new(()), worker.clone());
        let still_alive = Rc::downgrade(&alive);
        spawn_local(async move {
            let module = browser::analyzer_module().await;
            if still_alive.upgrade().is_none() {
                return;
            }
            if module.and_then(|module| starting.post_message(&module)).is_err() {
                on_module_error(WorkerEvent::Died);
            }
        });
        Some(Self { worker, _on_message: on_message, _on_error: on_error, _alive: alive })
    }

    /// Sends a message.
    pub(in crate::analysis) fn post(&self, message: &OutgoingMessage) {
        let _ = self.worker.post_message_with_transfer(&message.message, &message.transferred);
    }
}

impl Drop for WorkerHandle {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}
