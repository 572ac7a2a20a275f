//! Events in a server's log lines: members and endpoints, invitations, bridges, ICE, recorders.

use super::zone::Zone;
use crate::input::logs::LogParts;
use crate::model::{EventKind as Kind, ServerEvent, ServerSink, Stamp};

/// An event in a log line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LogEvent {
    pub(super) kind: Kind,
    pub(super) endpoint: Option<String>,
    pub(super) detail: Option<String>,
}

/// Passes on the events in the lines of a batch, to the sink and to `note`.
pub(super) fn read(
    texts: &[&str],
    at: Stamp,
    zone: &mut Zone,
    sink: &mut dyn ServerSink,
    note: &mut dyn FnMut(&LogEvent),
) {
    let lines: Vec<LogParts<'_>> = texts.iter().map(|text| LogParts::of(text)).collect();
    zone.take(lines.iter().filter_map(LogParts::local_ms), at.at_ms);
    for line in lines {
        let Some(event) = event_in(&line) else { continue };
        note(&event);
        let at_ms = line
            .local_ms()
            .and_then(|local_ms| zone.utc_ms(local_ms))
            .unwrap_or_else(|| zone.sent_ms(at.at_ms));
        if at_ms.is_finite() {
            let event = ServerEvent::new(
                Stamp { at_ms, line: at.line },
                event.kind,
                event.endpoint.as_deref(),
                event.detail,
            );
            sink.server_event(event.logged());
        }
    }
}

/// The event in a line, recognized by its class and the start of the message: releases move lines within a class and
/// change what follows.
fn event_in(line: &LogParts<'_>) -> Option<LogEvent> {
    let message = line.message.trim();
    let participant = line.context("participant").or_else(|| line.context("epId"));
    let after = |start: &str| message.strip_prefix(start).map(str::trim);
    let event = |kind, endpoint: Option<&str>, detail: Option<&str>| {
        let own = |text: &str| text.trim_end_matches(['.', ',']).to_owned();
        Some(LogEvent {
            kind,
            endpoint: endpoint.map(own),
            detail: detail.filter(|text| !text.is_empty()).map(own),
        })
    };
    let class = line.component?;
    match class.rsplit('.').next().unwrap_or(class) {
        "JitsiMeetConferenceImpl" => {
            if let Some(rest) = after("Member joined:") {
                return event(Kind::MemberJoined, first(rest), Some(rest.split_once(' ')?.1));
            }
            if let Some(rest) = after("Member left:") {
                return event(Kind::MemberLeft, first(rest), None);
            }
            if let Some(rest) = after("Member kicked:") {
                return event(Kind::MemberKicked, first(rest), None);
            }
            if let Some(rest) = after("Terminating ") {
                let reason =
                    rest.split_once("reason: ").map(|(_, reason)| reason.split(',').next().unwrap_or(reason));
                return event(Kind::Terminated, first(rest), reason);
            }
            if let Some(rest) = after("Received ICE failed notification from ") {
                return event(Kind::IceFailedReported, first(rest), None);
            }
            if let Some(rest) = after("ICE restart: requesting one from the bridge for ") {
                return event(Kind::BridgeIceRestart, first(rest), Some("requested by the client"));
            }
            if message.starts_with("Re-inviting") {
                return event(Kind::Reinvited, None, Some(message));
            }
            if message.contains(" was removed from the conference") {
                return event(Kind::BridgeRemoved, None, Some(message));
            }
            let whole = [
                ("Created new conference", Kind::ConferenceCreated),
                ("Stopped", Kind::ConferenceEnded),
                ("XMPP disconnected", Kind::ServerXmppDisconnected),
                ("XMPP reconnected", Kind::ServerXmppReconnected),
            ];
            let (_, kind) = whole.into_iter().find(|(start, _)| message.starts_with(start))?;
            event(kind, None, None)
        }
        "ParticipantInviteRunnable" if message.starts_with("Sending session-initiate") => {
            event(Kind::Invited, participant, None)
        }
        class if class.starts_with("Participant$") && message.starts_with("Received session-accept") => {
            event(Kind::Accepted, participant, None)
        }
        "ColibriV2SessionManager" => {
            let rest = after("Failed to allocate a colibri2 endpoint for ")?;
            let (endpoint, reason) = rest.split_once(':').unwrap_or((rest, ""));
            event(Kind::AllocationFailed, Some(endpoint), Some(reason.trim()))
        }
        "JibriRecorder" | "JibriSession" => {
            let failed = message.starts_with("Unable to find an available Jibri")
                || message.starts_with("Failed to start a Jibri session");
            if failed { event(Kind::RecordingFailed, None, Some(message)) } else { None }
        }
        "Videobridge" if message.starts_with("create_conf") => event(Kind::ConferenceCreated, None, None),
        "Conference" if message.starts_with("Recent speakers changed:") => {
            if message.contains("silence:true") {
                return event(Kind::DominantSpeaker, None, None);
            }
            let changed = message.contains("dominant speaker changed: true");
            let (_, speakers) = message.split_once('[')?;
            let speaker = first(speakers)?.trim_end_matches(']');
            if changed { event(Kind::DominantSpeaker, Some(speaker), None) } else { None }
        }
        "Conference" if message.starts_with("expire_conf") || message.starts_with("Expiring") => {
            event(Kind::ConferenceEnded, None, None)
        }
        "Endpoint" => {
            let starts = [
                ("Created new endpoint", Kind::EndpointJoined, None),
                ("Expired", Kind::EndpointLeft, None),
                ("ICE connected", Kind::BridgeIceState, Some("connected")),
                ("DTLS handshake complete", Kind::BridgeDtlsState, Some("connected")),
                ("EndpointMessageTransport still not connected", Kind::MessagesNotConnected, None),
                ("Allowing to expire because ICE failed", Kind::BridgeIceState, Some("failed")),
                (
                    "Expiring an endpoint with ICE connected, but not DTLS",
                    Kind::BridgeDtlsState,
                    Some("failed"),
                ),
            ];
            let (_, kind, detail) = starts.into_iter().find(|(start, ..)| message.starts_with(start))?;
            event(kind, participant, detail)
        }
        "EndpointConnectionStatusMonitor" => {
            let (endpoint, rest) = message.split_once(' ')?;
            match rest {
                rest if rest.starts_with("is considered disconnected") => {
                    event(Kind::EndpointInactive, Some(endpoint), None)
                }
                "has reconnected" => event(Kind::EndpointActive, Some(endpoint), None),
                _ => None,
            }
        }
        "IceTransport" => {
            let restarts = ["ICE restart requested", "ICE restart (", "Abandoning ICE restart"];
            if restarts.iter().any(|start| message.starts_with(start)) {
                return event(Kind::BridgeIceRestart, participant, Some(message));
            }
            None
        }
        _ => None,
    }
}

