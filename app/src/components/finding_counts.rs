//! What rows of the table and lanes of the timeline share: finding counts, and the mark of the selected participant.

use analyzer_wasm::report::FindingSeverity;
use leptos::prelude::*;

use crate::components::severity;
use crate::state::finding_counts::FindingCounts;

/// The `aria-current` attribute of the element of a key: "true" while that is selected.
pub fn is_current(selected: Memo<Option<String>>, key: String) -> Signal<Option<&'static str>> {
    let current = Memo::new(move |_| selected.with(|selected| selected.as_deref() == Some(&*key)));
    Signal::derive(move || current.get().then_some("true"))
}

/// The severities that occur, each with its count.
pub fn tally(counts: FindingCounts) -> AnyView {
    let parts = [
        (FindingSeverity::Critical, counts.critical),
        (FindingSeverity::Warning, counts.warning),
        (FindingSeverity::Info, counts.info),
    ];
    let parts = parts.into_iter().filter(|(_, count)| *count > 0).map(|(gravity, count)| {
        view! {
            <span class=format!("count {}", severity::id(gravity)) title=format!("{} × {}", count, severity::word(gravity))>
                {severity::shape(gravity)} {count}
            </span>
        }
    });
    view! { <span class="tally">{parts.collect_view()}</span> }.into_any()
}
