//! Moments and measures: the next idle one, the next painted frame, and what User Timing shows of it.

use std::time::Duration;

use js_sys::{Function, Object, Reflect};
use leptos::leptos_dom::helpers::request_idle_callback_with_handle;
use leptos::prelude::{request_animation_frame, set_timeout};
use wasm_bindgen::{JsCast, JsValue};

/// Where a browser does not tell when it is idle: this long after now it probably is.
const IDLE_AFTER: Duration = Duration::from_millis(500);

/// Runs something once the page has nothing better to do.
pub fn when_idle(run: impl Fn() + Clone + 'static) {
    if request_idle_callback_with_handle(run.clone()).is_err() {
        set_timeout(run, IDLE_AFTER);
    }
}

/// Runs something after the frame that shows what is true now; at once where the page is not seen.
pub fn after_paint(run: impl FnOnce() + 'static) {
    let hidden = web_sys::window().and_then(|window| window.document()).is_some_and(|page| page.hidden());
    if hidden {
        run();
    } else {
        request_animation_frame(move || set_timeout(run, Duration::ZERO));
    }
}

/// Adds a measure, on the page's own clock, with numbers that belong to it.
pub fn measure(name: &str, start_ms: f64, end_ms: f64, detail: &[(&str, f64)]) {
    // The typed binding of these options is not stable yet.
    let told = Object::new();
    for (field, value) in detail {
        let _ = Reflect::set(&told, &(*field).into(), &(*value).into());
    }
    let options = Object::new();
    for (field, value) in
        [("start", start_ms.into()), ("end", end_ms.into()), ("detail", JsValue::from(told))]
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

/// Forgets all measures of these names.
pub fn clear_measures(names: &[&str]) {
    if let Some(clock) = web_sys::window().and_then(|window| window.performance()) {
        names.iter().for_each(|name| clock.clear_measures_with_measure_name(name));
    }
}
