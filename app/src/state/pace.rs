//! How fast a load goes, and whether so steadily that the time it will still take can be told.

use std::collections::VecDeque;

/// How far apart its marks are.
const EVERY_MS: f64 = 250.0;
/// How many are kept: four seconds.
const MARKS: usize = 17;
/// How much two halves of that time may differ.
const STEADY: f64 = 0.2;

/// How much was done when, lately.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pace {
    marks: VecDeque<(f64, u64)>,
}

impl Pace {
    /// Whether the last mark is long enough ago.
    #[must_use]
    pub fn wants(&self, now_ms: f64) -> bool {
        self.marks.back().is_none_or(|(last_ms, _)| now_ms - last_ms >= EVERY_MS)
    }

    /// Marks how much is done.
    pub fn note(&mut self, now_ms: f64, done: u64) {
        self.marks.push_back((now_ms, done));
        if self.marks.len() > MARKS {
            self.marks.pop_front();
        }
    }

    /// How long what is left will take; `None` until it goes on steadily.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "an estimate for eyes")]
    pub fn remaining_ms(&self, left: u64) -> Option<f64> {
        if self.marks.len() < MARKS {
            return None;
        }
        let (first, middle, last) = (self.marks.front()?, self.marks.get(MARKS / 2)?, self.marks.back()?);
        let rate = |from: &(f64, u64), to: &(f64, u64)| to.1.saturating_sub(from.1) as f64 / (to.0 - from.0);
        let (older, newer) = (rate(first, middle), rate(middle, last));
        let steady = newer > 0.0 && (older - newer).abs() <= STEADY * older.max(newer);
        steady.then(|| left as f64 / rate(first, last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(bytes_at: impl Fn(u32) -> u64) -> Pace {
        let mut pace = Pace::default();
        for step in 0..40 {
            pace.note(f64::from(step) * EVERY_MS, bytes_at(step));
        }
        pace
    }

    #[test]
    fn a_steady_pace_tells_how_long_it_will_take() {
        let pace = pace(|step| u64::from(step) * 1000);
        assert_eq!(pace.remaining_ms(8000), Some(2000.0));
        assert!(pace.wants(1e6) && !pace.wants(39.0 * EVERY_MS + 1.0));
    }

    #[test]
    fn an_unsteady_a_stalled_and_a_young_one_tell_nothing() {
        assert_eq!(pace(|step| u64::from(step) * u64::from(step)).remaining_ms(8000), None);
        assert_eq!(pace(|_| 5).remaining_ms(8000), None);
        assert_eq!(Pace::default().remaining_ms(8000), None);
    }
}
