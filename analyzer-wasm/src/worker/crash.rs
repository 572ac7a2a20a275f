//! Tells the page of a crash: after a trap nothing else in this worker would.

use std::panic;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::DedicatedWorkerGlobalScope;

use super::message;
use crate::wire::FromWorker;

/// Posts [`FromWorker::Crashed`] on a panic, and on a trap that comes without one (memory that ran out).
pub(super) fn report_crashes(scope: &DedicatedWorkerGlobalScope) {
    // Made now, since memory may be what is missing then.
    let crashed = message::envelope(&FromWorker::Crashed, &JsValue::UNDEFINED);

    let on_rejection = {
        let (scope, crashed) = (scope.clone(), crashed.clone());
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
