//! The join and leave events of endpoints and members, from their presences.

use super::presences::ServerPresences;
use crate::model::{EventKind as Kind, MemberKind, ServerEvent, Stamp};

/// The events of a join and a leave, by the kind of member.
pub(super) fn kinds_of(kind: MemberKind) -> (Kind, Kind) {
    match kind {
        MemberKind::Participant => (Kind::MemberJoined, Kind::MemberLeft),
        MemberKind::Jibri => (Kind::RecorderJoined, Kind::RecorderLeft),
        MemberKind::Jigasi => (Kind::SipJoined, Kind::SipLeft),
        MemberKind::Transcriber => (Kind::TranscriberJoined, Kind::TranscriberLeft),
        MemberKind::Bot => (Kind::BotJoined, Kind::BotLeft),
    }
}

/// The joins and leaves within the dump.
pub(super) fn presence_events(
    id: &str,
    presences: &ServerPresences,
    (joined, left): (Kind, Kind),
    role: Option<&str>,
) -> Vec<ServerEvent> {
    let event = |at_ms, line, kind, detail: Option<&str>, exact| {
        let event = ServerEvent::new(Stamp { at_ms, line }, kind, Some(id), detail.map(str::to_owned));
        ServerEvent { exact, ..event }
    };
    let of_presence = presences.list().iter().flat_map(|presence| {
        let joined = presence
            .joined
            .then(|| event(presence.from_ms, presence.from_line, joined, role, presence.joined_by_log()));
        let left = presence
            .left
            .then(|| event(presence.to_ms, presence.to_line, left, None, presence.left_by_log()));
        [joined, left].into_iter().flatten()
    });
    of_presence.collect()
}
