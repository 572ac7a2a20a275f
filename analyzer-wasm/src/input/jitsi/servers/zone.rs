//! The time zone and the clock of a server's log lines, which the lines do not have: found from the time at which a batch
//! of them was sent.

use serde::{Deserialize, Serialize};

/// Zones differ by quarters of an hour.
const STEP_MS: f64 = 900_000.0;
/// A batch may have waited, so a difference of less than an hour is not yet another zone.
const OLDEST_MS: f64 = 3_540_000.0;

/// How far the log's time is ahead of UTC, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::input::formats::jitsi) struct Zone {
    ahead_ms: Option<f64>,
    /// The offset from the clock of the log to that of the states.
    log_offset_ms: f64,
}

impl Zone {
    /// Takes the times of the lines of a batch, and the time at which it was sent.
    pub(super) fn take(&mut self, local_ms: impl Iterator<Item = f64>, sent_ms: f64) {
        let Some(newest_ms) = local_ms.reduce(f64::max).filter(|_| sent_ms.is_finite()) else { return };
        let fits = self.ahead_ms.is_some_and(|ahead_ms| {
            let age_ms = sent_ms - (newest_ms - ahead_ms);
            (-STEP_MS / 2.0..OLDEST_MS).contains(&age_ms)
        });
        if !fits {
            self.ahead_ms = Some(((newest_ms - sent_ms) / STEP_MS).round() * STEP_MS);
        }
    }

    /// Sets the offset from the clock of the log to that of the states.
    pub(super) fn set_log_offset(&mut self, log_offset_ms: f64) {
        self.log_offset_ms = log_offset_ms;
    }

    /// The time at which a batch was sent, by the clock of the states.
    pub(super) fn sent_ms(&self, at_ms: f64) -> f64 {
        at_ms + self.log_offset_ms
    }

    /// The time of a line, in epoch ms by the clock of the states.
    pub(in crate::input::formats::jitsi) fn utc_ms(&self, local_ms: f64) -> Option<f64> {
        self.ahead_ms.map(|ahead_ms| local_ms - ahead_ms + self.log_offset_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: f64 = 3_600_000.0;

    #[test]
    fn quarters_of_an_hour_and_old_batches() {
        let mut zone = Zone::default();
        assert_eq!(zone.utc_ms(5.0), None);
        zone.take([100.0, 10_000.0].into_iter(), 12_000.0 - 5.75 * HOUR);
        assert_eq!(zone.utc_ms(10_000.0), Some(10_000.0 - 5.75 * HOUR));
        zone.take([20_000.0].into_iter(), 20_000.0 - 5.75 * HOUR + 40.0 * 60_000.0);
        assert_eq!(zone.utc_ms(0.0), Some(-5.75 * HOUR), "a batch that waited 40 minutes");
        zone.set_log_offset(-800.0);
        assert_eq!(zone.utc_ms(0.0), Some(-5.75 * HOUR - 800.0), "its clock is ahead of the state's");
    }

    #[test]
    fn summer_time_begins_and_ends_in_the_call() {
        let mut zone = Zone::default();
        zone.take([HOUR].into_iter(), HOUR + 1_000.0);
        zone.take([3.0 * HOUR].into_iter(), 2.0 * HOUR + 1_000.0);
        assert_eq!(zone.utc_ms(3.0 * HOUR), Some(2.0 * HOUR));
        zone.take([3.0 * HOUR].into_iter(), 3.0 * HOUR + 1_000.0);
        assert_eq!(zone.utc_ms(3.0 * HOUR), Some(3.0 * HOUR));
    }
}
