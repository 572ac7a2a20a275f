//! The charts of one participant: one time window, one crosshair, one colour for one stream.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use analyzer_wasm::query::ChartColumns;
use analyzer_wasm::report::Connection;
use analyzer_wasm::wire::ChartMetric;
use leptos::prelude::*;

use super::chart_tools::ChartTools;
use super::watched::{Watched, watched};
use crate::analysis::queries::use_query;
use crate::charts::{
    ChartData, ChartSpec, Choice, LineChart, Marked, MetricSpec, StreamStyles, chart_of, picked,
};
use crate::state::current_view::CurrentView;

/// Somebody's connections, once they are there.
pub type ConnectionsAnswer = Memo<Option<Arc<Vec<Connection>>>>;

/// A chart for each metric that the dumps tell of.
#[component]
pub fn Trends(
    /// What is looked at.
    current_view: Memo<Option<CurrentView>>,
    /// The participant's connections.
    connections: ConnectionsAnswer,
    /// The findings to lie behind the charts.
    marked: Memo<Arc<Vec<Marked>>>,
    /// When the conference began, epoch ms.
    start_ms: Memo<f64>,
) -> impl IntoView {
    let who = watched(current_view);
    let stream_styles = Memo::new(move |_| {
        let connections = connections.get()?;
        let label_of = |key: &str| {
            current_view.with_untracked(|current_view| {
                let people = &current_view.as_ref()?.overview()?.participants;
                people.iter().find(|person| person.key == key).map(|person| person.label().to_owned())
            })
        };
        Some(Arc::new(StreamStyles::new(&connections, label_of)))
    });
    let choice = RwSignal::new(Choice::default());
    // What was singled out is somebody's own.
    Effect::new(move || {
        who.track();
        choice.set(Choice::default());
    });
    let sources = Sources::new(who);
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
            let (data, stream_styles) = (data?.data.get()?, stream_styles.get()?);
            let beside = beside.and_then(|beside| beside.data.get());
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
                spec=ChartSpec::of(&spec, limits(spec.judged_by))
                series=series
                start_ms=start_ms
                marked=marked
                choice=choice
                on_near=on_near
            />
        }
    };
    // Which charts there are is known from the connections, before any column is asked for: nothing jumps later.
    let told = Memo::new(move |_| {
        let connections = connections.get()?;
        Some(MetricSpec::ALL.map(|spec| spec.is_told(&connections)))
    });
    let charts = move || {
        let told = told.get()?;
        let with = |is: bool| MetricSpec::ALL.into_iter().zip(told).filter(move |(_, told)| *told == is);
        let silent: Vec<&str> = with(false).map(|(spec, _)| spec.title).collect();
        Some(view! {
            <div class="charts">{with(true).map(|(spec, _)| chart(spec)).collect_view()}</div>
            {(!silent.is_empty()).then(|| view! {
                <p class="charts-silent" data-testid="charts-without-data">
                    "No data in these dumps: " {silent.join(", ").to_lowercase()} "."
                </p>
            })}
        })
    };
    bring_into_view(current_view, told);
    view! {
        <div class="trends">
            <ChartTools choice=choice stream_styles=stream_styles start_ms=start_ms />
            {charts}
        </div>
    }
}

/// The lines of all metrics. Those of a metric are queried once a chart near the screen shows it.
#[derive(Clone, Copy)]
struct Sources(StoredValue<BTreeMap<ChartMetric, Source>>);

#[derive(Clone, Copy)]
struct Source {
    data: Memo<Option<ChartData>>,
    /// The charts near the screen that show the metric.
    near: RwSignal<BTreeSet<&'static str>>,
}

impl Sources {
    fn new(watched: Memo<Option<Watched>>) -> Self {
        let metrics = MetricSpec::ALL.into_iter().flat_map(|spec| [Some(spec.metric), spec.beside]);
        let metrics: BTreeSet<ChartMetric> = metrics.flatten().collect();
        let sources = metrics.into_iter().map(|metric| (metric, Source::new(watched, metric))).collect();
        Self(StoredValue::new(sources))
    }

    fn of(self, metric: ChartMetric) -> Option<Source> {
        self.0.with_value(|sources| sources.get(&metric).copied())
    }
}

impl Source {
    fn new(watched: Memo<Option<Watched>>, metric: ChartMetric) -> Self {
        let near = RwSignal::new(BTreeSet::new());
        let chart = Memo::new(move |previous: Option<&Option<ChartColumns>>| {
            let Watched { conference, participant, .. } = watched.get()?;
            let chart = Some(ChartColumns { conference, participant, metric });
            // A chart that has left the screen keeps its lines.
            let was_near = previous == Some(&chart);
            chart.filter(|_| near.with(|near| !near.is_empty()) || was_near)
        });
        let answer = use_query(move || chart.get());
        let data = Memo::new(move |_| answer.with(|answer| answer.ready().cloned().map(ChartData::from)));
        Self { data, near }
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

/// Scrolls to the chart that shows a finding when it is chosen: once, and only if the charts are there.
fn bring_into_view(current_view: Memo<Option<CurrentView>>, told: Memo<Option<[bool; 10]>>) {
    let wanted = Memo::new(move |_| {
        current_view.with(|current_view| {
            let finding = current_view.as_ref()?.finding()?;
            Some((finding.id.clone(), chart_of(&finding.code)?))
        })
    });
    let shown = StoredValue::new(None);
    Effect::new(move || {
        let wanted = wanted.get();
        if told.with(Option::is_none) || shown.with_value(|shown| *shown == wanted) {
            return;
        }
        shown.set_value(wanted.clone());
        if let Some((_, chart)) = wanted {
            request_animation_frame(move || {
                crate::shell::browser::scroll_to(&format!("[data-metric={chart}]"))
            });
        }
    });
}
