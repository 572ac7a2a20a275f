//! A lane for each person on one time axis: when they were there, when it was bad for them, and what happened.

pub mod axis;
mod lane;
pub mod legend;
mod marks;
mod scale;
mod speaking;
mod stretches;
mod words;

use analyzer_wasm::wording;
use std::sync::Arc;

use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::analysis::Analysis;
use crate::components::growing::Growing;
use crate::components::time_control::TimeControl;
use crate::components::time_gestures::TimePlot;
use crate::format;
use crate::shell::browser::watch_width;
use crate::state::current_view::CurrentView;
use crate::state::time_trail::Gesture;
use crate::state::time_window::TimeWindow;
use crate::views::findings;
use crate::views::participants::order::Order;
use axis::Axis;
use lane::{Material, lane};
use legend::Legend;
use scale::{Scale, percent};

/// How close signs may come, in pixels.
const SIGN_PX: f64 = 14.0;

/// The timeline; nothing where nothing has a time.
#[component]
pub fn Timeline(
    /// The conference, whoever is looked at.
    conference_view: CurrentView,
    /// What is looked at.
    current_view: Memo<Option<CurrentView>>,
    /// Who comes first.
    order: Order,
) -> impl IntoView {
    let analysis = expect_context::<Analysis>();
    let time = expect_context::<TimeControl>();
    let overview = conference_view.overview()?;
    let scale = Scale::new(overview)?;
    let material = Arc::new(Material {
        scale,
        stretches: stretches::of_all(overview),
        marks: marks::of_all(overview),
        spoken: speaking::of_all(overview),
        finding_counts: order.finding_counts.get_value(),
    });
    let growing = Growing::new(overview.participants.len());
    let selected = Memo::new(move |_| {
        current_view.with(|current_view| Some(current_view.as_ref()?.participant()?.key.clone()))
    });
    let pointed = RwSignal::new(None);

    let (body, plot) = (NodeRef::<Div>::new(), NodeRef::<Div>::new());
    let (body_width, plot_width) = (watch_width(body), watch_width(plot));
    let edges = Signal::derive(move || (body_width.get() - plot_width.get(), body_width.get()));
    let least_ms = Memo::new(move |_| {
        let span_ms = time.shown().get().map_or(0.0, |window| window.span_ms());
        // In steps of two, so that signs regroup now and then, not in every frame of a zoom.
        2_f64.powf((span_ms * SIGN_PX / plot_width.get().max(1.0)).log2().ceil())
    });
    let sheet = move |part: fn(&TimeWindow, f64) -> f64| {
        Signal::derive(move || time.shown().get().map(|window| percent(part(&window, scale.whole_ms))))
    };
    let finding = Memo::new(move |_| {
        let (from_ms, to_ms) = current_view.with(|current_view| {
            let finding = current_view.as_ref()?.finding()?;
            Some((finding.from_ms, finding.to_ms))
        })?;
        TimeWindow::new(from_ms - scale.start_ms, to_ms - scale.start_ms)
    });
    let band_left = Signal::derive(move || finding.get().map(|one| scale.left(one.from_ms)));
    let band_width = Signal::derive(move || finding.get().map(|one| scale.width(one.from_ms, one.to_ms)));
    let shown = Signal::derive(move || time.shown().get().map(|window| readout(&window, time.is_zoomed())));

    let clicked = {
        let conference_view = conference_view.clone();
        move |event: MouseEvent| {
            let finding =
                stretch_at(&event).and_then(|place| conference_view.overview()?.findings.get(place));
            if let Some(finding) = finding {
                findings::toggle(analysis, &conference_view, finding);
            }
        }
    };
    let hover_words = {
        let conference_view = conference_view.clone();
        Signal::derive(move || {
            let (at_ms, place) = (time.hover().get()?, pointed.get()?);
            let person = conference_view.overview()?.participants.get(place)?;
            let values = words::values_at(&conference_view, place, at_ms / scale.whole_ms);
            let values = values.unwrap_or_else(|| "no data".to_owned());
            Some(format!("{} at {}: {values}", person.label(), format::duration(at_ms)))
        })
    };
    let lanes = {
        let conference_view = conference_view.clone();
        let make =
            move |place| lane(&conference_view, place, &material, least_ms, selected, pointed).into_any();
        growing.entries(order.places, Arc::new(make))
    };
    Some(view! {
        <section class="timeline" aria-labelledby="timeline-title" data-testid="timeline">
            <div class="timeline-head">
                <h2 id="timeline-title">"Timeline"</h2>
                <p class="readout" data-testid="window-readout">
                    {shown}
                </p>
                <div class="zooms" role="group" aria-label="Zoom">
                    {zoom(time, "zoom-out", "−", "Zoom out", "-")}
                    {zoom(time, "zoom-in", "+", "Zoom in", "+")}
                    {zoom(time, "zoom-whole", "Whole call", "Show the whole call", "0")}
                </div>
            </div>
            <div
                class="lanes-scroller"
                style=("--lanes", overview.participants.len().max(1).to_string())
                style=("--sheet-left", sheet(sheet_left))
                style=("--sheet-width", sheet(sheet_width))
                on:click=clicked
                on:keydown=walk
                on:pointerleave=move |_| pointed.set(None)
            >
                <TimePlot
                    time=time
                    edges=edges
                    label="Lanes over time: plus and minus zoom, arrows pan, 0 shows the whole call"
                    class="lanes"
                    node_ref=body
                >
                    <Axis time=time start_ms=scale.start_ms width=plot_width plot=plot />
                    <div class="lanes-band" hidden=move || finding.with(Option::is_none) aria-hidden="true">
                        <div class="sheet">
                            <i style:left=band_left style:width=band_width></i>
                        </div>
                    </div>
                    {lanes}
                </TimePlot>
                {growing.button("participant")}
            </div>
            <div class="timeline-foot">
                <Legend />
                <p class="hover-words">{hover_words}</p>
            </div>
        </section>
    })
}

