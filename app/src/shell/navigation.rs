//! The views of an open call as buttons that jump to them.

use leptos::prelude::*;

use super::instance::Instance;
use crate::views::{VIEWS, View};

/// One button for each view of the table.
#[component]
pub fn Navigation() -> impl IntoView {
    let instance = Instance::expect();
    let button = |view: &'static View| {
        view! {
            <button
                class="button small quiet"
                data-testid="go-to"
                data-view=view.id
                title=format!("Go to {} (key {})", view.title, view.key)
                aria-keyshortcuts=view.key
                on:click=move |_| {
                    go_to(instance, view);
                }
            >
                {view.title}
            </button>
        }
    };
    view! {
        <nav class="navigation" aria-label="Views">
            {VIEWS.iter().map(button).collect_view()}
        </nav>
    }
}

/// Scrolls to a view and moves the keyboard focus to it. Returns whether it is on the page.
pub fn go_to(instance: Instance, view: &View) -> bool {
    let element = instance.find(&format!("[data-section={}] > *", view.id));
    element.map(|element| instance.jump_to(&element)).is_some()
}
