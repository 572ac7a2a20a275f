//! Says that what is shown is the sample and no real call.

use leptos::prelude::*;

use crate::analysis::Analysis;

/// A line above the call; nothing where it is somebody's own.
#[component]
pub fn SampleNotice() -> impl IntoView {
    let analysis = expect_context::<Analysis>();
    let sample = Memo::new(move |_| analysis.is_sample() && analysis.load.with(|load| load.call().is_some()));
    view! {
        <Show when=move || sample.get()>
            <p class="sample-mark" data-testid="sample-mark">
                <strong>"Sample call: simulated."</strong>
                " Nobody in it is real. Your own dumps are not mixed with it: dropping them closes it."
            </p>
        </Show>
    }
}
