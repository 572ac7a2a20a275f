//! Events in the console lines of lib-jitsi-meet and jitsi-meet, recognized by the start of the message. Some events
//! have no other trace in a dump.

use crate::input::logs::LogParts;
use crate::model::EventKind;

/// A transition of a video; without a space before it, it is the end of `inactive => inactive`.
const WENT_INACTIVE: &str = "active => inactive";

/// What has to be remembered between the console lines of a dump.
#[derive(Debug, Default)]
pub(super) struct Console {
    /// Whether the XMPP room is listing the participants that are in it already.
    joining: bool,
}

/// The kind of an event and its detail.
type ConsoleEvent = (EventKind, Option<String>);

impl Console {
    /// The event that a line reports, if any.
    pub(super) fn event_in(&mut self, parts: &LogParts<'_>) -> Option<ConsoleEvent> {
        let message = parts.message;
        if message.starts_with("(TIME) MUC join started") {
            self.joining = true;
            return None;
        }
        if message.starts_with("(TIME) MUC joined") {
            self.joining = false;
            return Some((EventKind::MucJoined, None));
        }
        if let Some(jid) = message.strip_prefix("entered ") {
            // The presences of those who are in the room arrive before the writer's own.
            let kind = if self.joining { EventKind::MemberPresent } else { EventKind::MemberJoined };
            return resource(jid).filter(|id| *id != "focus").map(|id| (kind, Some(id.to_owned())));
        }
        by_first_words(message)
            .or_else(|| of_connection(message))
            .or_else(|| of_video(parts))
            .or_else(|| of_bridge(message))
            .or_else(|| analytics(message))
    }
}

/// Lines that are recognized by their first words alone.
fn by_first_words(message: &str) -> Option<ConsoleEvent> {
    let word = |text: &str| text.split([' ', ',', ':']).next().unwrap_or_default().to_owned();
    let after = |begin: &str| message.strip_prefix(begin);
    let event = if let Some(rest) = after("USER ") {
        // Joins are reported by `entered` already.
        rest.contains(" LEFT").then(|| (EventKind::MemberLeft, Some(word(rest))))?
    } else if let Some(jid) = after("Kicked by ") {
        // The name is that of the participant who was removed.
        (EventKind::MemberKicked, resource(jid).map(str::to_owned))
    } else if after("Focus has left the room").is_some() {
        (EventKind::FocusLeft, None)
    } else if after("Starting recording session").is_some() {
        (EventKind::RecordingStarted, None)
    } else if after("Stopping recording session").is_some() {
        (EventKind::RecordingStopped, None)
    } else if let Some(list) = after("list of media devices has changed:") {
        let devices = list.matches("[object ").count().max(list.matches("\"deviceId\"").count());
        (EventKind::DeviceListChanged, (devices > 0).then(|| format!("{devices} devices")))
    } else if let Some(rest) = after("Dominant speaker: ") {
        let speaker = word(rest);
        let is_none = matches!(speaker.as_str(), "null" | "undefined" | "");
        (EventKind::DominantSpeaker, (!is_none).then_some(speaker))
    } else if let Some(rest) = after("Endpoint connection status changed: ") {
        let active = rest.contains("active=true");
        (if active { EventKind::EndpointActive } else { EventKind::EndpointInactive }, Some(word(rest)))
    } else if let Some(rest) = after("Mute state of ") {
        return muted(rest);
    } else if let Some(rest) = after("Strophe error: ") {
        let error: serde_json::Value = serde_json::from_str(rest).unwrap_or_default();
        (EventKind::XmppError, error.get("reason").and_then(|reason| reason.as_str()).map(str::to_owned))
    } else {
        return None;
    };
    Some(event)
}

/// Lines about ICE, the direct connection and the channel to the bridge.
fn of_connection(message: &str) -> Option<ConsoleEvent> {
    let after = |begin: &str| message.strip_prefix(begin);
    let kind = if after("triggering ice restart after").is_some() {
        EventKind::IceRestartTriggered
    } else if after("ICE failed, force reloading the conference").is_some() {
        EventKind::IceFailure
    } else if after("Sending ICE failed").is_some() {
        EventKind::BridgeSessionRestarted
    } else if after("ICE connection restored").is_some() {
        EventKind::IceRestored
    } else if after("Peer to peer connection established").is_some() {
        EventKind::P2pEstablished
    } else if after("Peer to peer connection closed").is_some() {
        EventKind::P2pClosed
    } else if let Some(rest) =
        after("JVB PeerConnection failed").or_else(|| after("P2P PeerConnection failed"))
    {
        let path = if message.starts_with("P2P") { "p2p" } else { "bridge" };
        let was =
            if rest.contains("previously connected: true") { "was connected" } else { "never connected" };
        return Some((EventKind::ConnectionFailed, Some(format!("{path}, {was}"))));
    } else if ["websocket channel opened", "datachannel channel opened", "(TIME) data.channel.opened"]
        .iter()
        .any(|begin| message.starts_with(begin))
    {
        EventKind::BridgeChannelOpened
    } else if let Some(rest) = after("Channel closed") {
        let detail = rest.trim_start_matches([':', ' ']).trim_end();
        return Some((EventKind::BridgeChannelClosed, (!detail.is_empty()).then(|| detail.to_owned())));
    } else {
        return None;
    };
    Some((kind, None))
}

