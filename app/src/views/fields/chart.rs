//! The chart of one field of a dump, over the same time window as the charts of the participant.

use std::sync::Arc;

use analyzer_wasm::query::FieldColumns;
use analyzer_wasm::wire::FieldMatch;
use leptos::prelude::*;

use crate::analysis::queries::use_query;
use crate::charts::{ChartData, ChartSpec, Choice, LineChart, Marked, Scale, Series};
use crate::components::query_failure::query_failure;

/// The chart of a field.
#[component]
pub fn FieldChart(
    /// The number of the dump.
    file: u32,
    /// The field.
    field: FieldMatch,
    /// The fields that have a chart; closing the chart removes this one.
    pinned: RwSignal<Vec<(u32, FieldMatch)>>,
    /// The findings to lie behind it.
    marked: Memo<Arc<Vec<Marked>>>,
    /// When the conference began, epoch ms.
    start_ms: Memo<f64>,
) -> impl IntoView {
    let columns = FieldColumns { file, fields: vec![field.field] };
    let answer = use_query(move || Some(columns.clone()));
    let label = format!("{} · {}", field.report, field.connection);
    let series = Memo::new(move |_| {
        let data = ChartData::from(answer.with(|answer| answer.ready().cloned())?);
        let one = |index| Series::alone(data.clone(), index, label.clone(), String::new());
        Some(Arc::new((0..data.len()).map(one).collect::<Vec<_>>()))
    });
    let id = field.field;
    let title = format!("{}.{}", field.kind, field.name);
    let spec = ChartSpec {
        id: "field",
        help: format!(
            "{title} of the report {} in {}, as recorded in the dump.",
            field.report, field.connection
        ),
        scale: Scale::of_field(field.unit.as_deref()),
        least_span: 0.0,
        limits: None,
        title: title.clone(),
    };
    let close =
        move |_| pinned.update(|pinned| pinned.retain(|(known, one)| (*known, one.field) != (file, id)));
    view! {
        <div class="field-chart" data-testid="field-chart" data-name=title.clone()>
            {query_failure(answer)}
            <LineChart
                spec=spec
                series=series
                start_ms=start_ms
                marked=marked
                choice=RwSignal::new(Choice::default())
                on_near=|_| ()
            />
            <button class="button small quiet field-close" aria-label=format!("Close {title}") on:click=close>"Close"</button>
        </div>
    }
}
