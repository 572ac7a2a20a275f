//! ClockDifferences between the clocks of clients, from the RTCP sender reports that they received from each other.
//!
//! A report carries its sender's time, and the dump shows when it arrived: their difference is the difference of the two
//! clocks plus the one-way delay. Where both directions are known the delays cancel out; else half of the round-trip times
//! is taken for the delay.

use std::collections::BTreeMap;

use super::report_senders::{self, ReportSenders};
use crate::extract::{ConnectionExtract, Extract};

/// The difference of two clocks as measured by each of the two clients, ms.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ClockDifference {
    /// First minus second, measured by the first.
    by_first: Option<f64>,
    /// First minus second, measured by the second.
    by_second: Option<f64>,
    /// The longest one-way delay that was assumed.
    delay_ms: f64,
}

impl ClockDifference {
    fn ms(self) -> f64 {
        match (self.by_first, self.by_second) {
            (Some(a), Some(b)) => f64::midpoint(a, b),
            (a, b) => a.or(b).unwrap_or(0.0),
        }
    }

    fn residual_ms(self) -> f64 {
        match (self.by_first, self.by_second) {
            (Some(a), Some(b)) => (a - b).abs() / 2.0,
            _ => self.delay_ms,
        }
    }
}

/// The differences between the clocks of dumps, by their indexes, the lower one first.
pub(super) fn differences(dumps: &BTreeMap<usize, &Extract>) -> BTreeMap<(usize, usize), ClockDifference> {
    let report_senders = ReportSenders::new(dumps);
    let mut found: BTreeMap<(usize, usize), ClockDifference> = BTreeMap::new();
    for (receiver, extract) in dumps {
        let named = report_senders::named(extract);
        for connection in &extract.connections {
            for offset in &connection.sender_clocks {
                let report_sender = report_senders.of(offset.ssrc, &named);
                let Some((sender, sending)) = report_sender.filter(|(sender, _)| sender != receiver) else {
                    continue;
                };
                let delay_ms = delay_ms(connection, sending);
                let ahead_ms = offset.ahead_ms - delay_ms;
                let first = *receiver < sender;
                let key = if first { (*receiver, sender) } else { (sender, *receiver) };
                let difference = found.entry(key).or_default();
                difference.delay_ms = difference.delay_ms.max(delay_ms);
                // Of several streams the one with the shortest delay is the most accurate.
                if first {
                    difference.by_first =
                        Some(difference.by_first.map_or(ahead_ms, |known| known.min(ahead_ms)));
                } else {
                    difference.by_second =
                        Some(difference.by_second.map_or(-ahead_ms, |known| known.max(-ahead_ms)));
                }
            }
        }
    }
    found
}

/// The one-way delay of a report, ms: half of the round-trip time, through a bridge half of those of both connections.
fn delay_ms(receiving: &ConnectionExtract, sending: &ConnectionExtract) -> f64 {
    let half = |connection: &ConnectionExtract| connection.summary.rtt_ms.map_or(0.0, |rtt| rtt.p50 / 2.0);
    if receiving.summary.p2p == Some(true) { half(receiving) } else { half(receiving) + half(sending) }
}

/// The clocks that can be compared with that of the first dump, directly or through others: how far each is ahead of it,
/// and the possible error, both in ms; the error is `None` for a dump without any comparison.
pub(super) fn reachable(
    first: usize,
    differences: &BTreeMap<(usize, usize), ClockDifference>,
) -> BTreeMap<usize, (f64, Option<f64>)> {
    let mut ahead = BTreeMap::from([(first, (0.0, None))]);
    let mut waiting = std::collections::VecDeque::from([first]);
    while let Some(from) = waiting.pop_front() {
        for ((a, b), difference) in differences {
            let (to, ms) = match (*a == from, *b == from) {
                (true, _) => (*b, -difference.ms()),
                (_, true) => (*a, difference.ms()),
                _ => continue,
            };
            let base = ahead.get(&from).map_or(0.0, |(ms, _)| *ms);
            if let std::collections::btree_map::Entry::Vacant(place) = ahead.entry(to) {
                place.insert((base + ms, Some(difference.residual_ms())));
                waiting.push_back(to);
            }
        }
    }
    let residual = ahead.values().find_map(|(_, residual)| *residual);
    if let Some(alone) = ahead.get_mut(&first) {
        alone.1 = residual;
    }
    ahead
}
