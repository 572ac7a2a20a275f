//! The true values of an endpoint at the polls that are in the dumps.

use analyzer_wasm::report::BridgeSide;
use simulator::{TrueBridgePresence, TrueLoss, TruePoll};

use super::{BRIDGE_POLL_MS, Mismatches, SimulatedCase, cases};

/// The polls of a presence that the dump contains. Until ICE is connected nothing changes, and a poll without a change
/// is not written.
pub(super) fn written(presence: &TrueBridgePresence) -> Vec<&TruePoll> {
    let mut polls: Vec<&TruePoll> = presence.polls.iter().filter(|poll| poll.written).collect();
    polls.dedup_by(|next, before| next.at_ms < presence.connected_ms && before.at_ms < presence.connected_ms);
    polls
}

/// The true presences of a person on bridges, and whether a cut lost some of their polls.
pub(super) struct ExpectedBridgeSide<'a> {
    pub(super) presences: Vec<&'a TrueBridgePresence>,
    pub(super) cut: bool,
}

impl<'a> ExpectedBridgeSide<'a> {
    fn of(case: &'a SimulatedCase, person: usize) -> Self {
        let bridges = || case.truth.bridges.iter();
        let own = |presence: &&TrueBridgePresence| {
            presence.person == person && presence.polls.iter().any(|poll| poll.written)
        };
        let mut presences: Vec<&TrueBridgePresence> =
            bridges().flat_map(|bridge| &bridge.stays).filter(own).collect();
        presences.sort_by_key(|presence| presence.allocated_ms);
        let is_own = |presence: &TrueBridgePresence| presence.person == person;
        let cut = bridges().any(|bridge| case.is_cut(&bridge.server) && bridge.stays.iter().any(is_own));
        Self { presences, cut }
    }

    pub(super) fn polls(&self) -> impl Iterator<Item = &'a TruePoll> {
        self.presences.iter().flat_map(|presence| written(presence))
    }

    pub(super) fn mean(&self, of: impl Fn(&TruePoll) -> Option<f64>) -> Option<f64> {
        let values: Vec<f64> = self.polls().filter_map(of).collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    }

    /// Round-trip times without repeated values: a bridge that receives nothing repeats the last one.
    pub(super) fn rtt_ms(&self) -> Vec<f64> {
        let of_presence = |presence: &&TrueBridgePresence| {
            let mut values: Vec<f64> = written(presence).iter().filter_map(|poll| poll.rtt_ms).collect();
            values.dedup();
            values
        };
        self.presences.iter().flat_map(of_presence).collect()
    }

    /// The sum of a function over the intervals between consecutive polls, without gaps.
    pub(super) fn intervals(&self, of: impl Fn(&TruePoll, &TruePoll, f64) -> f64) -> f64 {
        let of_presence = |presence: &&TrueBridgePresence| {
            let polls = written(presence);
            let sums = polls.windows(2).map(|pair| {
                let length_ms = (pair[1].at_ms - pair[0].at_ms) as f64;
                // Up to 2.5 polling periods are not a gap.
                if length_ms <= 2.5 * BRIDGE_POLL_MS { of(pair[0], pair[1], length_ms) } else { 0.0 }
            });
            sums.sum::<f64>()
        };
        self.presences.iter().map(of_presence).sum()
    }

    pub(super) fn rate(&self, of: impl Fn(&TruePoll) -> u64) -> f64 {
        let bits = self.intervals(|a, b, _| (of(b) - of(a)) as f64 * 8.0);
        bits * 1_000.0 / self.intervals(|_, _, length_ms| length_ms)
    }
}

/// The loss ratio of a window; `None` if the window is empty.
pub(super) fn share(loss: TrueLoss) -> Option<f64> {
    let all = loss.lost + loss.received;
    (all > 0).then(|| loss.lost as f64 / all as f64)
}

pub(super) fn near(
    wrong: &mut Mismatches,
    reported: Option<f64>,
    expected: Option<f64>,
    within: f64,
    what: &str,
) {
    let is = match (reported, expected) {
        (Some(reported), Some(expected)) => (reported - expected).abs() <= within,
        (reported, expected) => reported == expected,
    };
    wrong.unless(is, || format!("{what}: {reported:?}, expected {expected:?}"));
}

/// Runs a check for each person that the bridges' dumps show, in both reports of every case.
pub(super) fn each(
    mut check: impl FnMut(&SimulatedCase, &BridgeSide, &ExpectedBridgeSide<'_>, &str, &mut Mismatches),
) {
    let (mut compared, mut wrong) = (0, Mismatches::default());
    for case in cases() {
        for (what, report) in case.reports() {
            for person in case.were_there() {
                let expected = ExpectedBridgeSide::of(case, person);
                let reported = case.participant(report, person);
                let what = format!("seed {}, {what}, {}", case.seed, reported.key);
                let Some(bridge) = &reported.bridge else {
                    assert!(expected.presences.is_empty(), "{what}: no bridge side");
                    continue;
                };
                check(case, bridge, &expected, &what, &mut wrong);
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "{compared}");
    wrong.conclude();
}
