//! Joins and leaves that follow from the dumps themselves: the start of a dump is a join, the end of its connections a
//! leave.

use std::collections::BTreeSet;

use super::observation::{Observation, Subject, writer};
use crate::model::EventKind;
use crate::participants::ConferenceDump;
use crate::participants::EndpointIndex;

/// A join and a leave for each dump of a participant.
pub(super) fn presences<'a>(dumps: &[ConferenceDump<'a>]) -> Vec<Observation<'a>> {
    let mut all = Vec::new();
    for (number, dump) in dumps.iter().enumerate().filter(|(_, dump)| dump.participant.is_some()) {
        let Some(span) = dump.span() else { continue };
        let (left_ms, left_line) = closed(dump).unwrap_or((span.to_ms, dump.extract.file.lines));
        let ends = [(EventKind::MemberJoined, span.from_ms, 1), (EventKind::MemberLeft, left_ms, left_line)];
        all.extend(ends.map(|(kind, at_ms, line)| Observation {
            at_ms,
            dump: number,
            line,
            kind,
            detail: None,
            connection: None,
            subject: writer(number, dump),
            exact: true,
            own: true,
        }));
    }
    all
}

/// The time and the line at which the last connection was closed, if all were.
fn closed(dump: &ConferenceDump<'_>) -> Option<(f64, u64)> {
    let closes = || dump.extract.events.iter().filter(|event| event.kind == EventKind::ConnectionClosed);
    let ids = dump.extract.connections.iter().map(|connection| connection.summary.id.as_str());
    let of_browser: Vec<&str> = ids.filter(|id| id.starts_with("PC_")).collect();
    let is_closed = |id: &&str| closes().any(|event| event.connection.as_deref() == Some(*id));
    if of_browser.is_empty() || !of_browser.iter().all(is_closed) {
        return None;
    }
    let last =
        closes().filter(|event| event.connection.is_some()).max_by(|a, b| a.at_ms.total_cmp(&b.at_ms))?;
    Some((dump.shift(last.at_ms), last.line))
}

/// Removes observations that an endpoint is present, except the first of each endpoint that left no dump and was not
/// observed to join.
pub(super) fn leave_out_known<'a>(observations: &mut Vec<Observation<'a>>, index: &EndpointIndex<'_>) {
    let joined = observations
        .iter()
        .filter(|observation| observation.kind == EventKind::MemberJoined)
        .map(|observation| observation.subject);
    let mut known: BTreeSet<Subject<'_>> = joined.collect();
    observations.retain(|observation| {
        observation.kind != EventKind::MemberPresent
            || (observation.subject.participant(index).is_none() && known.insert(observation.subject))
    });
}
