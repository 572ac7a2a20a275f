//! Callbacks when the page is idle or has painted, and measures of the User Timing API.

use std::time::Duration;

use js_sys::{Function, Object, Reflect};
use leptos::leptos_dom::helpers::request_idle_callback_with_handle;
use leptos::prelude::{request_animation_frame, set_timeout};
use wasm_bindgen::{JsCast, JsValue};

/// The delay in browsers without `requestIdleCallback`.
const IDLE_AFTER: Duration = Duration::from_millis(500);

/// Runs something once the page is idle.
pub fn when_idle(run: impl Fn() + Clone + 'static) {
    if request_idle_callback_with_handle(run.clone()).is_err() {
        set_timeout(run, IDLE_AFTER);
    }
}

/// Runs something after the next frame is painted; at once while the page is hidden, since it is not painted then.
pub fn after_paint(run: impl FnOnce() + 'static) {
    let hidden = web_sys::window().and_then(|window| window.document()).is_some_and(|page| page.hidden());
    if hidden {
        run();
    } else {
        request_animation_frame(move || set_timeout(run, Duration::ZERO));
    }
}

/// Adds a measure, in ms on the document's clock, with named numbers as its detail.
pub fn measure(name: &str, start_ms: f64, end_ms: f64, detail: &[(&str, f64)]) {
    // The typed binding of these options is not stable yet.
    let numbers = Object::new();
    for (field, value) in detail {
        let _ = Reflect::set(&numbers, &(*field).into(), &(*value).into());
    }
    let options = Object::new();
    for (field, value) in
        [("start", start_ms.into()), ("end", end_ms.into()), ("detail", JsValue::from(numbers))]
    {
        let _ = Reflect::set(&options, &field.into(), &value);
    }
    let Some(clock) = web_sys::window().and_then(|window| window.performance()) else { return };
    let measure =
        Reflect::get(&clock, &"measure".into()).ok().and_then(|found| found.dyn_into::<Function>().ok());
    if let Some(measure) = measure {
        let _ = measure.call2(&clock, &name.into(), &options);
    }
}

/// Removes all measures of these names.
pub fn clear_measures(names: &[&str]) {
    if let Some(clock) = web_sys::window().and_then(|window| window.performance()) {
        names.iter().for_each(|name| clock.clear_measures_with_measure_name(name));
    }
}
