//! Servers log in their own time zone without naming it: the entry that brings a line tells which it must be.

use crate::model::LogTime;

/// Zones are multiples of this.
const QUARTER_MS: f64 = 900_000.0;
/// No zone is further from UTC.
const FURTHEST_MS: f64 = 14.0 * 3_600_000.0;
/// A line cannot be that much younger than the entry that brings it.
const AHEAD_MS: f64 = 60_000.0;

/// The zone of one dump's writer, as far as it is known.
#[derive(Debug, Default)]
pub(super) struct Zone {
    ahead_of_utc_ms: Option<f64>,
}

impl Zone {
    /// When a line was written, in epoch ms; `entry_ms` is when it was sent, some seconds later.
    pub(super) fn time(&mut self, time: Option<LogTime>, entry_ms: f64) -> f64 {
        match time {
            None => entry_ms,
            Some(LogTime::Utc(at_ms)) => at_ms,
            Some(LogTime::Local(local_ms)) => self.utc_ms(local_ms, entry_ms),
        }
    }

    fn utc_ms(&mut self, local_ms: f64, entry_ms: f64) -> f64 {
        if let Some(ahead_ms) = self.ahead_of_utc_ms
            && local_ms - ahead_ms <= entry_ms + AHEAD_MS
        {
            return local_ms - ahead_ms;
        }
        let ahead_ms = ((local_ms - entry_ms) / QUARTER_MS).round() * QUARTER_MS;
        if !(-FURTHEST_MS..=FURTHEST_MS).contains(&ahead_ms) {
            return entry_ms;
        }
        self.ahead_of_utc_ms = Some(ahead_ms);
        local_ms - ahead_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_told_by_the_first_line_and_kept() {
        let mut zone = Zone::default();
        let hour = 3_600_000.0;
        let mut at = |local: f64, entry: f64| zone.time(Some(LogTime::Local(local)), entry);
        assert_eq!(at(1_000.0 * hour + 5_000.0, 999.0 * hour + 12_000.0), 999.0 * hour + 5_000.0);
        // Half an hour late, and still in the zone that is known.
        assert_eq!(at(1_001.0 * hour, 1_000.5 * hour), 1_000.0 * hour);
        // Summer time begins: the line would be younger than its entry.
        assert_eq!(at(1_003.0 * hour, 1_001.0 * hour + 9_000.0), 1_001.0 * hour);
        // A date that no zone explains is none.
        assert_eq!(at(9_000.0 * hour, 1_002.0 * hour), 1_002.0 * hour);
        assert_eq!(zone.time(Some(LogTime::Utc(7.0)), 1_003.0 * hour), 7.0);
        assert_eq!(zone.time(None, 5.0), 5.0);
    }
}
