//! The chart colours of the scheme in force, light or dark.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::MediaQueryList;

use crate::charts::Theme;

/// Follows the system's light and dark.
#[must_use]
pub fn watch_theme() -> Memo<Theme> {
    let changes = RwSignal::new(0_u32);
    StoredValue::new_local(SchemeWatch::start(move || changes.update(|count| *count += 1)));
    Memo::new(move |_| {
        changes.track();
        read_theme()
    })
}

fn read_theme() -> Theme {
    let style = web_sys::window().and_then(|window| {
        let root = window.document()?.document_element()?;
        window.get_computed_style(&root).ok()?
    });
    Theme::from_tokens(|name| style.as_ref()?.get_property_value(name).ok())
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
