//! What a pointer, a wheel or a command means on a time axis: pixels to times, input to the next window. Pure.

use super::time_window::TimeWindow;

/// A press that moves less than this is a click.
pub const DRAG_PX: f64 = 4.0;
/// By how much a pixel of the wheel changes the length of the window; a notch is about 100 px.
const ZOOM_PER_PX: f64 = 1.002;
/// By how much a zoom command changes it.
const ZOOM_PER_KEY: f64 = 0.5;
/// By how much of the window a pan command moves it.
const PAN_PER_KEY: f64 = 0.25;

/// A time axis on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeAxis {
    /// Where the first time lies, in pixels.
    pub left: f64,
    /// Where the last one lies.
    pub right: f64,
    /// The times that it shows.
    pub window: TimeWindow,
    /// The times that it may show.
    pub bounds: TimeWindow,
}

/// What a key or a button does to the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeCommand {
    /// Halves it.
    ZoomIn,
    /// Doubles it.
    ZoomOut,
    /// Moves it to the left by a quarter of its length.
    Earlier,
    /// Moves it to the right by a quarter of its length.
    Later,
    /// Shows the whole call.
    WholeCall,
    /// Shows what was shown before.
    Back,
}

impl TimeAxis {
    /// The time at a pixel, never outside of the window.
    #[must_use]
    pub fn time_at(&self, px: f64) -> f64 {
        let place = ((px - self.left) / self.width()).clamp(0.0, 1.0);
        self.window.from_ms + place * self.window.span_ms()
    }

    /// Where a time lies; `None` outside of the window.
    #[must_use]
    pub fn px(&self, at_ms: f64) -> Option<f64> {
        let place = (at_ms - self.window.from_ms) / self.window.span_ms();
        (0.0..=1.0).contains(&place).then(|| self.left + place * self.width())
    }

    /// A pixel, moved onto the axis.
    #[must_use]
    pub fn clamped(&self, px: f64) -> f64 {
        px.clamp(self.left, self.left + self.width())
    }

    /// The window that a drag between two pixels selects; `None` where it was too short to be a drag.
    #[must_use]
    pub fn selected(&self, from_px: f64, to_px: f64) -> Option<TimeWindow> {
        if (to_px - from_px).abs() < DRAG_PX {
            return None;
        }
        let (one, other) = (self.time_at(from_px), self.time_at(to_px));
        let wanted = TimeWindow::new(one.min(other), one.max(other))?;
        // A time span below the minimum grows around its middle.
        Some(wanted.zoomed(f64::midpoint(one, other), 1.0, &self.bounds))
    }

    /// The window after a drag by so many pixels: what was under the pointer stays under it.
    #[must_use]
    pub fn dragged(&self, by_px: f64) -> TimeWindow {
        self.window.panned(-by_px * self.ms_per_px(), &self.bounds)
    }

    /// The window after the wheel turned by `delta_px` with the pointer at `px`; turning down zooms out.
    #[must_use]
    pub fn wheeled(&self, px: f64, delta_px: f64) -> TimeWindow {
        self.window.zoomed(self.time_at(px), ZOOM_PER_PX.powf(delta_px), &self.bounds)
    }

    /// The window after two fingers moved: the times under them stay under them.
    #[must_use]
    pub fn pinched(&self, before: (f64, f64), now: (f64, f64)) -> TimeWindow {
        let distance = |(one, other): (f64, f64)| (one - other).abs().max(1.0);
        let middle = |(one, other): (f64, f64)| f64::midpoint(one, other);
        let zoomed = self.window.zoomed(
            self.time_at(middle(before)),
            (distance(before) / distance(now)).clamp(0.02, 50.0),
            &self.bounds,
        );
        Self { window: zoomed, ..*self }.dragged(middle(now) - middle(before))
    }

    /// The window after a command; `None` for those that do not depend on the window that is shown. Zooming keeps
    /// `at_ms` in place, or the middle where that is outside of the window.
    #[must_use]
    pub fn after(&self, command: TimeCommand, at_ms: Option<f64>) -> Option<TimeWindow> {
        let window = &self.window;
        let at_ms = at_ms.filter(|at| self.px(*at).is_some());
        let at_ms = at_ms.unwrap_or_else(|| f64::midpoint(window.from_ms, window.to_ms));
        let zoomed = |factor| Some(window.zoomed(at_ms, factor, &self.bounds));
        let panned = |share| Some(window.panned(share * window.span_ms(), &self.bounds));
        match command {
            TimeCommand::ZoomIn => zoomed(ZOOM_PER_KEY),
            TimeCommand::ZoomOut => zoomed(1.0 / ZOOM_PER_KEY),
            TimeCommand::Earlier => panned(-PAN_PER_KEY),
            TimeCommand::Later => panned(PAN_PER_KEY),
            TimeCommand::WholeCall | TimeCommand::Back => None,
        }
    }

