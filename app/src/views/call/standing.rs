//! How many findings somebody has, as shapes with counts.

use analyzer_wasm::report::Gravity;
use leptos::prelude::*;

use crate::components::severity;
use crate::state::standing::Standing;

/// Each severity that there is, with its count; nothing where there is none.
pub(super) fn tally(standing: Standing) -> AnyView {
    let parts = [
        (Gravity::Critical, standing.critical),
        (Gravity::Warning, standing.warning),
        (Gravity::Info, standing.info),
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