/// Lines about the reception of remote videos.
fn of_video(parts: &LogParts<'_>) -> Option<ConsoleEvent> {
    let message = parts.message;
    if let Some(rest) = message.strip_prefix("Emit track streaming status(") {
        let (source, status) = rest.split_once(") ")?.1.rsplit_once(": ")?;
        return Some(match status {
            "interrupted" => (EventKind::RemoteSourceInterrupted, Some(source.to_owned())),
            _ => (EventKind::StreamingStatus, Some(format!("{source} {status}"))),
        });
    }
    let is_by_streaming_status = || {
        let named = [parts.component, parts.class, parts.function, Some(message)];
        named.into_iter().flatten().any(|name| name.contains("TrackStreamingStatus"))
    };
    let (before, _) = message.split_once(WENT_INACTIVE)?;
    if !(before.is_empty() || before.ends_with(' ')) || !is_by_streaming_status() {
        return None;
    }
    let source = message.strip_prefix("Figure out conn status for ").and_then(|rest| rest.split_once(','));
    Some((EventKind::BweIssue, source.map(|(source, _)| source.to_owned())))
}

/// Messages of the bridge to the client.
fn of_bridge(message: &str) -> Option<ConsoleEvent> {
    if let Some(rest) = message.strip_prefix("SenderSourceConstraints: ") {
        let (source, height) = rest.split_once(" - ")?;
        return Some((EventKind::SenderConstraints, Some(format!("{source} {}", height.trim()))));
    }
    let sources = message.strip_prefix("New forwarded sources: ")?;
    Some((EventKind::ForwardedSources, Some(sources.trim().to_owned()).filter(|list| !list.is_empty())))
}

/// An event for analytics, as its JSON: `{"type":"operational","action":"established","source":"p2p",…}`, or with a name
/// and properties.
fn analytics(message: &str) -> Option<ConsoleEvent> {
    if !message.starts_with('{') {
        return None;
    }
    let event: serde_json::Value = serde_json::from_str(message).ok()?;
    let word = |key| event.get(key).and_then(serde_json::Value::as_str);
    let name = match (word("action"), word("name")) {
        (Some(action), _) if word("type").is_some() => [word("source").unwrap_or_default(), action].join(" "),
        (_, Some(name)) if event.get("properties").is_some() => name.to_owned(),
        _ => return None,
    };
    Some((EventKind::Analytics, Some(name.trim().to_owned())))
}

/// `<source> changed to muted=true`: a source is named by its endpoint and kind (`ab12cd34-a0`), a local track by its
/// kind alone. A second video is a screen.
fn muted(rest: &str) -> Option<ConsoleEvent> {
    let (source, value) = rest.split_once(" changed to muted=")?;
    let muted = value.starts_with("true");
    let track =
        source.split_once("sourceName: ").map(|(_, name)| name.split([',', ']']).next().unwrap_or(name));
    let name = track.unwrap_or(source);
    let audio = match name.rsplit_once('-').map(|(_, kind)| kind) {
        Some("a0") => true,
        Some("v0") => false,
        _ if source.starts_with("LocalTrack[") && source.contains("audio") => true,
        _ if source.starts_with("LocalTrack[") && source.contains("video") => false,
        _ => return None,
    };
    let kind = match (audio, muted) {
        (true, true) => EventKind::AudioMuted,
        (true, false) => EventKind::AudioUnmuted,
        (false, true) => EventKind::VideoMuted,
        (false, false) => EventKind::VideoUnmuted,
    };
    let is_local = name.starts_with("LocalTrack[");
    Some((kind, (!is_local).then(|| name.to_owned())))
}