/// The first word.
fn first(text: &str) -> Option<&str> {
    text.split([' ', ',']).find(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<(Kind, Option<String>, Option<String>)> {
        event_in(&LogParts::of(text)).map(|event| (event.kind, event.endpoint, event.detail))
    }

    #[test]
    fn lines_with_events() {
        let line = |class: &str, message: &str| {
            of(&format!(
                "Jicofo 2024-02-11 17:05:58.584 INFO: [1] [room=r participant=p1] {class}.f#1: {message}"
            ))
        };
        let joined =
            line("JitsiMeetConferenceImpl", "Member joined:a1 stats-id=A voMuted=true role=OWNER, room=main");
        assert_eq!(joined.map(|(kind, id, _)| (kind, id)), Some((Kind::MemberJoined, Some("a1".into()))));
        let left =
            line("JitsiMeetConferenceImpl", "Terminating a1, reason: gone, send session-terminate: false");
        assert_eq!(left, Some((Kind::Terminated, Some("a1".into()), Some("gone".into()))));
        let accepted = line("Participant$JingleRequestHandlerImpl", "Received session-accept");
        assert_eq!(accepted, Some((Kind::Accepted, Some("p1".into()), None)));
        let bridge = "JVB 2024-05-30 12:59:10.746 INFO: [42] [confId=d conf_name=t epId=4951] Endpoint.<init>#336: Created new endpoint, iceControlling=true";
        assert_eq!(of(bridge), Some((Kind::EndpointJoined, Some("4951".into()), None)));
        let away =
            line("EndpointConnectionStatusMonitor", "a1 is considered disconnected.  No activity for PT8.2S");
        assert_eq!(away, Some((Kind::EndpointInactive, Some("a1".into()), None)));
        assert_eq!(
            line("JitsiMeetConferenceImpl", "Somebody event Member left:a1"),
            None,
            "only how it begins counts"
        );
        let speakers = |rest: &str| {
            line(
                "Conference",
                &format!("Recent speakers changed: [a1, b2], dominant speaker changed: {rest}"),
            )
        };
        assert_eq!(speakers("true silence:false"), Some((Kind::DominantSpeaker, Some("a1".into()), None)));
        assert_eq!(speakers("false silence:true"), Some((Kind::DominantSpeaker, None, None)));
        assert_eq!(speakers("false silence:false"), None);
        assert_eq!(of("anything"), None);
    }
}
