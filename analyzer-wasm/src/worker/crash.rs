//! Reports a crash to the page: after a trap, no other code of this worker runs.

use std::panic;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::DedicatedWorkerGlobalScope;

use super::message;
use crate::wire::FromWorker;

/// Sends [`FromWorker::Crashed`] on a panic, and on a trap without a panic (out of memory).
pub(super) fn report_crashes(scope: &DedicatedWorkerGlobalScope) {
    // Made in advance, because memory may be exhausted when it is needed.
    let crashed = message::head_only(&FromWorker::Crashed);

    let on_rejection = {
        let scope = scope.clone();
        Closure::<dyn FnMut()>::new(move || {
            let _ = scope.post_message(&crashed);
        })
    };
    let _ = scope
        .add_event_listener_with_callback("unhandledrejection", on_rejection.into_js_value().unchecked_ref());

    panic::set_hook(Box::new(move |panic| {
        web_sys::console::error_1(&panic.to_string().into());
        let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
        message::post(&scope, &FromWorker::Crashed);
    }));
}
