//! A chart: heading, canvas, findings behind the lines, and legend. It is laid out and painted only near the screen.

use std::sync::Arc;

use leptos::html::{Canvas, Div, Figure};
use leptos::prelude::*;

use super::bands::Bands;
use super::canvas::paint;
use super::legend::Legend;
use super::marked::Marked;
use super::metric::MetricSpec;
use super::picked::{Choice, Series};
use super::scale::Scale;
use super::scene::{Frame, Scene};
use super::summary::summary;
use super::theme::Theme;
use crate::components::time_control::TimeControl;
use crate::components::time_gestures::TimePlot;
use crate::shell::browser::{watch_near, watch_width};

const HEIGHT_PX: f64 = 132.0;

/// The static part of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartSpec {
    /// Its id in attributes.
    pub id: &'static str,
    /// Its heading.
    pub title: String,
    /// One sentence on what it shows.
    pub help: String,
    /// The format of its values.
    pub scale: Scale,
    /// The smallest range of the value axis.
    pub least_span: f64,
    /// The thresholds of warnings and of critical findings.
    pub limits: Option<(f64, f64)>,
}

impl ChartSpec {
    /// The chart of a metric.
    #[must_use]
    pub fn of(spec: &MetricSpec, limits: Option<(f64, f64)>) -> Self {
        Self {
            id: spec.id,
            title: spec.title.to_owned(),
            help: spec.help(),
            scale: spec.scale,
            least_span: spec.least_span,
            limits,
        }
    }
}

/// A line chart over time. The charts of a call share time window, crosshair and findings.
#[component]
pub fn LineChart(
    /// What it shows.
    spec: ChartSpec,
    /// Its lines; `None` until they have arrived.
    #[prop(into)]
    series: Signal<Option<Arc<Vec<Series>>>>,
    /// The start of the conference, epoch ms.
    #[prop(into)]
    start_ms: Signal<f64>,
    /// The findings to lie behind it.
    #[prop(into)]
    marked: Signal<Arc<Vec<Marked>>>,
    /// The streams that are shown.
    choice: RwSignal<Choice>,
    /// Called with whether the chart is near the screen.
    #[prop(into)]
    on_near: Callback<bool>,
) -> impl IntoView {
    let theme = expect_context::<Memo<Theme>>();
    let time = expect_context::<TimeControl>();
    let ChartSpec { id, title, help, scale, least_span, limits } = spec;
    let figure = NodeRef::<Figure>::new();
    let plot = NodeRef::<Div>::new();
    let canvas = NodeRef::<Canvas>::new();
    let width = watch_width(plot);
    let near = watch_near(figure);
    Effect::new(move || on_near.run(near.get()));

    let frame = Memo::new(move |_| {
        let window = time.shown().get();
        let (from, to) = window.map_or((0.0, 1.0), |window| (window.from_ms, window.to_ms));
        let zero_ms = start_ms.get();
        Frame { width: width.get(), height: HEIGHT_PX, from_ms: zero_ms + from, to_ms: zero_ms + to, zero_ms }
    });
    // Away from the screen it is not laid out again.
    let scene = Memo::new_owning(move |before: Option<Option<Scene>>| {
        if !near.get() {
            return (before.flatten(), false);
        }
        let frame = frame.get();
        let scene = series.with(|series| {
            let series = series.as_ref().filter(|_| frame.width > 0.0)?;
            Some(Scene::new(scale, least_span, series, limits, &frame))
        });
        (scene, true)
    });
    Effect::new(move || {
        let Some(canvas) = canvas.get() else { return };
        scene.with(|scene| scene.as_ref().and_then(|scene| paint(&canvas, scene, &theme.get())));
    });

    let words = Memo::new(move |_| {
        series.with(|series| series.as_ref().map_or_else(|| "Loading.".to_owned(), |all| summary(scale, all)))
    });
    let unit = Memo::new(move |_| scene.with(|scene| scene.as_ref().map_or("", |scene| scene.unit)));
    let points = Memo::new(move |_| scene.with(|scene| scene.as_ref().map_or(0, Scene::points)));
    let edge = move |of: fn(&Frame) -> f64| {
        let frame = frame.get();
        (of(&frame) - frame.zero_ms).round().to_string()
    };
    let empty = move || series.with(|series| series.as_ref().is_some_and(|all| all.is_empty()));
    let edges = Memo::new(move |_| frame.get().edges());
    let at_ms = Signal::derive(move || time.hover().get().map(|at| start_ms.get() + at));
    let label = format!("{title} over time");
    let canvas_label = format!("{title} over time.");
    view! {
        <figure
            class="chart"
            node_ref=figure
            data-testid="chart"
            data-metric=id
            data-points=move || points.get().to_string()
            data-from=move || edge(|frame| frame.from_ms)
            data-to=move || edge(|frame| frame.to_ms)
        >
            <figcaption class="chart-head">
                <h3 title=help>
                    {title}
                    <span class="unit">{move || unit.get()}</span>
                </h3>
                <p class="chart-summary" title=move || words.get()>{move || words.get()}</p>
            </figcaption>
            <TimePlot time=time edges=edges label=label class="chart-plot" node_ref=plot>
                <Bands chart=id marked=marked />
                <canvas
                    node_ref=canvas
                    role="img"
                    aria-label=move || format!("{canvas_label} {}", words.get())
                ></canvas>
                <p class="chart-empty" hidden=move || !empty()>"None of the chosen streams has data here."</p>
            </TimePlot>
            <Legend scale=scale series=series choice=choice at_ms=at_ms />
        </figure>
    }
}
