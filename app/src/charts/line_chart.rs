//! A chart on the page: heading, canvas, crosshair, legend.

use leptos::html::{Canvas, Div};
use leptos::prelude::*;
use web_sys::PointerEvent;

use super::canvas::paint;
use super::columns::ChartData;
use super::legend::Legend;
use super::metric::MetricSpec;
use super::scene::{Frame, Scene};
use super::summary::summary;
use super::theme::Theme;
use crate::browser::watch_width;

const HEIGHT_PX: f64 = 168.0;

/// One metric over time. Charts that share `hover` share their crosshair.
#[component]
pub fn LineChart(
    /// What it shows.
    spec: MetricSpec,
    /// Its columns; `None` until they are there.
    data: Signal<Option<ChartData>>,
    /// First and last moment, and the one that is called 0:00, in epoch ms.
    window: Signal<(f64, f64, f64)>,
    /// The lines of all charts that stand together, for colours in common.
    names: Memo<Vec<String>>,
    /// The moment under the pointer.
    hover: RwSignal<Option<f64>>,
) -> impl IntoView {
    let theme = expect_context::<Memo<Theme>>();
    let plot = NodeRef::<Div>::new();
    let canvas = NodeRef::<Canvas>::new();
    let width = watch_width(plot);
    let frame = Memo::new(move |_| {
        let (from_ms, to_ms, zero_ms) = window.get();
        Frame { width: width.get(), height: HEIGHT_PX, from_ms, to_ms, zero_ms }
    });
    let scene = Memo::new(move |_| {
        let frame = frame.get();
        let names = names.read();
        data.with(|data| {
            let data = data.as_ref().filter(|_| frame.width > 0.0)?;
            Some(Scene::new(&spec, data, &frame, &names))
        })
    });
    Effect::new(move || {
        let Some(canvas) = canvas.get() else { return };
        scene.with(|scene| scene.as_ref().and_then(|scene| paint(&canvas, scene, &theme.get())));
    });

    let words = Memo::new(move |_| {
        data.with(|data| data.as_ref().map_or_else(|| "Loading.".to_owned(), |data| summary(&spec, data)))
    });
    let empty = move || data.with(|data| data.as_ref().is_some_and(|data| !data.has_values()));
    let follow = move |event: PointerEvent| {
        hover.set(Some(frame.get_untracked().time_projection().value_from(f64::from(event.offset_x()))));
    };
    let crosshair = move || {
        let at = hover.get().filter(|_| !empty())?;
        Some(format!("{}px", frame.get().time_projection().px_from(at).round()))
    };
    view! {
        <figure
            class="chart"
            data-testid="chart"
            data-metric=spec.id
            data-points=move || scene.with(|scene| scene.as_ref().map_or(0, Scene::points)).to_string()
        >
            <figcaption class="chart-head">
                <h3 title=spec.help>
                    {spec.title}
                    <span class="unit">{move || scene.with(|scene| scene.as_ref().map(|scene| scene.unit))}</span>
                </h3>
                <p class="chart-summary">{move || words.get()}</p>
            </figcaption>
            <div
                class="chart-plot"
                node_ref=plot
                on:pointermove=follow
                on:pointerdown=follow
                on:pointerleave=move |_| hover.set(None)
            >
                <canvas
                    node_ref=canvas
                    role="img"
                    aria-label=move || format!("{} over time. {}", spec.title, words.get())
                ></canvas>
                <div
                    class="crosshair"
                    hidden=move || crosshair().is_none()
                    style:transform=move || format!("translateX({})", crosshair().unwrap_or_default())
                ></div>
                <p class="chart-empty" hidden=move || !empty()>"No data: nothing in the dump says it."</p>
            </div>
            <Legend spec=spec data=data names=names hover=hover />
        </figure>
    }
}
