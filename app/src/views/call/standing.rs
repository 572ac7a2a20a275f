//! What rows and lanes say of a person alike: their findings as shapes with counts, and whether they are looked at.

use analyzer_wasm::report::FindingSeverity;
use leptos::prelude::*;

use crate::components::severity;
use crate::state::standing::Standing;

/// `aria-current` of whatever stands for this key while it is selected.
pub(super) fn is_current(selected: Memo<Option<String>>, key: String) -> Signal<Option<&'static str>> {
    let current = Memo::new(move |_| selected.with(|selected| selected.as_deref() == Some(&*key)));
    Signal::derive(move || current.get().then_some("true"))
}

/// Each severity that there is, with its count; nothing where there is none.
pub(super) fn tally(standing: Standing) -> AnyView {
    let parts = [
        (FindingSeverity::Critical, standing.critical),
        (FindingSeverity::Warning, standing.warning),
        (FindingSeverity::Info, standing.info),
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
