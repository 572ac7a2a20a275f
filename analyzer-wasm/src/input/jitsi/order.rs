//! The times of entries: which can be right, and which come late. A server's state, its log and the envelopes around
//! them are stamped by three clocks, so each has its own order.

use serde::{Deserialize, Serialize};

use super::entry::Entry;
use crate::input::time::is_plausible;
use crate::limits::MAX_SPAN_MS;
use crate::time_span::TimeSpan;

/// Whose clock stamped an entry.
#[derive(Clone, Copy, Debug)]
pub(super) enum Clock {
    /// The writer's clock.
    Entry,
    /// The clock of the server that wrote the state.
    State,
    /// The clock of the machine that stored the entry.
    Store,
}

/// What is known of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placed {
    /// It is not before any entry so far.
    InOrder,
    /// It is before an earlier entry.
    Late,
    /// It cannot be right.
    Implausible,
}

/// The times so far, by each clock.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Order {
    latest_ms: [Option<f64>; 3],
    spans: [Option<TimeSpan>; 3],
    plausible: u64,
    implausible: u64,
    first_implausible_line: u64,
}

impl Order {
    /// An order that expects times near most of those in the head of the file, so that a wrong first time is seen.
    pub(super) fn expecting(head: &[u8]) -> Self {
        let lines = head.split(|byte| *byte == b'\n').filter(|line| line.trim_ascii().starts_with(b"["));
        let entries = lines.filter_map(|line| serde_json::from_slice::<Entry<'_>>(line).ok());
        let mut times_ms: Vec<f64> =
            entries.filter_map(|entry| entry.at_ms).filter(|at_ms| is_plausible(*at_ms)).collect();
        times_ms.sort_by(f64::total_cmp);
        let within = |from: usize| {
            let rest = times_ms.get(from..).unwrap_or_default();
            let first_ms = rest.first().copied().unwrap_or_default();
            rest.partition_point(|at_ms| at_ms - first_ms <= MAX_SPAN_MS)
        };
        // Of equal numbers the earliest times count.
        let most = (0..times_ms.len()).rev().max_by_key(|from| within(*from));
        let first_ms = most.and_then(|from| times_ms.get(from)).copied();
        let entry_span = first_ms.map(|first_ms| TimeSpan::new(first_ms, first_ms));
        Self { spans: [entry_span, None, None], ..Self::default() }
    }

    /// Places the next time.
    pub(super) fn place(&mut self, at_ms: f64, clock: Clock, line: u64) -> Placed {
        let (Some(latest), Some(span)) =
            (self.latest_ms.get_mut(clock as usize), self.spans.get_mut(clock as usize))
        else {
            return Placed::Implausible;
        };
        let at = TimeSpan::new(at_ms, at_ms);
        let extended = span.map_or(at, |span| span.union(at));
        if !is_plausible(at_ms) || extended.duration_ms() > MAX_SPAN_MS {
            if self.implausible == 0 {
                self.first_implausible_line = line;
            }
            self.implausible += 1;
            return Placed::Implausible;
        }
        self.plausible += 1;
        *span = Some(extended);
        if latest.is_some_and(|latest| at_ms < latest) {
            return Placed::Late;
        }
        *latest = Some(at_ms);
        Placed::InOrder
    }

    /// The time for an entry that has none of its own: the latest so far; NaN where there is none yet.
    pub(super) fn latest_ms(&self) -> f64 {
        self.latest_ms.iter().flatten().copied().fold(f64::NAN, f64::max)
    }

    /// The first line with an implausible time, if most times of the file are implausible.
    pub(super) fn mostly_implausible(&self) -> Option<u64> {
        (self.implausible > self.plausible).then_some(self.first_implausible_line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START_MS: f64 = 1_700_000_000_000.0;

    #[test]
    fn clocks_have_orders_of_their_own() {
        let mut order = Order::default();
        assert!(order.latest_ms().is_nan());
        assert_eq!(order.place(START_MS + 5.0, Clock::Entry, 1), Placed::InOrder);
        assert_eq!(order.place(START_MS, Clock::State, 2), Placed::InOrder);
        assert_eq!(order.place(START_MS, Clock::Entry, 3), Placed::Late);
        assert_eq!(order.latest_ms(), START_MS + 5.0);
    }

    #[test]
    fn times_far_off_are_implausible() {
        let mut order = Order::default();
        assert_eq!(order.place(1_234.0, Clock::Entry, 1), Placed::Implausible);
        assert_eq!(order.mostly_implausible(), Some(1));
        for (at_ms, expect) in [
            (START_MS, Placed::InOrder),
            (START_MS * 10.0, Placed::Implausible),
            (START_MS + MAX_SPAN_MS + 1.0, Placed::Implausible),
            (START_MS + 1.0, Placed::InOrder),
            (START_MS + 2.0, Placed::InOrder),
            (f64::MAX, Placed::Implausible),
        ] {
            assert_eq!(order.place(at_ms, Clock::Entry, 2), expect, "{at_ms}");
        }
        assert_eq!(order.mostly_implausible(), Some(1));
        order.place(START_MS + 3.0, Clock::Entry, 2);
        order.place(START_MS + 3.0, Clock::Entry, 2);
        assert_eq!(order.mostly_implausible(), None);
    }

    #[test]
    fn a_wrong_first_time_is_seen() {
        let head =
            b"[\"a\",null,1,1600000000000]\n[\"a\",null,1,1700000000000]\n[\"a\",null,1,1700000000001]\n[\"a";
        let mut order = Order::expecting(head);
        assert_eq!(order.place(1_600_000_000_000.0, Clock::Entry, 1), Placed::Implausible);
        assert_eq!(order.place(START_MS, Clock::Entry, 2), Placed::InOrder);
    }
}
