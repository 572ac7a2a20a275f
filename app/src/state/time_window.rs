//! The time window that timeline and charts show.

/// The shortest window: polls are seconds apart, so a shorter one would show nothing more.
pub const LEAST_SPAN_MS: f64 = 1_000.0;

/// A time window, in ms after the start of the conference, so that it does not depend on a clock or a time zone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeWindow {
    /// Its first time.
    pub from_ms: f64,
    /// Its last time, later than the first.
    pub to_ms: f64,
}

impl TimeWindow {
    /// A window; `None` where it is empty or not finite.
    #[must_use]
    pub fn new(from_ms: f64, to_ms: f64) -> Option<Self> {
        (from_ms.is_finite() && to_ms.is_finite() && from_ms < to_ms).then_some(Self { from_ms, to_ms })
    }

    /// Its length.
    #[must_use]
    pub fn span_ms(&self) -> f64 {
        self.to_ms - self.from_ms
    }

    /// A window `factor` times as long in which `at_ms` keeps its position; within the bounds, and not shorter than
    /// [`LEAST_SPAN_MS`].
    #[must_use]
    pub fn zoomed(&self, at_ms: f64, factor: f64, bounds: &Self) -> Self {
        let span_ms = (self.span_ms() * factor).clamp(LEAST_SPAN_MS.min(bounds.span_ms()), bounds.span_ms());
        let place = ((at_ms - self.from_ms) / self.span_ms()).clamp(0.0, 1.0);
        let from_ms = at_ms - span_ms * place;
        Self { from_ms, to_ms: from_ms + span_ms }.within(bounds)
    }

    /// A window of the same length, `by_ms` later.
    #[must_use]
    pub fn panned(&self, by_ms: f64, bounds: &Self) -> Self {
        Self { from_ms: self.from_ms + by_ms, to_ms: self.to_ms + by_ms }.within(bounds)
    }

    /// The window moved into the bounds; cut where it is longer than these.
    #[must_use]
    pub fn within(&self, bounds: &Self) -> Self {
        let span_ms = self.span_ms().min(bounds.span_ms());
        let from_ms = self.from_ms.clamp(bounds.from_ms, bounds.to_ms - span_ms);
        Self { from_ms, to_ms: from_ms + span_ms }
    }

    /// Parses `83.2-120.5`, in seconds.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // The first number may be negative, hence the search from the second character on.
        let dash = text.char_indices().skip(1).find(|(_, letter)| *letter == '-')?.0;
        let (from, to) = text.split_at_checked(dash)?;
        let ms = |seconds: &str| Some((seconds.parse::<f64>().ok()? * 1000.0).round());
        Self::new(ms(from)?, ms(to.strip_prefix('-')?)?)
    }

    /// The inverse of [`Self::parse`], to the millisecond.
    #[must_use]
    pub fn text(&self) -> String {
        let seconds = |ms: f64| ms.round() / 1000.0;
        format!("{}-{}", seconds(self.from_ms), seconds(self.to_ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_survive_the_round_trip() {
        for (from_ms, to_ms) in [(0.0, 1.0), (83_200.0, 120_500.0), (-1_500.0, 3_600_000.0)] {
            let window = TimeWindow::new(from_ms, to_ms).unwrap();
            assert_eq!(TimeWindow::parse(&window.text()), Some(window));
        }
        assert_eq!(TimeWindow::new(83_200.0, 120_500.0).unwrap().text(), "83.2-120.5");
    }

    fn window(from_ms: f64, to_ms: f64) -> TimeWindow {
        TimeWindow::new(from_ms, to_ms).unwrap()
    }

    #[test]
    fn a_zoom_keeps_the_position_of_a_time() {
        let bounds = window(0.0, 100_000.0);
        assert_eq!(window(20_000.0, 60_000.0).zoomed(30_000.0, 0.5, &bounds), window(25_000.0, 45_000.0));
        assert_eq!(window(25_000.0, 45_000.0).zoomed(30_000.0, 2.0, &bounds), window(20_000.0, 60_000.0));
        assert_eq!(bounds.zoomed(0.0, 1e-9, &bounds), window(0.0, LEAST_SPAN_MS));
        assert_eq!(window(20_000.0, 60_000.0).zoomed(30_000.0, 1e9, &bounds), bounds);
    }

    #[test]
    fn windows_stay_within_the_bounds() {
        let bounds = window(0.0, 100_000.0);
        assert_eq!(window(20_000.0, 60_000.0).panned(-90_000.0, &bounds), window(0.0, 40_000.0));
        assert_eq!(window(20_000.0, 60_000.0).panned(90_000.0, &bounds), window(60_000.0, 100_000.0));
        assert_eq!(window(-5.0, 900_000.0).within(&bounds), bounds);
        let short = window(0.0, 10.0);
        assert_eq!(short.zoomed(5.0, 0.1, &short), short, "a call shorter than the shortest window");
    }

    #[test]
    fn invalid_windows_are_rejected() {
        for text in ["", "-", "5", "5-", "-5", "5-5", "9-5", "NaN-5", "1-inf", "a-b"] {
            assert_eq!(TimeWindow::parse(text), None, "{text:?}");
        }
    }
}
