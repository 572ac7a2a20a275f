//! Findings behind the lines of a chart: time spans with a severity.

use std::sync::Arc;

use leptos::prelude::*;

use super::marked::Marked;

/// The findings behind a chart. Their position follows the custom properties `--from` and `--span` of an ancestor, so
/// that a zoom moves all of them at once.
#[component]
pub fn Bands(
    /// The id of the chart.
    chart: &'static str,
    /// The findings.
    #[prop(into)]
    marked: Signal<Arc<Vec<Marked>>>,
) -> impl IntoView {
    let bands = move || {
        let marked = marked.get();
        let bands = marked.iter().map(|one| {
            let here = one.chart == Some(chart);
            let mut class = format!("band band-{}", one.severity);
            for (is_so, also) in [(here, " band-here"), (one.selected, " band-selected")] {
                if is_so {
                    class.push_str(also);
                }
            }
            view! {
                <div
                    class=class
                    title=one.title.clone()
                    data-testid="band"
                    data-finding=one.id.clone()
                    data-severity=one.severity
                    data-from=one.from_ms.round().to_string()
                    data-to=one.to_ms.round().to_string()
                    style:--at=one.from_ms.to_string()
                    style:--lasts=(one.to_ms - one.from_ms).to_string()
                >
                    {(here && one.selected).then(|| view! { <span class="band-label">{one.title.clone()}</span> })}
                </div>
            }
        });
        bands.collect_view()
    };
    view! { <div class="bands">{bands}</div> }
}
