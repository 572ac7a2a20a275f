//! A failure in words, until the user has seen it.

use analyzer_wasm::protocol::Failure;
use leptos::prelude::*;

/// Says what is wrong, in which file, and what to do.
#[component]
pub fn FailureNotice(
    /// What is wrong.
    failure: Failure,
    /// The user has seen it.
    #[prop(into)]
    on_dismiss: Callback<()>,
) -> impl IntoView {
    let Failure { file, title, hint } = failure;
    let label = if file.is_empty() { "Dismiss".to_owned() } else { format!("Dismiss: {file}") };
    view! {
        <div class="notice" role="alert" data-testid="error">
            <span class="mark mark-error" aria-hidden="true"></span>
            <div>
                <p class="notice-title">
                    {(!file.is_empty()).then(|| view! { <span class="file-name">{file}</span>": " })}
                    {title} "."
                </p>
                <p class="notice-hint">{hint}</p>
            </div>
            <button class="button quiet" aria-label=label on:click=move |_| on_dismiss.run(())>
                "Dismiss"
            </button>
        </div>
    }
}
