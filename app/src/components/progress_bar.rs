//! A progress bar.

use leptos::prelude::*;

/// A bar from 0 to `total`.
#[component]
pub fn ProgressBar(
    /// What is in progress.
    label: &'static str,
    /// How much is done.
    done: u64,
    /// How much there is.
    total: u64,
    /// The progress as text.
    text: String,
) -> impl IntoView {
    #[expect(clippy::cast_precision_loss, reason = "a width on a screen")]
    let ratio = if total == 0 { 1.0 } else { (done as f64 / total as f64).clamp(0.0, 1.0) };
    view! {
        <div
            class="bar"
            data-testid="progress"
            role="progressbar"
            aria-label=label
            aria-valuemin="0"
            aria-valuemax=total.to_string()
            aria-valuenow=done.to_string()
            aria-valuetext=text
        >
            <div class="bar-done" style:width=format!("{:.1}%", ratio * 100.0)></div>
        </div>
    }
}
