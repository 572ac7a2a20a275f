//! Coming and going, as the dumps themselves show it: a dump's begin is a join, its connections' end a leave.

use std::collections::BTreeSet;

use super::observation::{Told, Who, writer};
use crate::model::EventKind;
use crate::participants::Cast;
use crate::participants::Dump;

/// A join and a leave for each dump of a person.
pub(super) fn presences<'a>(dumps: &[Dump<'a>]) -> Vec<Told<'a>> {
    let mut all = Vec::new();
    for (number, dump) in dumps.iter().enumerate().filter(|(_, dump)| dump.person.is_some()) {
        let Some(span) = dump.span() else { continue };
        let (left_ms, left_line) = closed(dump).unwrap_or((span.to_ms, dump.extract.file.lines));
        let ends = [(EventKind::MemberJoined, span.from_ms, 1), (EventKind::MemberLeft, left_ms, left_line)];
        all.extend(ends.map(|(kind, at_ms, line)| Told {
            at_ms,
            dump: number,
            line,
            kind,
            detail: None,
            connection: None,
            who: writer(number, dump),
            exact: true,
            own: true,
        }));
    }
    all
}

/// When the last connection was closed, if all were: when and on which line.
fn closed(dump: &Dump<'_>) -> Option<(f64, u64)> {
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

/// Drops what is said of those who were there already, but for the first word of each who left no dump and was not
/// seen to join.
pub(super) fn leave_out_known<'a>(told: &mut Vec<Told<'a>>, cast: &Cast<'_>) {
    let joined = told.iter().filter(|told| told.kind == EventKind::MemberJoined).map(|told| told.who);
    let mut known: BTreeSet<Who<'_>> = joined.collect();
    told.retain(|told| {
        told.kind != EventKind::MemberPresent || (told.who.person(cast).is_none() && known.insert(told.who))
    });
}
