//! The width of an element as it changes.

use leptos::html::Div;
use leptos::prelude::*;
use leptos_use::use_resize_observer;

/// Follows an element's width in pixels; 0 until it is on the page.
#[must_use]
pub fn watch_width(element: NodeRef<Div>) -> ReadSignal<f64> {
    let (width, set_width) = signal(0.0);
    let _ = use_resize_observer(element, move |_, _| {
        if let Some(element) = element.try_get_untracked().flatten() {
            set_width.try_set(f64::from(element.client_width()));
        }
    });
    width
}
