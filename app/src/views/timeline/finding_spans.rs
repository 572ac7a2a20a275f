//! The findings that a lane shows: those of its participant, and those of others that affected it. Pure.

use analyzer_wasm::report::FindingSeverity;
use analyzer_wasm::wire::Overview;

use crate::format::report::extent_ms;
use crate::state::finding_counts::indices_by_key;
use crate::state::sorting::sorted;

/// Spans that overlap in time lie in rows, at most this many.
const MOST_ROWS: usize = 3;

/// The time span of a finding in a lane, in ms after the start of the conference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FindingSpan {
    /// The index of the finding in the conference.
    pub(super) finding: usize,
    pub(super) severity: FindingSeverity,
    pub(super) from_ms: f64,
    pub(super) to_ms: f64,
    /// Whether the finding is of another participant and affected this one.
    pub(super) affected: bool,
    /// The row; notes have none and ignore it.
    pub(super) row: usize,
}

/// All spans of one lane.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FindingSpans {
    pub(super) list: Vec<FindingSpan>,
    /// The number of rows.
    pub(super) rows: usize,
}

/// The spans of each participant, in the order of the conference.
pub(super) fn of_all(overview: &Overview) -> Vec<FindingSpans> {
    let indices = indices_by_key(overview);
    let start_ms = overview.conference.start_ms.unwrap_or(0.0);
    let mut lanes = vec![FindingSpans::default(); overview.participants.len()];
    for (index, finding) in overview.findings.iter().enumerate() {
        let own = finding.participant.as_deref();
        let effects = finding.effects.iter().filter(|_| finding.severity != FindingSeverity::Info);
        let affected = effects.filter_map(|effect| Some((effect.participant.as_deref()?, true)));
        for (key, affected) in own.map(|key| (key, false)).into_iter().chain(affected) {
            let at = indices.get(key).copied().unwrap_or(usize::MAX);
            let lane = lanes.get_mut(at);
            // Once in each lane, however many effects it has there.
            let new = |lane: &&mut FindingSpans| lane.list.last().is_none_or(|last| last.finding != index);
            if let Some(lane) = lane.filter(new) {
                // A finding affects a participant only while that is present.
                let participant = overview.participants.get(at).filter(|_| affected);
                let presence = participant.and_then(extent_ms);
                let (joined_ms, left_ms) = presence.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
                let from_ms = finding.from_ms.max(joined_ms);
                lane.list.push(FindingSpan {
                    finding: index,
                    severity: finding.severity,
                    from_ms: from_ms - start_ms,
                    to_ms: finding.to_ms.min(left_ms).max(from_ms) - start_ms,
                    affected,
                    row: 0,
                });
            }
        }
    }
    lanes.iter_mut().for_each(FindingSpans::put_in_rows);
    lanes
}

impl FindingSpans {
    fn put_in_rows(&mut self) {
        let from_ms = |index: usize| self.list.get(index).map_or(0.0, |span| span.from_ms);
        let order = sorted(self.list.len(), &|left, right| from_ms(left).total_cmp(&from_ms(right)));
        self.list = order.into_iter().filter_map(|index| self.list.get(index).copied()).collect();
        let mut ends: Vec<f64> = Vec::new();
        for span in self.list.iter_mut().filter(|span| span.severity != FindingSeverity::Info) {
            let free = ends.iter().position(|end| *end <= span.from_ms);
            let row = free.unwrap_or_else(|| {
                if ends.len() < MOST_ROWS {
                    ends.push(f64::NEG_INFINITY);
                    return ends.len() - 1;
                }
                let first = ends.iter().enumerate().min_by(|left, right| left.1.total_cmp(right.1));
                first.map_or(0, |(row, _)| row)
            });
            if let Some(end) = ends.get_mut(row) {
                *end = end.max(span.to_ms);
            }
            span.row = row;
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
    fn a_finding_lies_in_the_lanes_of_its_participant_and_of_the_affected_ones() {
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
        let (own, affected) = (lanes[0].list[0], lanes[1].list[0]);
        assert_eq!((own.from_ms, own.to_ms, own.affected), (1_000.0, 4_000.0, false));
        assert_eq!(
            (affected.from_ms, affected.to_ms, affected.affected),
            (2_000.0, 4_000.0, true),
            "from the join on"
        );
    }

    #[test]
    fn overlapping_spans_lie_in_rows_and_notes_take_none() {
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
