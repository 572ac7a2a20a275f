//! Names a chart's lines and, under the pointer, their values.

use leptos::prelude::*;

use super::columns::ChartData;
use super::hover::value_at;
use super::metric::MetricSpec;
use super::scene::colored;
use crate::format;

/// One entry for each coloured line; the others share one.
#[component]
pub fn Legend(
    /// What the chart shows.
    spec: MetricSpec,
    /// Its columns.
    data: Signal<Option<ChartData>>,
    /// The moment under the pointer.
    hover: RwSignal<Option<f64>>,
) -> impl IntoView {
    move || {
        let data = data.get()?;
        let others = colored(&data).filter(|(_, color)| color.is_none()).count();
        let entries = colored(&data)
            .enumerate()
            .filter_map(|(index, (line, color))| {
                let (label, color) = (line.label.to_owned(), color?);
                let data = data.clone();
                let value = move || {
                    let line = data.lines().nth(index)?;
                    let value = value_at(line.times, line.values, hover.get()?);
                    Some(value.map_or_else(|| format::NO_DATA.to_owned(), |value| spec.text(value)))
                };
                Some(view! {
                    <li>
                        <span class=format!("swatch series-{color}") aria-hidden="true"></span>
                        <span class="legend-label">{label}</span>
                        <output class="legend-value">{value}</output>
                    </li>
                })
            })
            .collect_view();
        Some(view! {
            <ul class="legend">
                {entries}
                {(others > 0).then(|| view! {
                    <li>
                        <span class="swatch series-other" aria-hidden="true"></span>
                        <span class="legend-label">{format!("{others} more with lower peaks")}</span>
                    </li>
                })}
            </ul>
        })
    }
}
