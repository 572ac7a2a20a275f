//! The one time window and the one crosshair that all plots of a call share, changed at most once in a frame.

use leptos::prelude::*;

use crate::state::time_axis::{KeyWish, TimeAxis};
use crate::state::time_trail::{Gesture, Trail};
use crate::state::time_window::TimeWindow;

/// Shared time. Copies are the same.
#[derive(Clone, Copy, Debug)]
pub struct TimeControl {
    whole: Memo<Option<TimeWindow>>,
    shown: Memo<Option<TimeWindow>>,
    window: RwSignal<Option<TimeWindow>>,
    hover: RwSignal<Option<f64>>,
    show: Callback<Option<TimeWindow>>,
    trail: StoredValue<Trail>,
    wanted: StoredValue<Wanted>,
    hinted: StoredValue<bool>,
}

/// What the next frame changes.
#[derive(Clone, Copy, Debug, Default)]
struct Wanted {
    window: Option<Option<TimeWindow>>,
    hover: Option<Option<f64>>,
    frame_comes: bool,
}

impl TimeControl {
    /// Joins the call's whole time, the window in force (`None` is the whole), the crosshair, and what shows another
    /// window.
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
            wanted: StoredValue::default(),
            hinted: StoredValue::default(),
        }
    }

    /// The window that plots show; `None` where nothing has a time.
    #[must_use]
    pub fn shown(self) -> Memo<Option<TimeWindow>> {
        self.shown
    }

    /// The moment under the pointer.
    #[must_use]
    pub fn hover(self) -> ReadSignal<Option<f64>> {
        self.hover.read_only()
    }

    /// Whether less than the whole is shown.
    #[must_use]
    pub fn is_zoomed(self) -> bool {
        self.shown.get() != self.whole.get()
    }

    /// The axis between two pixels as it will be in the next frame.
    #[must_use]
    pub fn axis(self, (left, right): (f64, f64)) -> Option<TimeAxis> {
        let bounds = self.whole.get_untracked()?;
        let wanted = self.wanted.with_value(|wanted| wanted.window);
        let window = match wanted {
            Some(wanted) => wanted.unwrap_or(bounds),
            None => self.shown.get_untracked()?,
        };
        Some(TimeAxis { left, right, window, bounds })
    }

    /// Moves the crosshair, or takes it away.
    pub fn point(self, at_ms: Option<f64>) {
        self.want(|wanted| wanted.hover = Some(at_ms));
    }

    /// Shows another window.
    pub fn go(self, gesture: Gesture, window: TimeWindow) {
        let window = Some(window).filter(|window| Some(*window) != self.whole.get_untracked());
        self.leave_for(gesture, window);
    }

    /// Shows all of the call.
    pub fn go_whole(self) {
        self.leave_for(Gesture::Whole, None);
    }

    /// Shows what was shown before the last gesture.
    pub fn go_back(self) {
        if let Some(window) = self.trail.try_update_value(Trail::back).flatten() {
            self.want(|wanted| wanted.window = Some(window));
        }
    }

    /// Does what a key asks for.
    pub fn obey(self, wish: KeyWish, gesture: Gesture) {
        match wish {
            KeyWish::Show(window) => self.go(gesture, window),
            KeyWish::Whole => self.go_whole(),
            KeyWish::Back => self.go_back(),
        }
    }

    /// Whether somebody who wheels over a plot is still to be told how to zoom; from then on they are.
    #[must_use]
    pub fn take_hint(self) -> bool {
        self.hinted.try_update_value(|hinted| !std::mem::replace(hinted, true)).unwrap_or(false)
    }

    fn leave_for(self, gesture: Gesture, window: Option<TimeWindow>) {
        let now = self.wanted.with_value(|wanted| wanted.window);
        let now = now.unwrap_or_else(|| self.window.get_untracked());
        self.trail.update_value(|trail| trail.note(gesture, now, window));
        self.want(|wanted| wanted.window = Some(window));
    }

    fn want(self, change: impl FnOnce(&mut Wanted)) {
        let frame_comes = self.wanted.try_update_value(|wanted| {
            change(wanted);
            std::mem::replace(&mut wanted.frame_comes, true)
        });
        if frame_comes == Some(false) {
            request_animation_frame(move || self.update());
        }
    }

    fn update(self) {
        // The call may be closed by now.
        let Some(wanted) = self.wanted.try_update_value(std::mem::take) else { return };
        if let Some(hover) = wanted.hover.filter(|hover| self.hover.try_get_untracked() != Some(*hover)) {
            self.hover.try_set(hover);
        }
        if let Some(window) = wanted.window {
            self.show.run(window);
        }
    }
}
