//! A plot with a time axis under somebody's hands: drag, wheel, keys and fingers move the shared window, the pointer
//! the shared crosshair.

use std::collections::BTreeMap;
use std::time::Duration;

use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};
use leptos::html::Div;
use leptos::prelude::*;

use super::time_control::TimeControl;
use crate::state::time_axis::{DRAG_PX, TimeAxis};
use crate::state::time_trail::Gesture;
use crate::state::time_window::TimeWindow;

const KEYS: &str = "+ - ArrowLeft ArrowRight 0 Home Escape";
const HINT: &str = "Ctrl or ⌘ + wheel zooms, drag selects, double click shows the whole call";
const HINT_STAYS: Duration = Duration::from_secs(4);
/// Wheels that count lines or pages.
const PX_PER_LINE: f64 = 30.0;

/// What is pressed on the plot.
#[derive(Clone, Debug, Default)]
enum Hands {
    /// Nothing.
    #[default]
    Off,
    /// A button, not moved yet.
    Press { from_px: f64, pans: bool },
    /// A range is being selected.
    Select { from_px: f64 },
    /// The axis follows the pointer.
    Pan { from_px: f64, axis: TimeAxis },
    /// Fingers, by pointer, where they are; with two, where they began.
    Touch { fingers: BTreeMap<i32, f64>, pinch: Option<((f64, f64), TimeAxis)> },
}

/// Wraps what is drawn over time. It can be focused, draws crosshair and brush, and leaves plain wheels and vertical
/// swipes to the page.
#[component]
pub fn TimePlot(
    /// The shared time.
    time: TimeControl,
    /// Where the axis begins and ends, in pixels from the left of this element.
    #[prop(into)]
    edges: Signal<(f64, f64)>,
    /// What a screen reader calls it.
    #[prop(into)]
    label: Signal<String>,
    /// Classes beside `time-plot`.
    #[prop(optional)]
    class: &'static str,
    /// The element.
    #[prop(optional)]
    node_ref: NodeRef<Div>,
    /// What is drawn.
    children: Children,
) -> impl IntoView {
    let hands = StoredValue::new(Hands::default());
    let brush = RwSignal::new(None::<(f64, f64)>);
    let hint = RwSignal::new(false);
    let axis = move || time.axis(edges.get_untracked());
    let px_of = move |event: &MouseEvent| {
        let left = node_ref.get_untracked().map_or(0.0, |plot| plot.get_bounding_client_rect().left());
        f64::from(event.client_x()) - left
    };
    let let_go = move || {
        hands.set_value(Hands::Off);
        brush.set(None);
    };

    let on_down = move |event: PointerEvent| {
        let Some(axis) = axis() else { return };
        let px = px_of(&event);
        time.point(Some(axis.moment(px)));
        if event.pointer_type() == "touch" {
            hands.update_value(|hands| hands.touch(event.pointer_id(), px, axis));
            return;
        }
        let pans = match event.button() {
            0 => event.shift_key(),
            1 => true,
            _ => return,
        };
        if event.button() == 1 {
            // Else the browser begins to scroll by itself.
            event.prevent_default();
        }
        hands.set_value(Hands::Press { from_px: px, pans });
    };
    let on_move = move |event: PointerEvent| {
        let Some(axis) = axis() else { return };
        let px = px_of(&event);
        time.point(Some(axis.moment(px)));
        let starts = hands.try_update_value(|hands| hands.drag(px, axis)).unwrap_or(false);
        if let Some(plot) = node_ref.get_untracked().filter(|_| starts) {
            let _ = plot.set_pointer_capture(event.pointer_id());
        }
        match hands.get_value() {
            Hands::Select { from_px } => brush.set(Some((axis.clamped(from_px), axis.clamped(px)))),
            Hands::Pan { from_px, axis } => time.go(Gesture::Pan, axis.pushed(px - from_px)),
            Hands::Touch { .. } => {
                let pinched = hands.try_update_value(|hands| hands.pinch(event.pointer_id(), px)).flatten();
                if let Some(window) = pinched {
                    time.go(Gesture::Zoom, window);
                }
            }
            Hands::Off | Hands::Press { .. } => {}
        }
    };
    let on_up = move |event: PointerEvent| {
        if let (Hands::Select { from_px }, Some(axis)) = (hands.get_value(), axis())
            && let Some(window) = axis.selected(from_px, px_of(&event))
        {
            time.go(Gesture::Select, window);
        }
        let_go();
    };
    let on_leave = move |event: PointerEvent| {
        // A finger that is lifted leaves the crosshair where it was, to be read.
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
            time.go(Gesture::Pan, axis.pushed(-by));
        } else if time.take_hint() {
            hint.set(true);
            set_timeout(
                move || {
                    hint.try_set(false);
                },
                HINT_STAYS,
            );
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let key = event.key();
        let drags = hands.with_value(|hands| !matches!(hands, Hands::Off));
        if key == "Escape" && drags {
            let_go();
            return;
        }
        let wish = axis().and_then(|axis| axis.key(&key, time.hover().get_untracked()));
        if let Some(wish) = wish {
            event.prevent_default();
            time.obey(wish, if key.starts_with("Arrow") { Gesture::Pan } else { Gesture::Zoom });
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
            aria-keyshortcuts=KEYS
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=on_up
            on:pointercancel=move |_| let_go()
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

impl Hands {
    /// A finger comes down.
    fn touch(&mut self, pointer: i32, px: f64, axis: TimeAxis) {
        let mut fingers = match std::mem::take(self) {
            Self::Touch { fingers, .. } => fingers,
            _ => BTreeMap::new(),
        };
        fingers.insert(pointer, px);
        let pinch = two(&fingers).map(|places| (places, axis));
        *self = Self::Touch { fingers, pinch };
    }

    /// The pointer moves; says whether that begins a drag.
    fn drag(&mut self, px: f64, axis: TimeAxis) -> bool {
        let Self::Press { from_px, pans } = *self else { return false };
        if (px - from_px).abs() < DRAG_PX {
            return false;
        }
        *self = if pans { Self::Pan { from_px, axis } } else { Self::Select { from_px } };
        true
    }

    /// A finger moves; with another one that is a pinch.
    fn pinch(&mut self, pointer: i32, px: f64) -> Option<TimeWindow> {
        let Self::Touch { fingers, pinch } = self else { return None };
        fingers.insert(pointer, px);
        let (before, axis) = (*pinch)?;
        Some(axis.pinched(before, two(fingers)?))
    }
}

/// Where the fingers are, if they are two.
fn two(fingers: &BTreeMap<i32, f64>) -> Option<(f64, f64)> {
    let mut places = fingers.values().copied();
    let pair = (places.next()?, places.next()?);
    places.next().is_none().then_some(pair)
}
