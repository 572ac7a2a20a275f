//! Changes of the system's colour scheme.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::MediaQueryList;

/// A number that changes whenever the system switches between light and dark.
#[must_use]
pub fn watch_color_scheme() -> ReadSignal<u32> {
    let (changes, set_changes) = signal(0_u32);
    StoredValue::new_local(SchemeWatch::start(move || {
        set_changes.try_update(|count| *count += 1);
    }));
    changes
}

struct SchemeWatch {
    query: MediaQueryList,
    on_change: Closure<dyn FnMut()>,
}

impl SchemeWatch {
    fn start(changed: impl FnMut() + 'static) -> Option<Self> {
        let query = web_sys::window()?.match_media("(prefers-color-scheme: dark)").ok()??;
        let on_change = Closure::new(changed);
        query.add_event_listener_with_callback("change", on_change.as_ref().unchecked_ref()).ok()?;
        Some(Self { query, on_change })
    }
}

impl Drop for SchemeWatch {
    fn drop(&mut self) {
        let _ =
            self.query.remove_event_listener_with_callback("change", self.on_change.as_ref().unchecked_ref());
    }
}
