//! The state of a conference on a bridge, and the truth about it.

use serde_json::{Map, Value, json};

use super::subject::Subject;
use super::{Second, debug, stats};
use crate::deployment::{Bridge, Spelling};
use crate::server_truth::{TrueCount, TrueLoss, TruePoll};
use crate::servers::leg::Count;
use crate::servers::plan::Setting;
use crate::servers::presences::{BridgePresence, Conference};
use crate::servers::window::Window;

/// An endpoint on the bridge.
pub(super) fn subject<'a>(
    second: Second<'a>,
    place: usize,
    presence: &'a BridgePresence,
    at_ms: u64,
) -> Option<Subject<'a>> {
    let setting = second.setting;
    Some(Subject {
        setting,
        session: setting.sessions.get(presence.session)?,
        repairs: setting.plan.repairs.get(presence.session)?,
        presence,
        leg: second.legs.get(place)?,
        at_ms,
        asked: second
            .network
            .ideal
            .iter()
            .filter_map(|view| view.get(presence.session).copied().flatten())
            .max(),
    })
}

/// The complete state, in the format of the bridge.
pub(super) fn state(
    setting: Setting<'_>,
    conference: &Conference,
    bridge: &Bridge,
    subjects: &[(usize, Subject<'_>)],
    relays: Map<String, Value>,
    at_ms: u64,
) -> Value {
    let scenario = setting.scenario;
    let clock_ms = |at_ms: u64| (scenario.start_ms + at_ms).saturating_add_signed(bridge.host.clock_ahead_ms);
    let endpoint = match bridge.spelling {
        Spelling::Debug => debug::endpoint,
        Spelling::Stats => stats::endpoint,
    };
    let endpoints: Map<String, Value> =
        subjects.iter().map(|(_, subject)| (subject.id().to_owned(), endpoint(subject))).collect();
    let id = |index: usize| setting.sessions.get(index).map(|session| session.presence.endpoint_id.as_str());
    let dominant = setting.plan.dominant(at_ms).and_then(id).unwrap_or("null");
    match bridge.spelling {
        Spelling::Debug => {
            let order: Vec<&str> = setting.by_speech(at_ms).into_iter().filter_map(id).collect();
            json!({
                "id": conference.id, "name": setting.room(), "meeting_id": scenario.meeting_id,
                "expired": false, "creationTime": clock_ms(conference.time.from_ms),
                "timestamp": clock_ms(at_ms), "relays": relays,
                "speechActivity": {
                    "dominantEndpoint": dominant, "dominantSpeakerIdentification": null,
                    "endpointsBySpeechActivity": order, "endpointsInLastNOrder": order,
                },
                "statistics": {
                    "total_bytes_received": 0, "total_bytes_sent": 0, "total_packets_received": 0,
                    "total_packets_sent": 0, "total_relay_bytes_received": 0, "total_relay_bytes_sent": 0,
                    "total_relay_packets_received": 0, "total_relay_packets_sent": 0,
                    "dtls_failed_endpoints": 0, "has_failed_endpoint": false, "has_succeeded_endpoint": true,
                },
                "endpoints": endpoints,
            })
        }
        Spelling::Stats => json!({
            "id": conference.id, "rtcstatsEnabled": true, "name": setting.room(),
            "meeting_id": scenario.meeting_id, "speech_activity": {"dominantEndpoint": dominant},
            "relays": relays, "exporter": {}, "audio_subscriptions": {}, "endpoints": endpoints,
        }),
    }
}

/// The truth of one endpoint at a poll.
pub(super) fn poll(subject: &Subject<'_>, written: bool) -> TruePoll {
    let leg = subject.leg;
    let loss = |window: &Window| {
        let sum = window.sum();
        TrueLoss { lost: sum.lost, received: sum.received }
    };
    let count = |count: Count| TrueCount { packets: count.packets, bytes: count.bytes };
    let names = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    TruePoll {
        at_ms: subject.setting.scenario.start_ms + subject.at_ms,
        written,
        ice_connected: subject.is_connected(),
        ice_failed: leg.failed,
        rtt_ms: Some(leg.rtt_ms).filter(|rtt_ms| *rtt_ms > 0.0),
        up: loss(&leg.up),
        down: loss(&leg.down),
        received: count(leg.received),
        sent: count(leg.sent),
        bwe_bps: subject.bwe_bps(),
        ideal_bps: leg.allocation.ideal_bps(),
        target_bps: leg.allocation.target_bps(),
        oversending: leg.is_oversending(),
        oversending_s: leg.oversending_s,
        keyframe_requests: leg.plis + Subject::OWN_KEYFRAME_REQUESTS,
        messages_received: leg.messages_received.values().sum(),
        messages_sent: leg.messages_sent.values().sum(),
        forwarded: names(leg.allocation.forwarded()),
        suspended: names(leg.allocation.suspended()),
    }
}
