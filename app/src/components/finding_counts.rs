//! What rows and lanes say of a person alike: their findings as shapes with counts, and whether they are looked at.

use analyzer_wasm::report::FindingSeverity;
use leptos::prelude::*;

use crate::components::severity;
use crate::state::finding_counts::FindingCounts;

/// `aria-current` of whatever stands for this key while it is selected.
pub fn is_current(selected: Memo<Option<String>>, key: String) -> Signal<Option<&'static str>> {
    let current = Memo::new(move |_| selected.with(|selected| selected.as_deref() == Some(&*key)));
    Signal::derive(move || current.get().then_some("true"))
}

/// Each severity that there is, with its count; nothing where there is none.
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
