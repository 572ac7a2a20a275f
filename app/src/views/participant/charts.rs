//! The charts of the selected participant: one time window, one crosshair, and one colour for each stream.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use analyzer_wasm::query::{Chart, ChartColumns};
use analyzer_wasm::wire::ChartMetric;
use leptos::prelude::*;

use super::chart_tools::ChartTools;
use super::context::{ParticipantContext, SelectedParticipant};
use crate::analysis::queries::{QueryState, use_query};
use crate::charts::{ChartData, ChartSpec, Choice, LineChart, MetricSpec, StreamStyles, chart_of, picked};
use crate::shell::instance::Instance;

/// A chart for each metric that the dumps have data for.
#[component]
pub fn ParticipantCharts(
    /// The selected participant.
    context: ParticipantContext,
) -> impl IntoView {
    let ParticipantContext { current_view, selected, connections, marked, start_ms, .. } = context;
    let stream_styles = Memo::new(move |_| {
        let connections = connections.with(|state| state.latest().cloned())?;
        Some(Arc::new(StreamStyles::new(&connections, |key| context.label_of(key))))
    });
    let choice = RwSignal::new(Choice::default());
    // Another participant has other streams to single out.
    Effect::new(move || {
        selected.track();
        choice.set(Choice::default());
    });
    let sources = Sources::new(selected);
    let limits = move |code: Option<&'static str>| {
        current_view.with_untracked(|current_view| {
            let limits = &current_view.as_ref()?.overview()?.limits;
            let limit = limits.iter().find(|limit| Some(limit.code.as_str()) == code)?;
            Some((limit.warning, limit.critical))
        })
    };
    let chart = move |spec: MetricSpec| {
        let (data, beside) = (sources.of(spec.metric), spec.beside.and_then(|metric| sources.of(metric)));
        let series = Memo::new(move |_| {
            let (data, stream_styles) = (data?.data()?, stream_styles.get()?);
            let beside = beside.and_then(Source::data);
            let shown = choice.with(|choice| picked(&spec, &stream_styles, choice, &data, beside.as_ref()));
            Some(Arc::new(shown))
        });
        let on_near = move |near: bool| {
            for source in [data, beside].into_iter().flatten() {
                source.set_near(spec.id, near);
            }
        };
        view! {
            <LineChart
                spec=ChartSpec::of(&spec, limits(spec.judged_by()))
                series=series
                start_ms=start_ms
                marked=marked
                choice=choice
                on_near=on_near
            />
        }
    };
    // Which charts there are is known from the connections, before any column is asked for: nothing jumps later.
    let has_data = Memo::new(move |_| {
        let connections = connections.with(|state| state.latest().cloned())?;
        Some(MetricSpec::ALL.map(|spec| spec.has_data(&connections)))
    });
    let charts = move || {
        let has_data = has_data.get()?;
        let with = |is: bool| MetricSpec::ALL.into_iter().zip(has_data).filter(move |(_, has)| *has == is);
        let missing: Vec<&str> = with(false).map(|(spec, _)| spec.title).collect();
        Some(view! {
            <div class="charts">{with(true).map(|(spec, _)| chart(spec)).collect_view()}</div>
            {(!missing.is_empty()).then(|| view! {
                <p class="charts-without-data" data-testid="charts-without-data">
                    "No data in these dumps: " {missing.join(", ").to_lowercase()} "."
                </p>
            })}
        })
    };
    scroll_to_chart_of_finding(context, has_data);
    view! {
        <div class="participant-charts">
            <ChartTools choice=choice stream_styles=stream_styles start_ms=start_ms />
            {charts}
        </div>
    }
}

/// The lines of all metrics. Those of a metric are queried once a chart that shows it is near the screen.
#[derive(Clone, Copy)]
struct Sources(StoredValue<BTreeMap<ChartMetric, Source>>);

#[derive(Clone, Copy)]
struct Source {
    chart: ReadSignal<QueryState<Chart>>,
    /// The charts near the screen that show the metric.
    near: RwSignal<BTreeSet<&'static str>>,
}

impl Sources {
    fn new(selected: Memo<Option<SelectedParticipant>>) -> Self {
        let metrics = MetricSpec::ALL.into_iter().flat_map(|spec| [Some(spec.metric), spec.beside]);
        let metrics: BTreeSet<ChartMetric> = metrics.flatten().collect();
        let sources = metrics.into_iter().map(|metric| (metric, Source::new(selected, metric))).collect();
        Self(StoredValue::new(sources))
    }

    fn of(self, metric: ChartMetric) -> Option<Source> {
        self.0.with_value(|sources| sources.get(&metric).copied())
    }
}

impl Source {
    fn new(selected: Memo<Option<SelectedParticipant>>, metric: ChartMetric) -> Self {
        let near = RwSignal::new(BTreeSet::new());
        // A chart that has left the screen keeps its lines.
        let last = RefCell::new(None);
        let chart = use_query(move || {
            let SelectedParticipant { conference, participant, .. } = selected.get()?;
            let columns = Some(ChartColumns { conference, participant, metric });
            if near.with(|near| !near.is_empty()) {
                last.replace(columns.clone());
            }
            if *last.borrow() == columns { columns } else { None }
        });
        Self { chart, near }
    }

    fn data(self) -> Option<ChartData> {
        self.chart.with(|state| state.ready().cloned().map(ChartData::from))
    }

    fn set_near(self, chart: &'static str, near: bool) {
        self.near.update(|charts| {
            if near {
                charts.insert(chart)
            } else {
                charts.remove(chart)
            };
        });
    }
}

/// Scrolls to the chart that shows a finding when the finding is selected: once, and only if the charts are there.
fn scroll_to_chart_of_finding(context: ParticipantContext, has_data: Memo<Option<[bool; 10]>>) {
    let instance = Instance::expect();
    let wanted = Memo::new(move |_| {
        context.current_view.with(|current_view| {
            let finding = current_view.as_ref()?.finding()?;
            Some((finding.id.clone(), chart_of(&finding.code)?))
        })
    });
    let shown = StoredValue::new(None);
    Effect::new(move || {
        let wanted = wanted.get();
        if has_data.with(Option::is_none) || shown.with_value(|shown| *shown == wanted) {
            return;
        }
        shown.set_value(wanted.clone());
        if let Some((_, chart)) = wanted {
            request_animation_frame(move || instance.scroll_to(&format!("[data-metric={chart}]")));
        }
    });
}