/// Where the sheet begins for a window to fill the plot, in widths of the plot.
fn sheet_left(window: &TimeWindow, _whole_ms: f64) -> f64 {
    -window.from_ms / window.span_ms()
}

/// How wide it is.
fn sheet_width(window: &TimeWindow, whole_ms: f64) -> f64 {
    whole_ms / window.span_ms()
}

fn readout(window: &TimeWindow, zoomed: bool) -> String {
    let length = if zoomed { wording::duration(window.span_ms()) } else { "whole call".to_owned() };
    format!("{}, {length}", format::stretch(window.from_ms, window.to_ms))
}

/// A button that does what a key does.
fn zoom(
    time: TimeControl,
    id: &'static str,
    text: &'static str,
    label: &'static str,
    key: &'static str,
) -> AnyView {
    let go = move |_| {
        let wish = time.axis((0.0, 1.0)).and_then(|axis| axis.key(key, None));
        if let Some(wish) = wish {
            time.obey(wish, Gesture::Zoom);
        }
    };
    let idle = move || key != "+" && !time.is_zoomed();
    view! {
        <button class="button small" data-testid=id aria-label=label title=label disabled=idle on:click=go>
            {text}
        </button>
    }
    .into_any()
}

/// Which finding's stretch was clicked, by its place.
fn stretch_at(event: &MouseEvent) -> Option<usize> {
    let element: Element = event.target()?.dyn_into().ok()?;
    element.closest("[data-place]").ok()??.get_attribute("data-place")?.parse().ok()
}

/// Up and down walk through the lanes' labels; Enter looks at one.
fn walk(event: KeyboardEvent) {
    let down = match event.key().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        _ => return,
    };
    let lane = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok()?.closest(".lane").ok()?)
        .and_then(|lane| if down { lane.next_element_sibling() } else { lane.previous_element_sibling() });
    let label = lane.and_then(|lane| lane.query_selector(".lane-label").ok()?);
    if let Some(label) = label.and_then(|label| label.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        let _ = label.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_fills_the_plot_with_the_window() {
        let window = TimeWindow::new(150_000.0, 300_000.0).unwrap();
        assert_eq!((sheet_left(&window, 600_000.0), sheet_width(&window, 600_000.0)), (-1.0, 4.0));
        assert_eq!(readout(&window, true), "2:30–5:00, 2 min 30 s");
        assert_eq!(readout(&window, false), "2:30–5:00, whole call");
    }
}
