//! Client entries that are neither header nor stats, by their type.

use serde_json::Value;

use super::JitsiReader;
use super::entry::Entry;
use super::identity::identity_of_object;
use super::{logs, media, sources};
use crate::model::{ClientSink, Event, EventKind, Stamp};

/// Methods of `RTCPeerConnection` whose failure is `<method>OnFailure`.
const NEGOTIATION: &[&str] = &["createOffer", "createAnswer", "setLocalDescription", "setRemoteDescription"];

impl JitsiReader {
    /// Reads an entry that reports an event, an identity or log lines.
    pub(super) fn event_entry(&mut self, entry: &Entry<'_>, at: Stamp, sink: &mut dyn ClientSink) {
        let known = match &*entry.kind {
            "identity" => {
                sink.identity(at, identity_of_object(&entry.value()));
                true
            }
            "logs" => {
                let zone = self.servers.zone();
                logs::read(&entry.value(), at, &mut self.console, &|ms| zone.utc_ms(ms), sink);
                true
            }
            name => {
                self.reset_on_create(entry);
                peer_connection_event(name, entry, at, sink)
                    || media::capture_event(name, entry, at, sink)
                    || application_event(name, entry, at, sink)
            }
        };
        if known {
            self.client_entries += 1;
        } else {
            // Applications may send entries of any type.
            let detail = Some(match entry.data {
                Some(data) => format!("{} {}", entry.kind, data.get()),
                None => entry.kind.to_string(),
            });
            emit(EventKind::Application, None, detail, at, sink);
        }
    }

    /// Drops the stats of a connection whose id is used again, which happens after a reload of the page.
    fn reset_on_create(&mut self, entry: &Entry<'_>) {
        if let ("create", Some(connection)) = (&*entry.kind, &entry.connection) {
            self.tables.remove(&**connection);
        }
    }
}

/// Passes on an event.
pub(super) fn emit(
    kind: EventKind,
    connection: Option<&str>,
    detail: Option<String>,
    at: Stamp,
    sink: &mut dyn ClientSink,
) {
    let connection = connection.map(str::to_owned);
    sink.event(Event { at_ms: at.at_ms, line: at.line, connection, kind, detail });
}

/// Passes on the event of an entry of the wrapped `RTCPeerConnection`; whether the entry is one.
fn peer_connection_event(name: &str, entry: &Entry<'_>, at: Stamp, sink: &mut dyn ClientSink) -> bool {
    let connection = entry.connection.as_deref();
    let kind = match name {
        "create" => EventKind::ConnectionCreated,
        "close" => EventKind::ConnectionClosed,
        "constraints" => {
            if let Some(detail) = topology(&entry.value()) {
                emit(EventKind::Topology, connection, Some(detail.to_owned()), at, sink);
            }
            return true;
        }
        "onconnectionstatechange" => EventKind::ConnectionState,
        "oniceconnectionstatechange" => EventKind::IceConnectionState,
        "onicegatheringstatechange" => EventKind::IceGatheringState,
        "onsignalingstatechange" => EventKind::SignalingState,
        "ondtlsstatechange" => EventKind::DtlsState,
        "ondtlserror" => EventKind::DtlsError,
        "onnegotiationneeded" => EventKind::NegotiationNeeded,
        "onicecandidate" => EventKind::LocalCandidate,
        "addIceCandidate" => EventKind::RemoteCandidate,
        "addIceCandidateOnFailure" => EventKind::RemoteCandidateFailure,
        "createOffer" => EventKind::Offer,
        "createAnswer" => EventKind::Answer,
        "setLocalDescription" => EventKind::LocalDescription,
        "setRemoteDescription" => EventKind::RemoteDescription,
        "addTrack" | "addStream" | "addTransceiver" => EventKind::TrackAdded,
        "removeTrack" | "removeStream" => EventKind::TrackRemoved,
        "ontrack" => EventKind::RemoteTrackAdded,
        "onaddstream" => EventKind::RemoteStreamAdded,
        "onremovestream" => EventKind::RemoteStreamRemoved,
        "createDataChannel" | "ondatachannel" => EventKind::DataChannel,
        _ => return negotiation_result(name, entry, at, sink),
    };
    let value = entry.value();
    let detail = match kind {
        EventKind::LocalCandidate | EventKind::RemoteCandidate => {
            // The end of candidates is null, in Firefox an empty text.
            let candidate = value.get("candidate").and_then(Value::as_str).and_then(nonempty);
            Some(candidate.unwrap_or_else(|| "end".to_owned()))
        }
        EventKind::LocalDescription | EventKind::RemoteDescription => {
            describe(name, connection, &value, at, sink);
            if let (EventKind::RemoteDescription, Some(sdp)) =
                (kind, value.get("sdp").and_then(Value::as_str))
            {
                sources::pass_described(sdp, sink);
            }
            value.get("type").and_then(Value::as_str).map(str::to_owned)
        }
        EventKind::ConnectionCreated | EventKind::ConnectionClosed | EventKind::Offer | EventKind::Answer => {
            None
        }
        EventKind::DataChannel => label_of_channel(&value),
        EventKind::DtlsError => Some(value.to_string()),
        _ => value.as_str().and_then(nonempty),
    };
    emit(kind, connection, detail, at, sink);
    true
}

