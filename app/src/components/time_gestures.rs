//! A plot with a time axis: dragging, the wheel, keys and touch change the shared time window, the pointer moves the
//! shared crosshair.

use std::collections::BTreeMap;
use std::time::Duration;

use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};
use leptos::html::Div;
use leptos::prelude::*;

use super::time_control::TimeControl;
use crate::shell::commands;
use crate::state::time_axis::{DRAG_PX, TimeAxis};
use crate::state::time_trail::Gesture;
use crate::state::time_window::TimeWindow;

const HINT: &str =
    "Ctrl or ⌘ + wheel zooms, dragging selects a time window, a double click shows the whole call";
const HINT_DURATION: Duration = Duration::from_secs(4);
/// The height of a line, for wheels that count lines.
const PX_PER_LINE: f64 = 30.0;

/// The pointer input that is under way.
#[derive(Clone, Debug, Default)]
enum Input {
    /// None.
    #[default]
    None,
    /// A button is pressed; the pointer has not moved yet.
    Press { from_px: f64, pans: bool },
    /// A time window is being selected.
    Select { from_px: f64 },
    /// The axis follows the pointer.
    Pan { from_px: f64, axis: TimeAxis },
    /// Touch: the position of each pointer in pixels; with two, where the pinch began.
    Touch { pointers: BTreeMap<i32, f64>, pinch: Option<((f64, f64), TimeAxis)> },
}

