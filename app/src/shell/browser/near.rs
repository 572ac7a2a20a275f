//! Whether an element is on the screen, or close to it.

use leptos::html::Figure;
use leptos::prelude::*;
use leptos_use::{UseIntersectionObserverOptions, use_intersection_observer_with_options};
use web_sys::Element;

/// How far beyond the screen still counts: as much as scrolls by in a moment.
const MARGIN: &str = "60% 0px";

/// Follows whether a figure is near the screen; false until it is on the page.
#[must_use]
pub fn watch_near(figure: NodeRef<Figure>) -> ReadSignal<bool> {
    let (near, set_near) = signal(false);
    let _ = use_intersection_observer_with_options(
        figure,
        move |entries, _| {
            // The last entry is the current state.
            if let Some(entry) = entries.last() {
                set_near.try_set(entry.is_intersecting());
            }
        },
        UseIntersectionObserverOptions::<Element, _>::default().root_margin(MARGIN.to_owned()),
    );
    near
}