/// `…OnSuccess` and `…OnFailure` of negotiation methods; whether the entry is one.
fn negotiation_result(name: &str, entry: &Entry<'_>, at: Stamp, sink: &mut dyn ClientSink) -> bool {
    let connection = entry.connection.as_deref();
    if name == "addIceCandidateOnSuccess" {
        return true;
    }
    for method in NEGOTIATION {
        match name.strip_prefix(method) {
            Some("OnSuccess") => {
                describe(name, connection, &entry.value(), at, sink);
                return true;
            }
            Some("OnFailure") => {
                let reason = entry.text().unwrap_or_else(|| entry.value().to_string());
                emit(
                    EventKind::NegotiationFailure,
                    connection,
                    Some(format!("{method}: {reason}")),
                    at,
                    sink,
                );
                return true;
            }
            _ => {}
        }
    }
    false
}

/// Entries of lib-jitsi-meet and jitsi-meet; whether the entry is one. Their connection ids come from another counter, so
/// they are not used.
fn application_event(name: &str, entry: &Entry<'_>, at: Stamp, sink: &mut dyn ClientSink) -> bool {
    let is_on = entry.is_true();
    let value = entry.value();
    let (kind, detail) = match name {
        "audioMutedChanged" if is_on => (EventKind::AudioMuted, None),
        "audioMutedChanged" => (EventKind::AudioUnmuted, None),
        // Without a connection it concerns a track, which may be a screen.
        "videoMutedChanged" => {
            let kind = match (is_on, entry.connection.is_some()) {
                (true, true) => EventKind::VideoMuted,
                (false, true) => EventKind::VideoUnmuted,
                (true, false) => EventKind::VideoTrackMuted,
                (false, false) => EventKind::VideoTrackUnmuted,
            };
            (kind, None)
        }
        // The value is the screen track's muted flag.
        "screenshareToggled" if is_on => (EventKind::ScreenShareStopped, None),
        "screenshareToggled" => (EventKind::ScreenShareStarted, None),
        "dominantSpeaker" => (EventKind::DominantSpeaker, member(&value, "dominantSpeakerEndpoint")),
        "dominantSpeakerChanged" => (EventKind::BecameDominantSpeaker, None),
        "cpuRestricted" => (EventKind::CpuRestricted, Some(is_on.to_string())),
        "codecChanged" => (EventKind::CodecChanged, Some(value.to_string())),
        "setVideoType" => {
            media::pass_owner(&value, sink);
            let ssrc = value.get("ssrc").map(ToString::to_string).unwrap_or_default();
            let owner =
                member(&value, "ownerEndpointId").map(|owner| format!(" {owner}")).unwrap_or_default();
            (EventKind::VideoType, member(&value, "videoType").map(|kind| format!("{ssrc} {kind}{owner}")))
        }
        "remoteSourceSuspended" => (EventKind::RemoteSourceSuspended, None),
        "remoteSourceInterrupted" => (EventKind::RemoteSourceInterrupted, None),
        "remoteVideoDecoding" => (EventKind::RemoteVideoDecoding, Some(value.to_string())),
        "jvbIceRestarted" => (EventKind::BridgeSessionRestarted, None),
        "iceRestartRequested" => (EventKind::IceRestartRequested, member(&value, "reason")),
        "iceRestartApplied" => (
            EventKind::IceRestartApplied,
            value.get("generation").map(|number| format!("generation {number}")),
        ),
        "stropheDisconnected" => (EventKind::XmppDisconnected, None),
        "stropheReconnected" => (EventKind::XmppReconnected, None),
        "strophe.error" => {
            (EventKind::XmppError, member(&value, "reason").or_else(|| Some(value.to_string())))
        }
        "e2eRtt" => {
            let remote = member(&value, "remoteEndpointId").unwrap_or_default();
            let rtt = value.get("rtt").map(ToString::to_string).unwrap_or_default();
            (EventKind::EndToEndRtt, Some(format!("{remote} {rtt} ms")))
        }
        "conferenceStartTimestamp" => match epoch_ms(&value) {
            Some(start) => (EventKind::ConferenceStart, Some(start.to_string())),
            None => return true,
        },
        "faceLandmarks" => match member(&value, "faceLandmarks").as_deref() {
            Some("camera-on") => (EventKind::VideoUnmuted, None),
            Some("camera-off") => (EventKind::VideoMuted, None),
            _ => return true,
        },
        "facialExpression" | "faceExpression" | "publicIP" => return true,
        _ => return false,
    };
    emit(kind, None, detail, at, sink);
    true
}

/// A member that is text; `None` for `null`, also as text.
fn member(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).filter(|text| *text != "null").and_then(nonempty)
}

fn nonempty(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// A time as a number or as text; `None` for 0.
fn epoch_ms(value: &Value) -> Option<f64> {
    let number = value.as_f64().or_else(|| value.as_str().and_then(|text| text.parse().ok()));
    number.filter(|at_ms| *at_ms > 0.0)
}

/// Whether a connection leads to a peer or to a bridge, by the constraints of old versions of lib-jitsi-meet.
fn topology(constraints: &Value) -> Option<&'static str> {
    let optional = constraints.get("optional")?.as_array()?;
    let p2p = optional.iter().rev().find_map(|item| item.get("rtcStatsSFUP2P")?.as_bool())?;
    Some(if p2p { "p2p" } else { "bridge" })
}

fn label_of_channel(value: &Value) -> Option<String> {
    value.get("0").or_else(|| value.get(1)).and_then(Value::as_str).map(str::to_owned)
}

fn describe(method: &str, connection: Option<&str>, value: &Value, at: Stamp, sink: &mut dyn ClientSink) {
    if let Some(sdp) = value.get("sdp").and_then(Value::as_str) {
        sink.description(at, connection, method, sdp);
    }
}
