//! The format of a bridge's `/debug?full=true` until 2025: camelCase, with every node of every pipeline.

use serde_json::{Map, Value, json};

use super::pipelines;
use super::subject::Subject;
use crate::model::Kind;
use crate::servers::leg::Count;
use crate::servers::relay::Relay;
use crate::servers::sources::name;

/// An endpoint.
pub(super) fn endpoint(subject: &Subject<'_>) -> Value {
    let (asked, height) = subject.asked();
    let constraint = json!({"maxHeight": height, "maxFrameRate": -1});
    json!({
        "statsId": subject.session.details.stats_id, "expired": false, "visitor": false,
        "acceptAudio": true, "acceptVideo": true,
        "iceTransport": ice(subject), "dtlsTransport": subject.dtls(),
        "receiverVideoConstraints": {&asked: {"maxHeight": height}},
        "maxReceiverVideoConstraints": {&asked: constraint},
        "messageTransport": subject.messages(),
        "bandwidthProbing": {
            "enabled": true, "latestBwe": subject.bwe_bps(), "seqNum": subject.checks() % 65_536,
            "ts": subject.age_ms() * 90,
        },
        "bitrateController": controller(subject),
        "transceiver": transceiver(subject),
    })
}

fn ice(subject: &Subject<'_>) -> Value {
    json!({
        "useComponentSocket": true, "keepAliveStrategy": "selected_and_tcp",
        "nominationStrategy": "NominateFirstHostOrReflexiveValid", "advertisePrivateCandidates": false,
        "closed": false, "iceConnected": subject.is_connected(), "iceFailed": subject.leg.failed,
        "num_packets_received": subject.leg.received.packets + subject.checks(),
        "num_packets_sent": subject.leg.sent.packets + subject.checks(),
        "num_incoming_packets_dropped_no_handler": 0, "num_outgoing_packets_dropped_stopped": 0,
    })
}

fn controller(subject: &Subject<'_>) -> Value {
    let (leg, allocation) = (subject.leg, &subject.leg.allocation);
    let trusted = subject.age_ms() > 10_000;
    let suspended = allocation.suspended();
    let oversending = leg.is_oversending();
    json!({
        "trust_bwe": trusted, "oversending": oversending, "total_oversending_time_secs": leg.oversending_s,
        "supportsRtx": true, "forwardedSources": subject.forwarded(), "forwardedEndpoints": "[]",
        "bitrate_allocator": {
            "bweBps": subject.bwe_bps(), "trustBwe": trusted,
            "effectiveConstraints": subject.constraints(),
            "allocation": {
                "idealBps": allocation.ideal_bps(), "targetBps": allocation.target_bps(),
                "oversending": oversending, "has_suspended_sources": !suspended.is_empty(),
                "suspended_sources": suspended, "allocations": subject.allocations(),
            },
            "allocationSettings": {
                "on_stage_sources": [], "selected_sources": [],
                "last_n": subject.setting.scenario.last_n.map_or(-1, |last_n| last_n as i64),
                "video_constraints": subject.constraints(),
                "default_constraints": {"maxHeight": 180, "maxFrameRate": -1}, "assumed_bandwidth_bps": -1,
            },
        },
        "packet_handler": {"numDroppedPacketsUnknownSsrc": 0, "adaptiveSourceProjectionMap": {}},
    })
}

fn transceiver(subject: &Subject<'_>) -> Value {
    let mut transceiver = json!({
        "Stream Information Store": {
            "RTP Extensions": {"1": "SSRC_AUDIO_LEVEL", "3": "ABS_SEND_TIME", "5": "TRANSPORT_CC"},
            "RTP Payload Types": {"96": "96 -> VP8 (90000): {}", "111": "111 -> OPUS (48000): {useinbandfec=1}"},
            "supports_pli": true, "supports_fir": true,
        },
        "MediaStreamSources": sources(subject),
        "endpointConnectionStats": subject.connection_stats(),
    });
    if let Some(transceiver) = transceiver.as_object_mut() {
        transceiver.insert(format!("RTP receiver {}", subject.id()), pipelines::receiver(subject));
        transceiver.insert(format!("RTP sender {}", subject.id()), pipelines::sender(subject));
    }
    transceiver
}

fn sources(subject: &Subject<'_>) -> Map<String, Value> {
    let mut sources = Map::new();
    for sent in subject.sent().iter().filter(|sent| sent.kind != Kind::Voice) {
        let kind = if sent.kind == Kind::Camera { "CAMERA" } else { "DESKTOP" };
        let source = sources
            .entry(name(subject.session, sent.kind))
            .or_insert_with(|| json!({"owner": subject.id(), "video_type": kind}));
        let mut encoding = sent.layers("bitrate_bps", false);
        let repair = sent.repair.map_or(Value::from(-1), Value::from);
        encoding.insert("rtx_ssrc".to_owned(), repair);
        encoding.insert("fec_ssrc".to_owned(), (-1).into());
        encoding.insert("eid".to_owned(), sent.place.into());
        encoding.insert("nominal_height".to_owned(), sent.height.into());
        if let Some(source) = source.as_object_mut() {
            source.insert(sent.ssrc.to_string(), Value::Object(encoding));
        }
    }
    sources
}

/// A relay.
pub(super) fn relay(relay: &Relay, rtt_ms: f64, age_ms: u64, to: &str) -> Value {
    let handler = |count: Count| {
        json!({"Packet handler stats": {
            "received_packets": count.packets, "received_bytes": count.bytes, "received_duration_ms": age_ms,
        }})
    };
    let mut transceiver = json!({"endpointConnectionStats": relay.connection_stats(rtt_ms)});
    if let Some(transceiver) = transceiver.as_object_mut() {
        transceiver.insert(format!("RTP receiver {to}"), handler(relay.received));
        transceiver.insert(format!("RTP sender {to}"), handler(relay.sent));
    }
    json!({
        "iceTransport": {
            "iceConnected": true, "iceFailed": false, "closed": false,
            "num_packets_received": relay.received.packets, "num_packets_sent": relay.sent.packets,
        },
        "dtlsTransport": {"is_connected": true, "running": true},
        "transceiver": transceiver, "meshId": "0", "messageTransport": {"numOutgoingMessagesDropped": 0},
        "remoteEndpoints": {}, "endpointsBySsrc": {}, "senders": {},
    })
}
