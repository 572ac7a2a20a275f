//! Whether an element is on the screen, or close to it.

use js_sys::Array;
use leptos::html::ElementType;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// How far beyond the screen still counts: as much as scrolls by in a moment.
const MARGIN: &str = "60% 0px";

/// Follows whether an element is near the screen; false until it is on the page.
#[must_use]
pub fn watch_near<E>(element: NodeRef<E>) -> ReadSignal<bool>
where
    E: ElementType,
    E::Output: AsRef<Element> + JsCast + Clone + 'static,
{
    let (near, set_near) = signal(false);
    let watch = StoredValue::new_local(None);
    Effect::new(move || {
        let Some(element) = element.get() else { return };
        watch.set_value(NearWatch::start(element.as_ref(), move |is_near| {
            set_near.try_set(is_near);
        }));
    });
    near
}

struct NearWatch {
    observer: IntersectionObserver,
    _on_change: Closure<dyn FnMut(Array)>,
}

impl NearWatch {
    fn start(element: &Element, mut changed: impl FnMut(bool) + 'static) -> Option<Self> {
        let on_change = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            // The last entry is the current state.
            if let Some(entry) = entries.iter().last() {
                changed(entry.unchecked_into::<IntersectionObserverEntry>().is_intersecting());
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(MARGIN);
        let observer =
            IntersectionObserver::new_with_options(on_change.as_ref().unchecked_ref(), &options).ok()?;
        observer.observe(element);
        Some(Self { observer, _on_change: on_change })
    }
}

impl Drop for NearWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
