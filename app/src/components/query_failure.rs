//! The failure of a query, in place of its answer.

use analyzer_wasm::wire::Failure;
use leptos::prelude::*;

/// Shows why there is no answer, if there is none.
#[component]
pub fn QueryFailure(
    /// The failure; `None` shows nothing.
    #[prop(into)]
    failure: Signal<Option<Failure>>,
) -> impl IntoView {
    move || {
        failure.get().map(|Failure { file, title, hint }| {
            let file = if file.is_empty() { file } else { format!("{file}: ") };
            view! { <p class="query-failure" role="alert">{format!("{file}{title}. {hint}")}</p> }
        })
    }
}
