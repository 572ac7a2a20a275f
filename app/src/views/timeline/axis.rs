//! The time axis above the lanes: ticks, and the time under the pointer with its time of day.

use leptos::html::Div;
use leptos::prelude::*;

use super::scale::percent;
use crate::charts::ticks::time_ticks;
use crate::components::time_control::TimeControl;
use crate::format;
use crate::shell::browser::zone_minutes;

/// The width of a tick's label, in pixels.
const TICK_PX: f64 = 90.0;
/// A tick beyond this share of the width has no room for its label.
const LAST_TICK: f64 = 0.97;

/// The axis; its left cell shows the time under the pointer.
#[component]
pub fn Axis(
    /// The shared time.
    time: TimeControl,
    /// The start of the conference, epoch ms.
    start_ms: f64,
    /// The plot's width in pixels.
    width: ReadSignal<f64>,
    /// The part beside the labels of the lanes.
    plot: NodeRef<Div>,
) -> impl IntoView {
    let time_text = Signal::derive(move || time.hover().get().map(format::duration));
    let clock = Signal::derive(move || {
        let at_ms = start_ms + time.hover().get()?;
        let zone = zone_minutes(at_ms);
        Some(format!("{} {}", format::clock(at_ms, zone), format::zone(zone)))
    });
    let lines = move || {
        ticks(time, width.get()).into_iter().map(|(_, left)| view! { <i style:left=left></i> }).collect_view()
    };
    let labels = move || {
        ticks(time, width.get())
            .into_iter()
            .map(
                |(at_ms, left)| view! { <span class="tick" style:left=left>{format::duration(at_ms)}</span> },
            )
            .collect_view()
    };
    view! {
        <div class="axis" aria-hidden="true">
            <p class="axis-time"><b>{time_text}</b> " " <span class="second">{clock}</span></p>
            <div class="axis-plot" node_ref=plot>{labels}</div>
        </div>
        <div class="lanes-grid" aria-hidden="true">{lines}</div>
    }
}

/// The ticks of the window with their positions.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 40")]
fn ticks(time: TimeControl, width: f64) -> Vec<(f64, String)> {
    let Some(window) = time.shown().get() else { return Vec::new() };
    let about = (width / TICK_PX).clamp(1.0, 40.0) as u32;
    time_ticks(window.from_ms, window.to_ms, 0.0, about)
        .into_iter()
        .map(|at_ms| (at_ms, (at_ms - window.from_ms) / window.span_ms()))
        .filter(|(_, share)| *share <= LAST_TICK)
        .map(|(at_ms, share)| (at_ms, percent(share)))
        .collect()
}
