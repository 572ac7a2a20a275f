//! A span of time.

use serde::{Deserialize, Serialize};

/// A closed interval of time: both ends, in milliseconds on the same clock, belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimeSpan {
    /// The start.
    pub from_ms: f64,
    /// The end, not before the start.
    pub to_ms: f64,
}

impl TimeSpan {
    /// An empty span that sorts after any other.
    pub const NEVER: Self = Self { from_ms: f64::INFINITY, to_ms: f64::INFINITY };

    /// The span between two times.
    #[must_use]
    pub const fn new(from_ms: f64, to_ms: f64) -> Self {
        Self { from_ms, to_ms }
    }

    /// The duration, ms.
    #[must_use]
    pub fn duration_ms(self) -> f64 {
        self.to_ms - self.from_ms
    }

    /// Whether a time lies in the span.
    #[must_use]
    pub fn contains(self, at_ms: f64) -> bool {
        self.from_ms <= at_ms && at_ms <= self.to_ms
    }

    /// Whether the spans have at least one time in common.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.from_ms <= other.to_ms && other.from_ms <= self.to_ms
    }

    /// The time that both spans contain; `None` where they do not overlap.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        self.overlaps(other).then(|| Self::new(self.from_ms.max(other.from_ms), self.to_ms.min(other.to_ms)))
    }

    /// The shortest span that contains both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self::new(self.from_ms.min(other.from_ms), self.to_ms.max(other.to_ms))
    }

    /// The span with this much more time at each end, ms.
    #[must_use]
    pub fn extended(self, by_ms: f64) -> Self {
        Self::new(self.from_ms - by_ms, self.to_ms + by_ms)
    }

    /// The same span on a clock that is ahead by this many milliseconds.
    #[must_use]
    pub fn shifted(self, by_ms: f64) -> Self {
        Self::new(self.from_ms + by_ms, self.to_ms + by_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_belong_to_a_span() {
        let span = TimeSpan::new(10.0, 20.0);
        assert_eq!([9.0, 10.0, 20.0, 21.0].map(|at_ms| span.contains(at_ms)), [false, true, true, false]);
        assert_eq!(span.intersection(TimeSpan::new(20.0, 30.0)), Some(TimeSpan::new(20.0, 20.0)));
        assert_eq!(span.intersection(TimeSpan::new(21.0, 30.0)), None);
        assert_eq!(span.union(TimeSpan::new(5.0, 6.0)), TimeSpan::new(5.0, 20.0));
        assert_eq!(span.extended(5.0), TimeSpan::new(5.0, 25.0));
        assert_eq!(span.shifted(-10.0), TimeSpan::new(0.0, 10.0));
        assert_eq!(span.duration_ms(), 10.0);
    }
}
