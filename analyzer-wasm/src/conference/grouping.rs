//! Groups dumps by conference, and computes the peak of concurrent participants.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::address::without_query;
use crate::clocks::header_clock;
use crate::extract::Extract;
use crate::sessions::{Extracts, Sessions};
use crate::time_span::TimeSpan;

/// Dumps of one room without a meeting id that are further apart than this are of two conferences, ms.
const MAX_PAUSE_MS: f64 = 600_000.0;

/// The conferences, each as the indexes of its extracts. Copies are left out.
///
/// Dumps with the same `meetingUniqueId` are of one conference. A dump without one that names a room is of the meeting of this
/// room with which it overlaps in time, else of one conference with the other dumps of the room at about that time. A dump
/// with neither is a conference of its own, together with the other parts of its session.
pub(crate) fn conferences(
    extracts: &Extracts,
    sessions: &Sessions,
    copies: &BTreeMap<usize, usize>,
) -> Vec<Vec<usize>> {
    let mut by_meeting: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut without: Vec<(usize, String)> = Vec::new();
    let mut conferences: Vec<Vec<usize>> = Vec::new();
    let mut followers: Vec<(usize, usize)> = Vec::new();
    for (index, extract) in extracts.iter().enumerate().filter(|(index, _)| !copies.contains_key(index)) {
        let head = sessions.head(index);
        if head != index {
            followers.push((index, head));
            continue;
        }
        match (&extract.identity.meeting_id, room(extract)) {
            (Some(meeting), _) => by_meeting.entry(meeting).or_default().push(index),
            (None, Some(room)) => without.push((index, room)),
            (None, None) if sessions.first_part(index) != index => {
                followers.push((index, sessions.first_part(index)));
            }
            (None, None) => conferences.push(vec![index]),
        }
    }
    join_short_ids(&mut by_meeting);
    let mut meetings: Vec<Vec<usize>> = by_meeting.into_values().collect();
    let mut by_room: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, its_room) in without {
        let here = extracts.get(index).and_then(span);
        let is_same = |meeting: &&mut Vec<usize>| {
            let members = || meeting.iter().filter_map(|member| extracts.get(*member));
            let same_room = members().any(|member| room(member).as_deref() == Some(&its_room));
            let there = members().filter_map(span).reduce(TimeSpan::union);
            same_room && here.zip(there).is_some_and(|(here, there)| here.overlaps(there))
        };
        match meetings.iter_mut().find(is_same) {
            Some(meeting) => meeting.push(index),
            None => by_room.entry(its_room).or_default().push(index),
        }
    }
    conferences.append(&mut meetings);
    for members in by_room.into_values() {
        conferences.extend(split_by_time(extracts, members));
    }
    // A head may itself be a later part of a session, so heads come first.
    followers.sort_by_key(|(index, _)| (sessions.head(*index) != *index, Reverse(*index)));
    for (index, leader) in followers {
        let place = |members: &Vec<usize>| members.iter().position(|member| *member == leader);
        match conferences.iter_mut().find_map(|members| Some((place(members)?, members))) {
            Some((at, members)) => members.insert(at + 1, index),
            None => conferences.push(vec![index]),
        }
    }
    conferences
}

/// The length of the short id by which the log of a bridge names a meeting: its id up to the first hyphen.
const SHORT_ID_LEN: usize = 8;

/// Moves dumps with a short meeting id to the meeting whose id begins with it, if there is exactly one.
fn join_short_ids(by_meeting: &mut BTreeMap<&str, Vec<usize>>) {
    let short: Vec<&str> = by_meeting.keys().copied().filter(|id| id.len() == SHORT_ID_LEN).collect();
    for id in short {
        let begins = |whole: &&str| whole.strip_prefix(id).is_some_and(|rest| rest.starts_with('-'));
        let whole: Vec<&str> = by_meeting.keys().copied().filter(begins).collect();
        if let ([whole], Some(members)) = (whole.as_slice(), by_meeting.get(id).cloned()) {
            by_meeting.remove(id);
            by_meeting.entry(*whole).or_default().extend(members);
        }
    }
}

/// The room of a dump: its address without scheme and query in lower case, or its bare name if the dump has no address.
fn room(extract: &Extract) -> Option<String> {
    let identity = &extract.identity;
    let address = identity.url.as_deref().or(identity.room.as_deref())?;
    let address = without_query(address);
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    Some(address.trim_end_matches('/').to_ascii_lowercase())
}

/// The time from the first to the last entry of a dump, corrected by the clock stamps in its header.
fn span(extract: &Extract) -> Option<TimeSpan> {
    Some(extract.span?.shifted(header_clock(extract).offset_ms))
}

/// Splits the dumps of a room at pauses longer than [`MAX_PAUSE_MS`].
fn split_by_time(extracts: &Extracts, mut members: Vec<usize>) -> Vec<Vec<usize>> {
    let span = |index: &usize| extracts.get(*index).and_then(span);
    let start = |index: &usize| span(index).map_or(f64::INFINITY, |span| span.from_ms);
    members.sort_by(|a, b| start(a).total_cmp(&start(b)));
    let mut conferences: Vec<Vec<usize>> = Vec::new();
    let mut until = f64::NEG_INFINITY;
    for index in members {
        let span = span(&index).unwrap_or(TimeSpan::NEVER);
        match conferences.last_mut() {
            Some(members) if span.from_ms <= until + MAX_PAUSE_MS => members.push(index),
            _ => conferences.push(vec![index]),
        }
        until = until.max(span.to_ms);
    }
    conferences
}

/// The highest number of presences that overlap at one time. Presences that only touch do not overlap.
pub(super) fn peak(presences: &[TimeSpan]) -> u32 {
    let mut steps: Vec<(f64, i32)> =
        presences.iter().flat_map(|span| [(span.from_ms, 1), (span.to_ms, -1)]).collect();
    steps.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let (mut now, mut most) = (0_i32, 0_i32);
    for (_, step) in steps {
        now += step;
        most = most.max(now);
    }
    // A presence without duration counts too.
    most.max(i32::from(!presences.is_empty())).unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peak_counts_overlaps() {
        let span = TimeSpan::new;
        assert_eq!(peak(&[]), 0);
        assert_eq!(peak(&[span(5.0, 5.0)]), 1);
        assert_eq!(peak(&[span(0.0, 10.0), span(10.0, 20.0)]), 1);
        assert_eq!(peak(&[span(0.0, 10.0), span(5.0, 20.0), span(6.0, 7.0)]), 3);
    }
}
