//! Which stretches a lane shows: the findings of its person, and those of others that they felt. Pure.

use analyzer_wasm::report::FindingSeverity;
use analyzer_wasm::wire::Overview;

use crate::format::report as words;
use crate::state::finding_counts::places;
use crate::state::sorting::sorted;

/// Stretches at the same time lie in rows, at most this many.
const MOST_ROWS: usize = 3;

/// A stretch of trouble, in ms after the call's start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stretch {
    /// The finding's place in the conference's list.
    pub(super) finding: usize,
    pub(super) severity: FindingSeverity,
    pub(super) from_ms: f64,
    pub(super) to_ms: f64,
    /// Whether it is somebody else's, felt here.
    pub(super) felt: bool,
    /// In which row it lies; notes lie in none.
    pub(super) row: usize,
}

/// All stretches of one lane.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stretches {
    pub(super) list: Vec<Stretch>,
    /// How many rows they fill.
    pub(super) rows: usize,
}

/// Those of each participant, in the conference's order.
pub(super) fn of_all(overview: &Overview) -> Vec<Stretches> {
    let places = places(overview);
    let start_ms = overview.conference.start_ms.unwrap_or(0.0);
    let mut lanes = vec![Stretches::default(); overview.participants.len()];
    for (place, finding) in overview.findings.iter().enumerate() {
        let own = finding.participant.as_deref();
        let effects = finding.effects.iter().filter(|_| finding.severity != FindingSeverity::Info);
        let felt_by = effects.filter_map(|effect| Some((effect.participant.as_deref()?, true)));
        for (key, felt) in own.map(|key| (key, false)).into_iter().chain(felt_by) {
            let at = places.get(key).copied().unwrap_or(usize::MAX);
            let lane = lanes.get_mut(at);
            // Once in each lane, however many effects it has there.
            let new = |lane: &&mut Stretches| lane.list.last().is_none_or(|last| last.finding != place);
            if let Some(lane) = lane.filter(new) {
                // Nobody feels anything before they came or after they left.
                let person = overview.participants.get(at).filter(|_| felt);
                let stay = person.and_then(words::extent_ms);
                let (came_ms, left_ms) = stay.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
                let from_ms = finding.from_ms.max(came_ms);
                lane.list.push(Stretch {
                    finding: place,
                    severity: finding.severity,
                    from_ms: from_ms - start_ms,
                    to_ms: finding.to_ms.min(left_ms).max(from_ms) - start_ms,
                    felt,
                    row: 0,
                });
            }
        }
    }
    lanes.iter_mut().for_each(Stretches::put_in_rows);
    lanes
}

impl Stretches {
    fn put_in_rows(&mut self) {
        let from_ms = |place: usize| self.list.get(place).map_or(0.0, |stretch| stretch.from_ms);
        let order = sorted(self.list.len(), &|left, right| from_ms(left).total_cmp(&from_ms(right)));
        self.list = order.into_iter().filter_map(|place| self.list.get(place).copied()).collect();
        let mut ends: Vec<f64> = Vec::new();
        for stretch in self.list.iter_mut().filter(|stretch| stretch.severity != FindingSeverity::Info) {
            let free = ends.iter().position(|end| *end <= stretch.from_ms);
            let row = free.unwrap_or_else(|| {
                if ends.len() < MOST_ROWS {
                    ends.push(f64::NEG_INFINITY);
                    return ends.len() - 1;
                }
                let first = ends.iter().enumerate().min_by(|left, right| left.1.total_cmp(right.1));
                first.map_or(0, |(row, _)| row)
            });
            if let Some(end) = ends.get_mut(row) {
                *end = end.max(stretch.to_ms);
            }
            stretch.row = row;
        }
        self.rows = ends.len();
    }
}

#[cfg(test)]
mod tests {
    use analyzer_wasm::report::{Effect, Presence};

    use super::*;
    use crate::state::samples::{finding, overview};

    #[test]
    fn a_finding_lies_in_its_owners_lane_and_lighter_where_it_was_felt() {
        let mut one = overview("call", &["sender", "receiver", "other"]);
        one.conference.start_ms = Some(1_000.0);
        let mut loss = finding("uplink-loss", "sender", FindingSeverity::Critical, 2_000.0, 5_000.0);
        for (key, count) in [("receiver", 3), ("sender", 1), ("receiver", 1)] {
            let code = "video-freeze".to_owned();
            loss.effects.push(Effect { code, participant: Some(key.into()), count });
        }
        one.findings = vec![loss];
        one.participants[1].presences =
            vec![Presence { file: "f".into(), session_id: None, from_ms: 3_000.0, to_ms: 9_000.0 }];
        let lanes = of_all(&one);
        assert_eq!(lanes.iter().map(|lane| lane.list.len()).collect::<Vec<_>>(), [1, 1, 0]);
        let (own, felt) = (lanes[0].list[0], lanes[1].list[0]);
        assert_eq!((own.from_ms, own.to_ms, own.felt), (1_000.0, 4_000.0, false));
        assert_eq!((felt.from_ms, felt.to_ms, felt.felt), (2_000.0, 4_000.0, true), "from when they came");
    }

    #[test]
    fn what_overlaps_lies_in_rows_and_notes_take_none() {
        let mut one = overview("call", &["a"]);
        one.findings = [(0.0, 10.0), (5.0, 20.0), (10.0, 15.0), (11.0, 12.0), (11.5, 30.0)]
            .into_iter()
            .map(|(from, to)| finding("high-rtt", "a", FindingSeverity::Warning, from, to))
            .chain([finding("relay-transport", "a", FindingSeverity::Info, 0.0, 30.0)])
            .collect();
        let lane = of_all(&one).remove(0);
        let rows: Vec<_> =
            lane.list.iter().filter(|one| one.severity != FindingSeverity::Info).map(|one| one.row).collect();
        assert_eq!((rows, lane.rows), (vec![0, 1, 0, 2, 2], 3));
    }
}