/// What follows the slash of an occupant's JID, up to the next space.
fn resource(text: &str) -> Option<&str> {
    let jid = text.split(' ').next()?;
    jid.rsplit_once('/').map(|(_, resource)| resource).filter(|resource| !resource.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(lines: &[&str]) -> Vec<(&'static str, String)> {
        let mut console = Console::default();
        lines
            .iter()
            .filter_map(|line| console.event_in(&LogParts::of(line)))
            .map(|(kind, detail)| (kind.name(), detail.unwrap_or_default()))
            .collect()
    }

    fn one(line: &str) -> Option<(&'static str, String)> {
        events(&[line]).pop()
    }

    #[test]
    fn participants_in_the_room_before_the_join_are_present_not_joining() {
        let lines = [
            "[xmpp:ChatRoom] <onPresence>: (TIME) MUC join started:\t 6358.8",
            "[xmpp:ChatRoom] <onPresence>: entered room@conference.example.org/focus [object Object]",
            "[xmpp:ChatRoom] <onPresence>: entered room@conference.example.org/aaaa0001 [object Object]",
            "[xmpp:ChatRoom] <onPresence>: (TIME) MUC joined:\t 6374.5",
            "[xmpp:ChatRoom] <onPresence>: entered room@conference.example.org/bbbb0001",
            "[app:conference] <o>: USER aaaa0001 LEFT: [object Object]",
            "[app:conference] <o>: USER bbbb0001 connected: [object Object]",
        ];
        let expect =
            [("member_present", "aaaa0001"), ("muc_joined", ""), ("join", "bbbb0001"), ("leave", "aaaa0001")];
        assert_eq!(events(&lines), expect.map(|(name, detail)| (name, detail.to_owned())));
    }

    #[test]
    fn messages_report_events() {
        let cases = [
            ("Kicked by room@conference.example.org/cccc0001", "kicked", "cccc0001"),
            ("Focus has left the room - leaving conference", "focus_left", ""),
            ("Starting recording session with mode file", "recording_start", ""),
            (
                "list of media devices has changed: [object InputDeviceInfo],[object MediaDeviceInfo]",
                "device_list_changed",
                "2 devices",
            ),
            ("Dominant speaker: aaaa0001, previous speakers: bbbb0001", "dominant_speaker", "aaaa0001"),
            ("Dominant speaker: null, previous speakers: ", "dominant_speaker", ""),
            ("Endpoint connection status changed: aaaa0001 active=false", "endpoint_inactive", "aaaa0001"),
            ("Mute state of aaaa0001-a0 changed to muted=true", "audio_mute", "aaaa0001-a0"),
            ("Mute state of aaaa0001-v0 changed to muted=false", "video_enable", "aaaa0001-v0"),
            ("Mute state of LocalTrack[2,audio] changed to muted=false", "audio_unmute", ""),
            ("SenderSourceConstraints: aaaa0001-v0 - 180", "sender_constraints", "aaaa0001-v0 180"),
            (
                "New forwarded sources: bbbb0001-v0,cccc0001-v0",
                "forwarded_sources",
                "bbbb0001-v0,cccc0001-v0",
            ),
            ("New forwarded sources: ", "forwarded_sources", ""),
            (
                r#"{"type":"operational","action":"established","source":"p2p","attributes":{"initiator":true}}"#,
                "analytics",
                "p2p established",
            ),
            (r#"{"name":"connection.failed","properties":{"a":1}}"#, "analytics", "connection.failed"),
            (r#"Strophe error: {"reason":"timeout","operation":"x"}"#, "strophe_error", "timeout"),
            ("triggering ice restart after 1234 ", "ice_restart", ""),
            ("ICE failed, force reloading the conference after failed attempts", "ice_failure", ""),
            (
                "Sending ICE failed - the connection did not recover, ICE state: failed",
                "jvb_ice_restarted",
                "",
            ),
            ("ICE connection restored - not sending ICE failed", "ice_restored", ""),
            ("Peer to peer connection established!", "p2p_established", ""),
            (
                "P2P PeerConnection failed, previously connected: true",
                "connection_failed",
                "p2p, was connected",
            ),
            ("websocket channel opened", "bridge_channel_open", ""),
            ("Channel closed: 1006 ", "bridge_channel_close", "1006"),
            ("Channel closed by server", "bridge_channel_close", "by server"),
            (
                "Emit track streaming status(1700) aaaa0001-v0: interrupted",
                "remoteSourceInterrupted",
                "aaaa0001-v0",
            ),
            (
                "Emit track streaming status(1700) aaaa0001-v0: restoring",
                "track_streaming_status",
                "aaaa0001-v0 restoring",
            ),
        ];
        for (message, name, detail) in cases {
            assert_eq!(
                one(&format!("[DEBUG] [a:b] <f>: {message}")),
                Some((name, detail.to_owned())),
                "{message}"
            );
        }
    }

    #[test]
    fn only_a_video_that_was_active_went_inactive() {
        let status = |states: &str| {
            one(&format!(
                "[DEBUG] [connectivity:TrackStreamingStatus] <f>: Figure out conn status for aaaa0001-v0, is video muted: false currentStatus => newStatus: {states}"
            ))
        };
        assert_eq!(status("active => inactive"), Some(("bwe_issue", "aaaa0001-v0".to_owned())));
        assert_eq!(status("inactive => inactive"), None);
        assert_eq!(status("active => active"), None);
        assert_eq!(one("[app:x] <f>: the tab went active => inactive"), None, "not a video");
        assert_eq!(one("[a] TrackStreamingStatus active => inactive"), Some(("bwe_issue", String::new())));
    }

    #[test]
    fn other_lines_report_nothing() {
        for message in [
            "USER",
            "entered nowhere",
            "Mute state of aaaa0001-v1 changed to muted=true",
            "Mute state of x",
            "We were Kicked by x/y",
            "SenderSourceConstraints: x",
            r#"{"type":"operational"}"#,
            r#"{"action":"torn"#,
            "",
        ] {
            assert_eq!(one(&format!("[a] <f>: {message}")), None, "{message}");
        }
    }
}
