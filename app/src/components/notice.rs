//! Failures, shown until the user dismisses them.

use analyzer_wasm::wire::Failure;
use leptos::prelude::*;

/// Up to so many files are listed; the others are counted.
const LISTED: usize = 200;

/// A failure: what failed, in which file, and what to do about it.
#[component]
pub fn FailureNotice(
    /// The failure.
    failure: Failure,
    /// Where it is about several files: the failure of each.
    files: Vec<Failure>,
    /// Called when the user dismisses it.
    #[prop(into)]
    on_dismiss: Callback<()>,
) -> impl IntoView {
    let Failure { file, title, hint } = failure;
    let label = if file.is_empty() { format!("Dismiss: {title}") } else { format!("Dismiss: {file}") };
    view! {
        <div class="notice" role="alert" data-testid="error">
            <span class="mark mark-error" aria-hidden="true"></span>
            <div>
                <p class="notice-title">
                    {(!file.is_empty()).then(|| view! { <span class="file-name">{file}</span>": " })}
                    {title} "."
                </p>
                <p class="notice-hint">{hint}</p>
                {(!files.is_empty()).then(|| refused(files))}
            </div>
            <button class="button quiet" aria-label=label on:click=move |_| on_dismiss.run(())>
                "Dismiss"
            </button>
        </div>
    }
}

fn refused(files: Vec<Failure>) -> impl IntoView {
    let more = files.len().saturating_sub(LISTED);
    let row =
        |Failure { file, title, .. }| view! { <li><span class="file-name">{file}</span>": "{title}</li> };
    view! {
        <details class="notice-files" data-testid="refused-files">
            <summary>"Files and reasons"</summary>
            <ul>{files.into_iter().take(LISTED).map(row).collect_view()}</ul>
            {(more > 0).then(|| view! { <p>{format!("and {more} more")}</p> })}
        </details>
    }
}
