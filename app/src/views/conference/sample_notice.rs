//! The notice that the open call is the sample.

use leptos::prelude::*;

use crate::analysis::Analysis;

/// A line above the call; nothing where the call is not the sample.
#[component]
pub fn SampleNotice() -> impl IntoView {
    let analysis = expect_context::<Analysis>();
    let sample = Memo::new(move |_| analysis.is_sample() && analysis.load.with(|load| load.call().is_some()));
    view! {
        <Show when=move || sample.get()>
            <p class="sample-mark" data-testid="sample-mark">
                <strong>"Sample call: simulated."</strong>
                " Its participants are not real. Your own dumps are not mixed with it: dropping them closes it."
            </p>
        </Show>
    }
}
