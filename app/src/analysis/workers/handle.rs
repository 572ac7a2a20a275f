//! One worker: the only file that touches the browser's `Worker`.

use std::rc::Rc;

use analyzer_wasm::wire::ToWorker;
use js_sys::{Array, ArrayBuffer};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::message::{self, WorkerMessage};
use crate::shell::browser;

/// What a worker runs first: it waits for the analyzer's module.
const SCRIPT: &str = "analyzer-worker-start.js";

/// What is heard of a worker.
#[derive(Debug)]
pub(in crate::analysis) enum WorkerEvent {
    /// A message.
    Message(WorkerMessage),
    /// It did not start, broke, or said something that cannot be read. Nothing more will come.
    Died,
}

/// A running worker. Dropping it ends the worker at once, whatever it does.
#[derive(Debug)]
pub(in crate::analysis) struct WorkerHandle {
    worker: Worker,
    // They live as long as the worker may call them.
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
    /// Gone with this handle.
    _lives: Rc<()>,
}

impl WorkerHandle {
    /// Starts a worker and listens to it; `None` where the browser refuses.
    pub(in crate::analysis) fn start(mut listen: impl FnMut(WorkerEvent) + Clone + 'static) -> Option<Self> {
        let address = browser::beside_page(SCRIPT)?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&address, &options).ok()?;

        let (mut died, mut unborn) = (listen.clone(), listen.clone());
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            listen(message::read(&event.data()).map_or(WorkerEvent::Died, WorkerEvent::Message));
        });
        let on_error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            // The page says it in failures; the browser's own console line would only repeat it.
            event.prevent_default();
            died(WorkerEvent::Died);
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let _ = worker.add_event_listener_with_callback("messageerror", on_error.as_ref().unchecked_ref());
        let (lives, waiting) = (Rc::new(()), worker.clone());
        let wanted = Rc::downgrade(&lives);
        spawn_local(async move {
            let module = browser::analyzer_module().await;
            if wanted.upgrade().is_none() {
                return;
            }
            if module.and_then(|module| waiting.post_message(&module)).is_err() {
                unborn(WorkerEvent::Died);
            }
        });
        Some(Self { worker, _on_message: on_message, _on_error: on_error, _lives: lives })
    }

    /// Asks for something without a payload.
    pub(in crate::analysis) fn ask(&self, message: &ToWorker) {
        let _ = self.worker.post_message(&message::envelope(message, &JsValue::UNDEFINED));
    }

    /// Asks for something about a value that is shared (a `File` handle).
    pub(in crate::analysis) fn ask_about(&self, message: &ToWorker, payload: &JsValue) {
        let _ = self.worker.post_message(&message::envelope(message, payload));
    }

    /// Asks for something and hands a buffer over.
    pub(in crate::analysis) fn hand_over(&self, message: &ToWorker, payload: &ArrayBuffer) {
        let envelope = message::envelope(message, payload);
        let _ = self.worker.post_message_with_transfer(&envelope, &Array::of1(payload));
    }
}

impl Drop for WorkerHandle {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}
