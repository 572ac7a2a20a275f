//! Selects the events that the timeline of the page marks: actions of participants and events that they notice.

use std::collections::BTreeMap;

use crate::limits::MAX_MARKS;
use crate::report::{Event, Report};

/// The kinds of events that are marked, and the connection states that are.
const MARKED_KINDS: [&str; 2] = ["activity", "device"];
const MARKED_STATES: [&str; 3] = ["disconnected", "failed", "closed"];

/// The marked events in the order of the report, at most [`MAX_MARKS`] for each participant.
pub(crate) fn of(report: &Report) -> Vec<Event> {
    let mut of_each: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    let marked = report.events.iter().filter(|event| is_marked(event));
    let kept = marked.filter(|event| {
        let count = of_each.entry(event.participant.as_deref()).or_default();
        *count += 1;
        *count <= MAX_MARKS
    });
    kept.cloned().collect()
}

fn is_marked(event: &Event) -> bool {
    if event.issue.is_some() {
        return true;
    }
    match event.subtype.as_str() {
        "iceconnectionstatechange" | "connectionstatechange" | "dtlsstatechange" => {
            event.detail.as_deref().is_some_and(|state| MARKED_STATES.contains(&state))
        }
        "ice_restart_requested"
        | "ice_restart_applied"
        | "jvb_ice_restarted"
        | "addIceCandidateOnFailure" => true,
        "dtlserror"
        | "negotiation_failure"
        | "strophe_disconnected"
        | "strophe_reconnected"
        | "strophe_error" => true,
        // Requests for a device that succeed are routine.
        "getUserMedia" | "getUserMediaOnSuccess" | "getDisplayMedia" | "getDisplayMediaOnSuccess" => false,
        // The timeline shows the intervals of dominant speakers instead.
        "dominant_speaker" | "dominant_speaker_start" | "dominant_speaker_stop" => false,
        _ => MARKED_KINDS.contains(&event.kind.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: &str, subtype: &str, detail: Option<&str>) -> Event {
        Event {
            at_ms: 0.0,
            participant: Some("a".into()),
            server: None,
            kind: kind.into(),
            subtype: subtype.into(),
            detail: detail.map(str::to_owned),
            connection: None,
            issue: None,
            file: "f".into(),
            line: 1,
            count: 1,
            sources: Vec::new(),
        }
    }

    #[test]
    fn failures_and_actions_are_marked_and_routine_events_are_not() {
        for (kind, subtype, detail, marked) in [
            ("ice", "iceconnectionstatechange", Some("failed"), true),
            ("ice", "iceconnectionstatechange", Some("connected"), false),
            ("ice", "icecandidate", None, false),
            ("activity", "audio_mute", None, true),
            ("activity", "dominant_speaker_start", None, false),
            ("device", "getUserMediaOnFailure", Some("NotReadableError"), true),
            ("device", "getUserMediaOnSuccess", None, false),
            ("signaling", "setRemoteDescription", None, false),
            ("signaling", "strophe_disconnected", None, true),
        ] {
            assert_eq!(is_marked(&event(kind, subtype, detail)), marked, "{subtype} {detail:?}");
        }
    }
}
