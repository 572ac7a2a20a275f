//! Which dumps belong to one conference, and how many people were in it at once.

use std::collections::BTreeMap;

use super::{clock, name};
use crate::extract::Extract;

/// Dumps of one room further apart than this are two conferences, where no meeting id says otherwise.
const SAME_CALL_MS: f64 = 600_000.0;

/// The conferences, each as indexes of its extracts.
///
/// By `meetingUniqueId`; without one by room, where the dumps overlap in time or nearly do; a dump without
/// any identity of a conference is its own.
pub(super) fn conferences(extracts: &[Extract]) -> Vec<Vec<usize>> {
    let mut by_meeting: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut by_room: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut alone = Vec::new();
    for (index, extract) in extracts.iter().enumerate() {
        let identity = &extract.identity;
        if let Some(meeting) = &identity.meeting_id {
            by_meeting.entry(meeting).or_default().push(index);
        } else if let Some(room) = identity.url.as_deref().or(identity.room.as_deref()) {
            let room = name::without_query(room).to_ascii_lowercase();
            by_room.entry(room).or_default().push(index);
        } else {
            alone.push(vec![index]);
        }
    }
    let mut conferences: Vec<Vec<usize>> = by_meeting.into_values().collect();
    for members in by_room.into_values() {
        conferences.extend(split_by_time(extracts, members));
    }
    conferences.append(&mut alone);
    conferences
}

/// Splits a room's dumps where nobody was there for long.
fn split_by_time(extracts: &[Extract], mut members: Vec<usize>) -> Vec<Vec<usize>> {
    let span = |index: &usize| {
        let extract = extracts.get(*index)?;
        let (from, to) = extract.span_ms?;
        let offset = clock::clock(extract).offset_ms;
        Some((from + offset, to + offset))
    };
    let start = |index: &usize| span(index).map_or(f64::INFINITY, |(from, _)| from);
    members.sort_by(|a, b| start(a).total_cmp(&start(b)));
    let mut calls: Vec<Vec<usize>> = Vec::new();
    let mut until = f64::NEG_INFINITY;
    for index in members {
        let (from, to) = span(&index).unwrap_or((f64::INFINITY, f64::INFINITY));
        match calls.last_mut() {
            Some(call) if from <= until + SAME_CALL_MS => call.push(index),
            _ => calls.push(vec![index]),
        }
        until = until.max(to);
    }
    calls
}

/// The most presences that overlap at one time; those that only touch do not.
pub(super) fn peak(presences: &[(f64, f64)]) -> u32 {
    let mut steps: Vec<(f64, i32)> =
        presences.iter().flat_map(|(from, to)| [(*from, 1), (*to, -1)]).collect();
    steps.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let (mut now, mut most) = (0_i32, 0_i32);
    for (_, step) in steps {
        now += step;
        most = most.max(now);
    }
    // A presence of no length is somebody all the same.
    most.max(i32::from(!presences.is_empty())).unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peak_counts_overlaps() {
        assert_eq!(peak(&[]), 0);
        assert_eq!(peak(&[(5.0, 5.0)]), 1);
        assert_eq!(peak(&[(0.0, 10.0), (10.0, 20.0)]), 1);
        assert_eq!(peak(&[(0.0, 10.0), (5.0, 20.0), (6.0, 7.0)]), 3);
    }
}
