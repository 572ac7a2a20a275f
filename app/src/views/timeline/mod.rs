//! The timeline: a lane for each participant on one time axis, with its presences, quality, findings and events.

pub mod axis;
mod finding_spans;
mod lane;
pub mod legend;
mod marks;
mod scale;
mod speaking;
mod wording;

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
use crate::shell::commands::{self, RowStep};
use crate::shell::instance::Instance;
use crate::state::current_view::CurrentView;
use crate::state::time_axis::TimeCommand;
use crate::state::time_window::TimeWindow;
use crate::views::ConferenceContext;
use crate::views::findings;
use crate::views::participants::order::Order;
use axis::Axis;
use lane::{Material, lane};
use legend::Legend;
use scale::{Scale, percent};

/// The least distance of two signs, in pixels.
const SIGN_PX: f64 = 14.0;

/// The view.
#[must_use]
pub fn view(context: ConferenceContext) -> AnyView {
    let ConferenceContext { conference, current_view, order } = context;
    view! { <Timeline conference_view=conference current_view=current_view order=order /> }.into_any()
}

/// The timeline; nothing where no dump has a time.
#[component]
pub fn Timeline(
    /// The conference.
    conference_view: CurrentView,
    /// What is selected.
    current_view: Memo<Option<CurrentView>>,
    /// The order of the participants.
    order: Order,
) -> impl IntoView {
    let analysis = expect_context::<Analysis>();
    let time = expect_context::<TimeControl>();
    let overview = conference_view.overview()?;
    let scale = Scale::new(overview)?;
    let material = Arc::new(Material {
        scale,
        spans: finding_spans::of_all(overview),
        marks: marks::of_all(overview),
        speaking: speaking::of_all(overview),
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
        // In powers of two, so that signs are not regrouped in every frame of a zoom.
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
                finding_at(&event).and_then(|index| conference_view.overview()?.findings.get(index));
            if let Some(finding) = finding {
                findings::toggle(analysis, &conference_view, finding);
            }
        }
    };
    let hover_text = {
        let conference_view = conference_view.clone();
        Signal::derive(move || {
            let (at_ms, index) = (time.hover().get()?, pointed.get()?);
            let participant = conference_view.overview()?.participants.get(index)?;
            let values = wording::values_at(&conference_view, index, at_ms / scale.whole_ms);
            let values = values.unwrap_or_else(|| "no data".to_owned());
            Some(format!("{} at {}: {values}", participant.label(), format::duration(at_ms)))
        })
    };
    let lanes = {
        let conference_view = conference_view.clone();
        let make =
            move |index| lane(&conference_view, index, &material, least_ms, selected, pointed).into_any();
        growing.entries(order.indices, Arc::new(make))
    };
    let title = Instance::expect().id("timeline-title");
    Some(view! {
        <section class="timeline" aria-labelledby=title.clone() data-testid="timeline">
            <div class="timeline-head">
                <h2 id=title.clone()>"Timeline"</h2>
                <p class="readout" data-testid="window-readout">
                    {shown}
                </p>
                <div class="zooms" role="group" aria-label="Zoom">
                    {zoom(time, "zoom-out", "−", "Zoom out", TimeCommand::ZoomOut)}
                    {zoom(time, "zoom-in", "+", "Zoom in", TimeCommand::ZoomIn)}
                    {zoom(time, "zoom-whole", "Whole call", "Show the whole call", TimeCommand::WholeCall)}
                </div>
            </div>
            <div
                class="lanes-scroller"
                style=("--lanes", overview.participants.len().max(1).to_string())
                style=("--sheet-left", sheet(sheet_left))
                style=("--sheet-width", sheet(sheet_width))
                on:click=clicked
                on:keydown=move_focus
                on:pointerleave=move |_| pointed.set(None)
            >
                <TimePlot
                    time=time
                    edges=edges
                    label="Participants over time: plus and minus zoom, arrow keys pan, 0 shows the whole call"
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
                <p class="hover-text">{hover_text}</p>
            </div>
        </section>
    })
}

/// The left edge of the sheet when the window fills the plot, in widths of the plot.
fn sheet_left(window: &TimeWindow, _whole_ms: f64) -> f64 {
    -window.from_ms / window.span_ms()
}

/// The width of the sheet, in widths of the plot.
fn sheet_width(window: &TimeWindow, whole_ms: f64) -> f64 {
    whole_ms / window.span_ms()
}

fn readout(window: &TimeWindow, zoomed: bool) -> String {
    let length =
        if zoomed { analyzer_wasm::wording::duration(window.span_ms()) } else { "whole call".to_owned() };
    format!("{}, {length}", format::time_span(window.from_ms, window.to_ms))
}

/// A button that runs a command.
fn zoom(
    time: TimeControl,
    id: &'static str,
    text: &'static str,
    label: &'static str,
    command: TimeCommand,
) -> AnyView {
    let run = move |_| time.run(command, (0.0, 1.0));
    let disabled = move || command != TimeCommand::ZoomIn && !time.is_zoomed();
    view! {
        <button class="button small" data-testid=id aria-label=label title=label disabled=disabled on:click=run>
            {text}
        </button>
    }
    .into_any()
}

/// The index of the finding whose span was clicked.
fn finding_at(event: &MouseEvent) -> Option<usize> {
    let element: Element = event.target()?.dyn_into().ok()?;
    element.closest("[data-index]").ok()??.get_attribute("data-index")?.parse().ok()
}

/// Moves the keyboard focus to the label of another lane.
fn move_focus(event: KeyboardEvent) {
    let Some(step) = commands::in_timeline(&event.key()) else { return };
    let lane = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok()?.closest(".lane").ok()?)
        .and_then(|lane| match step {
            RowStep::Down => lane.next_element_sibling(),
            RowStep::Up => lane.previous_element_sibling(),
        });
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
