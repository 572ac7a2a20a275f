//! The time window and the crosshair that all plots of a call share, changed at most once per frame.

use leptos::prelude::*;

use crate::state::time_axis::{TimeAxis, TimeCommand};
use crate::state::time_trail::{Gesture, Trail};
use crate::state::time_window::TimeWindow;

/// The shared time window and crosshair. Copies are the same.
#[derive(Clone, Copy, Debug)]
pub struct TimeControl {
    whole: Memo<Option<TimeWindow>>,
    shown: Memo<Option<TimeWindow>>,
    window: RwSignal<Option<TimeWindow>>,
    hover: RwSignal<Option<f64>>,
    show: Callback<Option<TimeWindow>>,
    trail: StoredValue<Trail>,
    pending: StoredValue<Pending>,
    hinted: StoredValue<bool>,
}

/// The changes of the next frame.
#[derive(Clone, Copy, Debug, Default)]
struct Pending {
    window: Option<Option<TimeWindow>>,
    hover: Option<Option<f64>>,
    frame_requested: bool,
}

impl TimeControl {
    /// Combines the time of the whole call, the current window (`None` is the whole call), the crosshair (ms after the
    /// start), and the function that shows another window.
    #[must_use]
    pub fn new(
        whole: Memo<Option<TimeWindow>>,
        window: RwSignal<Option<TimeWindow>>,
        hover: RwSignal<Option<f64>>,
        show: impl Fn(Option<TimeWindow>) + Send + Sync + 'static,
    ) -> Self {
        Self {
            whole,
            shown: Memo::new(move |_| {
                let whole = whole.get()?;
                Some(window.get().map_or(whole, |window| window.within(&whole)))
            }),
            window,
            hover,
            show: Callback::new(show),
            trail: StoredValue::default(),
            pending: StoredValue::default(),
            hinted: StoredValue::default(),
        }
    }

    /// The window that plots show; `None` where the call has no time.
    #[must_use]
    pub fn shown(self) -> Memo<Option<TimeWindow>> {
        self.shown
    }

    /// The time under the pointer, in ms after the start of the conference.
    #[must_use]
    pub fn hover(self) -> ReadSignal<Option<f64>> {
        self.hover.read_only()
    }

    /// Whether less than the whole call is shown.
    #[must_use]
    pub fn is_zoomed(self) -> bool {
        self.shown.get() != self.whole.get()
    }

    /// The axis between two pixels, as it is in the next frame.
    #[must_use]
    pub fn axis(self, (left, right): (f64, f64)) -> Option<TimeAxis> {
        let bounds = self.whole.get_untracked()?;
        let pending = self.pending.with_value(|pending| pending.window);
        let window = match pending {
            Some(pending) => pending.unwrap_or(bounds),
            None => self.shown.get_untracked()?,
        };
        Some(TimeAxis { left, right, window, bounds })
    }

    /// Moves the crosshair, or hides it.
    pub fn point(self, at_ms: Option<f64>) {
        self.change(|pending| pending.hover = Some(at_ms));
    }

    /// Shows another window.
    pub fn go(self, gesture: Gesture, window: TimeWindow) {
        let window = Some(window).filter(|window| Some(*window) != self.whole.get_untracked());
        self.set_window(gesture, window);
    }

    /// Shows the whole call.
    pub fn go_whole(self) {
        self.set_window(Gesture::Whole, None);
    }

    /// Shows what was shown before the last gesture.
    pub fn go_back(self) {
        if let Some(window) = self.trail.try_update_value(Trail::back).flatten() {
            self.change(|pending| pending.window = Some(window));
        }
    }

    /// Runs a command on an axis between two pixels. Zooming keeps the crosshair in place.
    pub fn run(self, command: TimeCommand, edges: (f64, f64)) {
        let gesture = match command {
            TimeCommand::Earlier | TimeCommand::Later => Gesture::Pan,
            TimeCommand::ZoomIn | TimeCommand::ZoomOut => Gesture::Zoom,
            TimeCommand::WholeCall => return self.go_whole(),
            TimeCommand::Back => return self.go_back(),
        };
        let at_ms = self.hover.get_untracked();
        if let Some(window) = self.axis(edges).and_then(|axis| axis.after(command, at_ms)) {
            self.go(gesture, window);
        }
    }

    /// Whether the hint on zooming has yet to be shown; true only once.
    #[must_use]
    pub fn take_hint(self) -> bool {
        self.hinted.try_update_value(|hinted| !std::mem::replace(hinted, true)).unwrap_or(false)
    }

    fn set_window(self, gesture: Gesture, window: Option<TimeWindow>) {
        let now = self.pending.with_value(|pending| pending.window);
        let now = now.unwrap_or_else(|| self.window.get_untracked());
        self.trail.update_value(|trail| trail.note(gesture, now, window));
        self.change(|pending| pending.window = Some(window));
    }

    fn change(self, change: impl FnOnce(&mut Pending)) {
        let frame_requested = self.pending.try_update_value(|pending| {
            change(pending);
            std::mem::replace(&mut pending.frame_requested, true)
        });
        if frame_requested == Some(false) {
            request_animation_frame(move || self.update());
        }
    }

    fn update(self) {
        // The call may be closed by now.
        let Some(pending) = self.pending.try_update_value(std::mem::take) else { return };
        if let Some(hover) = pending.hover.filter(|hover| self.hover.try_get_untracked() != Some(*hover)) {
            self.hover.try_set(hover);
        }
        if let Some(window) = pending.window {
            self.show.run(window);
        }
    }
}