/// Wraps what is drawn over time. It takes the keyboard focus and draws crosshair and brush; a wheel without a modifier
/// key and vertical swipes scroll the page.
#[component]
pub fn TimePlot(
    /// The shared time.
    time: TimeControl,
    /// The first and the last pixel of the axis, from the left of this element.
    #[prop(into)]
    edges: Signal<(f64, f64)>,
    /// Its accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// Classes beside `time-plot`.
    #[prop(optional)]
    class: &'static str,
    /// The element.
    #[prop(optional)]
    node_ref: NodeRef<Div>,
    /// The content.
    children: Children,
) -> impl IntoView {
    let input = StoredValue::new(Input::default());
    let brush = RwSignal::new(None::<(f64, f64)>);
    let hint = RwSignal::new(false);
    let axis = move || time.axis(edges.get_untracked());
    let px_of = move |event: &MouseEvent| {
        let left = node_ref.get_untracked().map_or(0.0, |plot| plot.get_bounding_client_rect().left());
        f64::from(event.client_x()) - left
    };
    let end_gesture = move || {
        input.set_value(Input::None);
        brush.set(None);
    };

    let on_down = move |event: PointerEvent| {
        let Some(axis) = axis() else { return };
        let px = px_of(&event);
        time.point(Some(axis.time_at(px)));
        if event.pointer_type() == "touch" {
            input.update_value(|input| input.touch(event.pointer_id(), px, axis));
            return;
        }
        let pans = match event.button() {
            0 => event.shift_key(),
            1 => true,
            _ => return,
        };
        if event.button() == 1 {
            // The browser would start its own scrolling otherwise.
            event.prevent_default();
        }
        input.set_value(Input::Press { from_px: px, pans });
    };
    let on_move = move |event: PointerEvent| {
        let Some(axis) = axis() else { return };
        let px = px_of(&event);
        time.point(Some(axis.time_at(px)));
        let starts = input.try_update_value(|input| input.drag(px, axis)).unwrap_or(false);
        if let Some(plot) = node_ref.get_untracked().filter(|_| starts) {
            let _ = plot.set_pointer_capture(event.pointer_id());
        }
        match input.get_value() {
            Input::Select { from_px } => brush.set(Some((axis.clamped(from_px), axis.clamped(px)))),
            Input::Pan { from_px, axis } => time.go(Gesture::Pan, axis.dragged(px - from_px)),
            Input::Touch { .. } => {
                let pinched = input.try_update_value(|input| input.pinch(event.pointer_id(), px)).flatten();
                if let Some(window) = pinched {
                    time.go(Gesture::Zoom, window);
                }
            }
            Input::None | Input::Press { .. } => {}
        }
    };
    let on_up = move |event: PointerEvent| {
        if let (Input::Select { from_px }, Some(axis)) = (input.get_value(), axis())
            && let Some(window) = axis.selected(from_px, px_of(&event))
        {
            time.go(Gesture::Select, window);
        }
        end_gesture();
    };
    let on_leave = move |event: PointerEvent| {
        // After a touch the crosshair stays, so that its values can be read.
        if event.pointer_type() != "touch" && brush.with_untracked(Option::is_none) {
            time.point(None);
        }
    };
    let on_wheel = move |event: WheelEvent| {
        let Some(axis) = axis() else { return };
        let scale = match event.delta_mode() {
            WheelEvent::DOM_DELTA_LINE => PX_PER_LINE,
            WheelEvent::DOM_DELTA_PAGE => axis.right - axis.left,
            _ => 1.0,
        };
        let (sideways, down) = (event.delta_x() * scale, event.delta_y() * scale);
        if event.ctrl_key() || event.meta_key() {
            event.prevent_default();
            time.go(Gesture::Zoom, axis.wheeled(px_of(&event), down));
        } else if event.shift_key() || sideways.abs() > down.abs() {
            event.prevent_default();
            let by = if sideways.abs() > down.abs() { sideways } else { down };
            time.go(Gesture::Pan, axis.dragged(-by));
        } else if time.take_hint() {
            hint.set(true);
            set_timeout(
                move || {
                    hint.try_set(false);
                },
                HINT_DURATION,
            );
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let key = event.key();
        if key == "Escape" && input.with_value(|input| !matches!(input, Input::None)) {
            end_gesture();
        } else if let Some(command) = commands::in_plot(&key) {
            event.prevent_default();
            time.run(command, edges.get_untracked());
        }
    };

    let crosshair = Memo::new(move |_| {
        let at_ms = time.hover().get()?;
        let window = time.shown().get()?;
        let (left, right) = edges.get();
        Some(TimeAxis { left, right, window, bounds: window }.px(at_ms)?.round())
    });
    let brush_left = move || brush.get().map(|(one, other)| format!("{}px", one.min(other)));
    let brush_width = move || brush.get().map(|(one, other)| format!("{}px", (one - other).abs()));
    view! {
        <div
            class=format!("time-plot {class}")
            node_ref=node_ref
            tabindex="0"
            role="group"
            aria-label=move || label.get()
            aria-keyshortcuts=commands::plot_shortcuts()
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=on_up
            on:pointercancel=move |_| end_gesture()
            on:pointerleave=on_leave
            on:dblclick=move |_| time.go_whole()
            on:wheel=on_wheel
            on:keydown=on_key
        >
            {children()}
            <div
                class="crosshair"
                hidden=move || crosshair.get().is_none()
                style:transform=move || format!("translateX({}px)", crosshair.get().unwrap_or_default())
            ></div>
            <div
                class="brush"
                hidden=move || brush.with(Option::is_none)
                style:left=move || brush_left().unwrap_or_default()
                style:width=move || brush_width().unwrap_or_default()
            ></div>
            <p class="plot-hint" hidden=move || !hint.get()>{HINT}</p>
        </div>
    }
}

impl Input {
    /// Another pointer touches the plot.
    fn touch(&mut self, pointer: i32, px: f64, axis: TimeAxis) {
        let mut pointers = match std::mem::take(self) {
            Self::Touch { pointers, .. } => pointers,
            _ => BTreeMap::new(),
        };
        pointers.insert(pointer, px);
        let pinch = two(&pointers).map(|places| (places, axis));
        *self = Self::Touch { pointers, pinch };
    }

    /// The pointer moves. Returns whether that starts a drag.
    fn drag(&mut self, px: f64, axis: TimeAxis) -> bool {
        let Self::Press { from_px, pans } = *self else { return false };
        if (px - from_px).abs() < DRAG_PX {
            return false;
        }
        *self = if pans { Self::Pan { from_px, axis } } else { Self::Select { from_px } };
        true
    }

    /// A touch pointer moves. Returns the window after it, if two pointers are down.
    fn pinch(&mut self, pointer: i32, px: f64) -> Option<TimeWindow> {
        let Self::Touch { pointers, pinch } = self else { return None };
        pointers.insert(pointer, px);
        let (before, axis) = (*pinch)?;
        Some(axis.pinched(before, two(pointers)?))
    }
}

/// The positions of the pointers, if there are two.
fn two(pointers: &BTreeMap<i32, f64>) -> Option<(f64, f64)> {
    let mut places = pointers.values().copied();
    let pair = (places.next()?, places.next()?);
    places.next().is_none().then_some(pair)
}
