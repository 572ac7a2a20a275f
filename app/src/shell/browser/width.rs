//! The width of an element as it changes.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};

/// Follows an element's width in pixels; 0 until it is on the page.
#[must_use]
pub fn watch_width(element: NodeRef<Div>) -> ReadSignal<f64> {
    let (width, set_width) = signal(0.0);
    let watch = StoredValue::new_local(None);
    Effect::new(move || {
        let Some(element) = element.get() else { return };
        let seen = element.clone();
        watch.set_value(WidthWatch::start(&element, move || {
            set_width.try_set(f64::from(seen.client_width()));
        }));
    });
    width
}

struct WidthWatch {
    observer: ResizeObserver,
    _on_resize: Closure<dyn FnMut()>,
}

impl WidthWatch {
    fn start(element: &Element, resized: impl FnMut() + 'static) -> Option<Self> {
        let on_resize = Closure::<dyn FnMut()>::new(resized);
        let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self { observer, _on_resize: on_resize })
    }
}

impl Drop for WidthWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
