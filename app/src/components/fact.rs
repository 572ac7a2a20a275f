//! Values and named facts as text.

use leptos::prelude::*;

use crate::format;

/// A value, or a dimmed dash where there is none, which screen readers read as "no data".
#[component]
pub fn Value(
    /// The text; `None` where there is no data.
    text: Option<String>,
) -> impl IntoView {
    match text {
        Some(text) => text.into_any(),
        None => view! {
            <span class="no-data" title="no data">
                <span aria-hidden="true">{format::NO_DATA}</span>
                <span class="unseen">"no data"</span>
            </span>
        }
        .into_any(),
    }
}

/// A named fact of a list.
#[component]
pub fn Fact(
    /// Its name.
    name: &'static str,
    /// Its text; without one the fact is not shown.
    text: Option<String>,
    /// One sentence of explanation.
    #[prop(optional)]
    help: &'static str,
) -> impl IntoView {
    text.map(|text| {
        view! {
            <div class="fact" title=(!help.is_empty()).then_some(help)>
                <dt>{name}</dt>
                <dd>{text}</dd>
            </div>
        }
    })
}
