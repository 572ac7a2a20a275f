//! Names a chart's lines and, under the pointer, their values.

use leptos::prelude::*;

use super::columns::{ChartData, Line};
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
    /// The lines of all charts that stand together.
    names: Memo<Vec<String>>,
    /// The moment under the pointer.
    hover: RwSignal<Option<f64>>,
) -> impl IntoView {
    move || {
        let data = data.get()?;
        let lines = names.with(|names| colored(&data, names).into_iter().map(owned).collect::<Vec<_>>());
        let others = lines.iter().filter(|(_, color)| color.is_none()).count();
        let entries = lines
            .into_iter()
            .filter_map(|(label, color)| {
                let (color, name, data) = (color?, label.clone(), data.clone());
                let value = move || {
                    let at = hover.get()?;
                    let line = data.lines().find(|line| line.label == name)?;
                    let value = value_at(line.times, line.values, at);
                    Some(value.map_or_else(|| format::NO_DATA.to_owned(), |value| spec.text(value)))
                };
                Some(view! {
                    <li>
                        <span class=format!("swatch series-{color}") aria-hidden="true"></span>
                        <span class="legend-label">{label}</span>
                        <span class="legend-value">{value}</span>
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

fn owned((line, color): (Line<'_>, Option<usize>)) -> (String, Option<usize>) {
    (line.label.to_owned(), color)
}
