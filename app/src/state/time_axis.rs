//! What a pointer, a wheel or a key means on a time axis: pixels to moments, input to the next window. Pure.

use super::time_window::TimeWindow;

/// A press that moves less than this is a click.
pub const DRAG_PX: f64 = 4.0;
/// What a notch of the wheel, about 100 px, makes of the window's length.
const ZOOM_PER_PX: f64 = 1.002;
/// What a key makes of it.
const ZOOM_PER_KEY: f64 = 0.5;
/// How much of the window a key pans.
const PAN_PER_KEY: f64 = 0.25;

/// A time axis on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeAxis {
    /// Where the first moment lies, in pixels.
    pub left: f64,
    /// Where the last one lies.
    pub right: f64,
    /// What it shows.
    pub window: TimeWindow,
    /// What it may show.
    pub bounds: TimeWindow,
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum KeyWish {
    /// Another window.
    Show(TimeWindow),
    /// All of the call.
    Whole,
    /// What was shown before.
    Back,
}

impl TimeAxis {
    /// The moment at a pixel, never outside of the window.
    #[must_use]
    pub fn moment(&self, px: f64) -> f64 {
        let place = ((px - self.left) / self.width()).clamp(0.0, 1.0);
        self.window.from_ms + place * self.window.span_ms()
    }

    /// Where a moment lies; `None` outside of the window.
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

    /// What a drag between two pixels selects; `None` where it was too short to mean it.
    #[must_use]
    pub fn selected(&self, from_px: f64, to_px: f64) -> Option<TimeWindow> {
        if (to_px - from_px).abs() < DRAG_PX {
            return None;
        }
        let (one, other) = (self.moment(from_px), self.moment(to_px));
        let wanted = TimeWindow::new(one.min(other), one.max(other))?;
        // A stretch too short to see anything in grows around its middle.
        Some(wanted.zoomed(f64::midpoint(one, other), 1.0, &self.bounds))
    }

    /// The window after it was pushed by so many pixels: what was under the pointer follows it.
    #[must_use]
    pub fn pushed(&self, by_px: f64) -> TimeWindow {
        self.window.panned(-by_px * self.ms_per_px(), &self.bounds)
    }

    /// The window after the wheel turned by so many pixels at one; turning down zooms out.
    #[must_use]
    pub fn wheeled(&self, px: f64, delta_px: f64) -> TimeWindow {
        self.window.zoomed(self.moment(px), ZOOM_PER_PX.powf(delta_px), &self.bounds)
    }

    /// The window after two fingers moved: both moments stay under them.
    #[must_use]
    pub fn pinched(&self, before: (f64, f64), now: (f64, f64)) -> TimeWindow {
        let distance = |(one, other): (f64, f64)| (one - other).abs().max(1.0);
        let middle = |(one, other): (f64, f64)| f64::midpoint(one, other);
        let zoomed = self.window.zoomed(
            self.moment(middle(before)),
            (distance(before) / distance(now)).clamp(0.02, 50.0),
            &self.bounds,
        );
        Self { window: zoomed, ..*self }.pushed(middle(now) - middle(before))
    }

    /// What a key asks for; `None` where it means nothing here. Zooming keys hold on to `at_ms`, or to the middle.
    #[must_use]
    pub fn key(&self, key: &str, at_ms: Option<f64>) -> Option<KeyWish> {
        let window = &self.window;
        let at_ms = at_ms.filter(|at| self.px(*at).is_some());
        let at_ms = at_ms.unwrap_or_else(|| f64::midpoint(window.from_ms, window.to_ms));
        let zoomed = |factor| KeyWish::Show(window.zoomed(at_ms, factor, &self.bounds));
        let panned = |share| KeyWish::Show(window.panned(share * window.span_ms(), &self.bounds));
        match key {
            "+" | "=" => Some(zoomed(ZOOM_PER_KEY)),
            "-" | "_" | "−" => Some(zoomed(1.0 / ZOOM_PER_KEY)),
            "ArrowLeft" => Some(panned(-PAN_PER_KEY)),
            "ArrowRight" => Some(panned(PAN_PER_KEY)),
            "0" | "Home" => Some(KeyWish::Whole),
            "Escape" => Some(KeyWish::Back),
            _ => None,
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
    fn moments_lie_between_the_edges() {
        let axis = axis();
        assert_eq!(
            (axis.moment(50.0), axis.moment(250.0), axis.moment(450.0)),
            (20_000.0, 40_000.0, 60_000.0)
        );
        assert_eq!((axis.moment(-9.0), axis.moment(999.0)), (20_000.0, 60_000.0));
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
        assert_eq!(short, window(29_750.0, 30_750.0), "no shorter than can be seen");
    }

    #[test]
    fn what_is_pushed_follows_and_stops_at_the_bounds() {
        assert_eq!(axis().pushed(100.0), window(10_000.0, 50_000.0));
        assert_eq!(axis().pushed(-9_999.0), window(60_000.0, 100_000.0));
    }

    #[test]
    fn the_wheel_keeps_the_moment_under_the_pointer() {
        let axis = axis();
        for delta in [-300.0, -20.0, 20.0] {
            let window = axis.wheeled(150.0, delta);
            assert!((TimeAxis { window, ..axis }.moment(150.0) - 30_000.0).abs() < 1e-6, "{delta}");
            assert_eq!(window.span_ms() < 40_000.0, delta < 0.0);
        }
        let there_and_back = TimeAxis { window: axis.wheeled(150.0, -100.0), ..axis }.wheeled(150.0, 100.0);
        assert!((there_and_back.from_ms - 20_000.0).abs() < 1e-6);
    }

    #[test]
    fn two_fingers_hold_their_moments() {
        let axis = axis();
        let after = TimeAxis { window: axis.pinched((150.0, 250.0), (100.0, 300.0)), ..axis };
        assert!(
            (after.moment(100.0) - 30_000.0).abs() < 1e-6 && (after.moment(300.0) - 40_000.0).abs() < 1e-6
        );
        assert_eq!(axis.pinched((150.0, 250.0), (170.0, 270.0)), window(18_000.0, 58_000.0));
    }

    #[test]
    fn keys_zoom_pan_and_lead_back() {
        let axis = axis();
        let show = |from, to| Some(KeyWish::Show(window(from, to)));
        assert_eq!(axis.key("+", None), show(30_000.0, 50_000.0));
        assert_eq!(axis.key("+", Some(20_000.0)), show(20_000.0, 40_000.0));
        assert_eq!(
            axis.key("+", Some(99_000.0)),
            show(30_000.0, 50_000.0),
            "the pointer's moment is outside the window"
        );
        assert_eq!(axis.key("-", None), show(0.0, 80_000.0));
        assert_eq!(axis.key("ArrowLeft", None), show(10_000.0, 50_000.0));
        assert_eq!(axis.key("ArrowRight", None), show(30_000.0, 70_000.0));
        assert_eq!(
            (axis.key("0", None), axis.key("Home", None)),
            (Some(KeyWish::Whole), Some(KeyWish::Whole))
        );
        assert_eq!((axis.key("Escape", None), axis.key("x", None)), (Some(KeyWish::Back), None));
    }
}
