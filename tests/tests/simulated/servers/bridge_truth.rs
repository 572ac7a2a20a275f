//! What was true of an endpoint over the polls that were written.

use analyzer_wasm::report::BridgeSide;
use simulator::{TrueBridgePresence, TrueLoss, TruePoll};

use super::{BRIDGE_POLL_MS, Case, Wrong, cases};

/// The polls of a stay that tell of it. Until ICE is connected nothing changes, and what does not change is not told.
pub(super) fn written(stay: &TrueBridgePresence) -> Vec<&TruePoll> {
    let mut polls: Vec<&TruePoll> = stay.polls.iter().filter(|poll| poll.written).collect();
    polls.dedup_by(|next, before| next.at_ms < stay.connected_ms && before.at_ms < stay.connected_ms);
    polls
}

/// What a person's stays were, and whether every poll of theirs was written.
pub(super) struct Truly<'a> {
    pub(super) stays: Vec<&'a TrueBridgePresence>,
    pub(super) cut: bool,
}

impl<'a> Truly<'a> {
    fn of(case: &'a Case, person: usize) -> Self {
        let bridges = || case.truth.bridges.iter();
        let own =
            |stay: &&TrueBridgePresence| stay.person == person && stay.polls.iter().any(|poll| poll.written);
        let mut stays: Vec<&TrueBridgePresence> =
            bridges().flat_map(|bridge| &bridge.stays).filter(own).collect();
        stays.sort_by_key(|stay| stay.allocated_ms);
        let is_own = |stay: &TrueBridgePresence| stay.person == person;
        let cut = bridges().any(|bridge| case.is_cut(&bridge.server) && bridge.stays.iter().any(is_own));
        Self { stays, cut }
    }

    pub(super) fn polls(&self) -> impl Iterator<Item = &'a TruePoll> {
        self.stays.iter().flat_map(|stay| written(stay))
    }

    pub(super) fn mean(&self, of: impl Fn(&TruePoll) -> Option<f64>) -> Option<f64> {
        let values: Vec<f64> = self.polls().filter_map(of).collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    }

    /// The same without what was not measured anew: a bridge that hears nothing says the last round trip again.
    pub(super) fn rtt_ms(&self) -> Vec<f64> {
        let of_stay = |stay: &&TrueBridgePresence| {
            let mut values: Vec<f64> = written(stay).iter().filter_map(|poll| poll.rtt_ms).collect();
            values.dedup();
            values
        };
        self.stays.iter().flat_map(of_stay).collect()
    }

    /// Sums over intervals between polls that follow one another.
    pub(super) fn intervals(&self, of: impl Fn(&TruePoll, &TruePoll, f64) -> f64) -> f64 {
        let of_stay = |stay: &&TrueBridgePresence| {
            let polls = written(stay);
            let sums = polls.windows(2).map(|pair| {
                let length_ms = (pair[1].at_ms - pair[0].at_ms) as f64;
                // Within 2.5 periods it is no gap.
                if length_ms <= 2.5 * BRIDGE_POLL_MS { of(pair[0], pair[1], length_ms) } else { 0.0 }
            });
            sums.sum::<f64>()
        };
        self.stays.iter().map(of_stay).sum()
    }

    pub(super) fn rate(&self, of: impl Fn(&TruePoll) -> u64) -> f64 {
        let bits = self.intervals(|a, b, _| (of(b) - of(a)) as f64 * 8.0);
        bits * 1_000.0 / self.intervals(|_, _, length_ms| length_ms)
    }
}

/// What was lost of what a window holds; none of nothing.
pub(super) fn share(loss: TrueLoss) -> Option<f64> {
    let all = loss.lost + loss.received;
    (all > 0).then(|| loss.lost as f64 / all as f64)
}

pub(super) fn near(wrong: &mut Wrong, told: Option<f64>, truly: Option<f64>, within: f64, what: &str) {
    let is = match (told, truly) {
        (Some(told), Some(truly)) => (told - truly).abs() <= within,
        (told, truly) => told == truly,
    };
    wrong.unless(is, || format!("{what}: {told:?}, truly {truly:?}"));
}

/// Everybody whom a bridge's written polls show, in both reports.
pub(super) fn each(mut check: impl FnMut(&Case, &BridgeSide, &Truly<'_>, &str, &mut Wrong)) {
    let (mut compared, mut wrong) = (0, Wrong::default());
    for case in cases() {
        for (what, report) in case.reports() {
            for person in case.were_there() {
                let truly = Truly::of(case, person);
                let told = case.participant(report, person);
                let what = format!("seed {}, {what}, {}", case.seed, told.key);
                let Some(bridge) = &told.bridge else {
                    assert!(truly.stays.is_empty(), "{what}: no bridge tells of them");
                    continue;
                };
                check(case, bridge, &truly, &what, &mut wrong);
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "{compared}");
    wrong.conclude();
}
