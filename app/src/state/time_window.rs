//! The stretch of the call that lanes and charts show.

/// A stretch of time, in ms after the conference's start, so that it means the same on every machine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeWindow {
    /// First moment.
    pub from_ms: f64,
    /// Last moment; later than the first.
    pub to_ms: f64,
}

impl TimeWindow {
    /// A stretch; `None` where it would not last, or is no number.
    #[must_use]
    pub fn new(from_ms: f64, to_ms: f64) -> Option<Self> {
        (from_ms.is_finite() && to_ms.is_finite() && from_ms < to_ms).then_some(Self { from_ms, to_ms })
    }

    /// Reads `83.2-120.5`, in seconds.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // The first moment may lie before the start: then it begins with a minus of its own.
        let dash = text.char_indices().skip(1).find(|(_, letter)| *letter == '-')?.0;
        let (from, to) = text.split_at_checked(dash)?;
        let ms = |seconds: &str| Some((seconds.parse::<f64>().ok()? * 1000.0).round());
        Self::new(ms(from)?, ms(to.strip_prefix('-')?)?)
    }

    /// Writes what [`Self::parse`] reads, to the millisecond.
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

    #[test]
    fn what_is_no_stretch_is_refused() {
        for text in ["", "-", "5", "5-", "-5", "5-5", "9-5", "NaN-5", "1-inf", "a-b"] {
            assert_eq!(TimeWindow::parse(text), None, "{text:?}");
        }
    }
}
