//! The speed of a load, and the remaining time while the speed is steady.

use std::collections::VecDeque;

/// The interval between samples.
const EVERY_MS: f64 = 250.0;
/// The number of samples that are kept: four seconds.
const SAMPLES: usize = 17;
/// By how much the speeds in the two halves of that time may differ.
const STEADY: f64 = 0.2;

/// Recent samples of the progress.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pace {
    samples: VecDeque<(f64, u64)>,
}

impl Pace {
    /// Whether the next sample is due.
    #[must_use]
    pub fn is_due(&self, now_ms: f64) -> bool {
        self.samples.back().is_none_or(|(last_ms, _)| now_ms - last_ms >= EVERY_MS)
    }

    /// Records how much is done.
    pub fn note(&mut self, now_ms: f64, done: u64) {
        self.samples.push_back((now_ms, done));
        if self.samples.len() > SAMPLES {
            self.samples.pop_front();
        }
    }

    /// The time for the rest; `None` while the speed is not steady.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    pub fn remaining_ms(&self, left: u64) -> Option<f64> {
        if self.samples.len() < SAMPLES {
            return None;
        }
        let (first, middle, last) =
            (self.samples.front()?, self.samples.get(SAMPLES / 2)?, self.samples.back()?);
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
    fn a_steady_speed_gives_a_remaining_time() {
        let pace = pace(|step| u64::from(step) * 1000);
        assert_eq!(pace.remaining_ms(8000), Some(2000.0));
        assert!(pace.is_due(1e6) && !pace.is_due(39.0 * EVERY_MS + 1.0));
    }

    #[test]
    fn an_unsteady_a_stalled_and_a_new_load_give_none() {
        assert_eq!(pace(|step| u64::from(step) * u64::from(step)).remaining_ms(8000), None);
        assert_eq!(pace(|_| 5).remaining_ms(8000), None);
        assert_eq!(Pace::default().remaining_ms(8000), None);
    }
}