    fn width(&self) -> f64 {
        (self.right - self.left).max(1.0)
    }

    fn ms_per_px(&self) -> f64 {
        self.window.span_ms() / self.width()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(from_ms: f64, to_ms: f64) -> TimeWindow {
        TimeWindow::new(from_ms, to_ms).unwrap()
    }

    /// 100 ms a pixel.
    fn axis() -> TimeAxis {
        TimeAxis {
            left: 50.0,
            right: 450.0,
            window: window(20_000.0, 60_000.0),
            bounds: window(0.0, 100_000.0),
        }
    }

    #[test]
    fn times_lie_between_the_edges() {
        let axis = axis();
        assert_eq!(
            (axis.time_at(50.0), axis.time_at(250.0), axis.time_at(450.0)),
            (20_000.0, 40_000.0, 60_000.0)
        );
        assert_eq!((axis.time_at(-9.0), axis.time_at(999.0)), (20_000.0, 60_000.0));
        assert_eq!((axis.px(40_000.0), axis.px(10_000.0)), (Some(250.0), None));
    }

    #[test]
    fn a_drag_selects_in_either_direction_and_a_click_nothing() {
        let axis = axis();
        assert_eq!(axis.selected(150.0, 250.0), Some(window(30_000.0, 40_000.0)));
        assert_eq!(axis.selected(250.0, 150.0), Some(window(30_000.0, 40_000.0)));
        assert_eq!(axis.selected(350.0, 9_999.0), Some(window(50_000.0, 60_000.0)));
        assert_eq!(axis.selected(150.0, 153.0), None);
        let short = axis.selected(150.0, 155.0).unwrap();
        assert_eq!(short, window(29_750.0, 30_750.0), "the minimum");
    }

    #[test]
    fn a_drag_moves_the_window_up_to_the_bounds() {
        assert_eq!(axis().dragged(100.0), window(10_000.0, 50_000.0));
        assert_eq!(axis().dragged(-9_999.0), window(60_000.0, 100_000.0));
    }

    #[test]
    fn the_wheel_keeps_the_time_under_the_pointer() {
        let axis = axis();
        for delta in [-300.0, -20.0, 20.0] {
            let window = axis.wheeled(150.0, delta);
            assert!((TimeAxis { window, ..axis }.time_at(150.0) - 30_000.0).abs() < 1e-6, "{delta}");
            assert_eq!(window.span_ms() < 40_000.0, delta < 0.0);
        }
        let there_and_back = TimeAxis { window: axis.wheeled(150.0, -100.0), ..axis }.wheeled(150.0, 100.0);
        assert!((there_and_back.from_ms - 20_000.0).abs() < 1e-6);
    }

    #[test]
    fn two_fingers_keep_their_times() {
        let axis = axis();
        let after = TimeAxis { window: axis.pinched((150.0, 250.0), (100.0, 300.0)), ..axis };
        assert!(
            (after.time_at(100.0) - 30_000.0).abs() < 1e-6 && (after.time_at(300.0) - 40_000.0).abs() < 1e-6
        );
        assert_eq!(axis.pinched((150.0, 250.0), (170.0, 270.0)), window(18_000.0, 58_000.0));
    }

    #[test]
    fn commands_zoom_and_pan() {
        let axis = axis();
        let show = |from, to| Some(window(from, to));
        assert_eq!(axis.after(TimeCommand::ZoomIn, None), show(30_000.0, 50_000.0));
        assert_eq!(axis.after(TimeCommand::ZoomIn, Some(20_000.0)), show(20_000.0, 40_000.0));
        let outside = axis.after(TimeCommand::ZoomIn, Some(99_000.0));
        assert_eq!(outside, show(30_000.0, 50_000.0), "the crosshair is outside of the window");
        assert_eq!(axis.after(TimeCommand::ZoomOut, None), show(0.0, 80_000.0));
        assert_eq!(axis.after(TimeCommand::Earlier, None), show(10_000.0, 50_000.0));
        assert_eq!(axis.after(TimeCommand::Later, None), show(30_000.0, 70_000.0));
        assert_eq!(axis.after(TimeCommand::WholeCall, None), None);
    }
}
