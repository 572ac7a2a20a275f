//! The format of a bridge's `/stats` since 2025: snake_case, smaller, without a time and without losses per stream.

use serde_json::{Map, Value, json};

use super::subject::Subject;
use crate::model::Kind;
use crate::servers::leg::Count;
use crate::servers::relay::Relay;
use crate::servers::sources::name;

/// An endpoint.
pub(super) fn endpoint(subject: &Subject<'_>) -> Value {
    let (asked, height) = subject.asked();
    json!({
        "stats_id": subject.session.details.stats_id, "expired": false, "visitor": false, "diarize": false,
        "cryptex": false, "accept_audio": true, "accept_video": true,
        "receiver_video_constraints": {&asked: {"max_height": height}},
        "max_receiver_video_constraints": format!("{{{asked}=VideoConstraints(maxHeight={height}, maxFrameRate=-1.0)}}"),
        "bitrate_controller": controller(subject),
        "bandwidth_probing": {
            "enabled": true, "latest_bwe": subject.bwe_bps(), "last_total_needed_bps": 0,
            "last_max_padding_bps": 0, "last_padding_bps": 0, "probing_bps": 0,
        },
        "ice_transport": ice(subject), "dtls_transport": subject.dtls(),
        "transceiver": transceiver(subject), "message_transport": subject.messages(),
        "sctp": sctp(subject),
    })
}

fn ice(subject: &Subject<'_>) -> Value {
    let generation = subject.leg.generation;
    let ids = subject.session.ice.get(generation).or(subject.session.ice.first());
    json!({
        "keepAliveStrategy": "selected_and_tcp", "nominationStrategy": "NominateBestRTT",
        "advertisePrivateCandidates": true, "closed": false, "iceWriteable": subject.is_connected(),
        "iceConnected": subject.is_connected(), "iceFailed": subject.leg.failed,
        "localUfrag": ids.map_or("", |ids| &*ids.remote_ufrag), "iceGeneration": generation,
        "restartPending": false,
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
    let constraints: Vec<String> = allocation
        .sources
        .iter()
        .map(|source| {
            format!(
                "{}=VideoConstraints(maxHeight={}, maxFrameRate=-1.0)",
                source.source, source.ideal.height
            )
        })
        .collect();
    json!({
        "bitrate_allocator": {
            "trustBwe": trusted, "bweBps": subject.bwe_bps(),
            "allocation": {
                "idealBps": allocation.ideal_bps(), "targetBps": allocation.target_bps(),
                "oversending": oversending, "has_suspended_sources": !suspended.is_empty(),
                "suspended_sources": format!("[{}]", suspended.join(", ")),
                "allocations": subject.allocations(),
            },
            "allocationSettings": {
                "on_stage_sources": [], "selected_sources": [],
                "last_n": subject.setting.scenario.last_n.map_or(-1, |last_n| last_n as i64),
            },
            "effectiveConstraints": format!("{{{}}}", constraints.join(", ")),
        },
        "packet_handler": {"num_dropped_packets_unknown_ssrc": 0, "adaptive_source_projection_map": {}},
        "forwarded_sources": subject.forwarded(), "oversending": oversending,
        "total_oversending_time_secs": leg.oversending_s, "supports_rtx": true, "trust_bwe": trusted,
    })
}

fn transceiver(subject: &Subject<'_>) -> Value {
    json!({
        "stream_information_store": {"supports_pli": true, "supports_fir": true},
        "media_sources": sources(subject),
        "endpoint_connection_stats": subject.connection_stats(),
        "receiver": receiver(subject),
        "sender": sender(subject),
    })
}

fn sources(subject: &Subject<'_>) -> Map<String, Value> {
    let mut sources = Map::new();
    for sent in subject.sent().iter().filter(|sent| sent.kind != Kind::Voice) {
        let kind = if sent.kind == Kind::Camera { "CAMERA" } else { "DESKTOP" };
        let source = sources
            .entry(name(subject.session, sent.kind))
            .or_insert_with(|| json!({"owner": subject.id(), "video_type": kind}));
        let mut encoding = sent.layers("bitrate_bps", true);
        let repair = sent.repair.map_or(Value::from(-1), Value::from);
        encoding.insert("rtx_ssrc".to_owned(), repair);
        encoding.insert("fec_ssrc".to_owned(), (-1).into());
        encoding.insert("eid".to_owned(), sent.place.into());
        encoding.insert("nominal_height".to_owned(), sent.height.into());
        if let Some(source) = source.as_object_mut() {
            source.insert(format!("rtp_encoding_{}", sent.ssrc), Value::Object(encoding));
        }
    }
    sources
}

fn receiver(subject: &Subject<'_>) -> Value {
    let (leg, rates, age_ms) = (subject.leg, subject.leg.rates(), subject.age_ms());
    let audio =
        leg.streams.get(&subject.session.audio.ssrc).map(|stream| stream.received).unwrap_or_default();
    let media = leg.received.packets - leg.rtcp_received.packets;
    let rate = Count {
        packets: rates.audio.packets + rates.video.packets,
        bytes: rates.audio.bytes + rates.video.bytes,
    };
    json!({
        "PacketStreamStats": passed(leg.received, rate),
        "SRTP/SRTCP demuxer": {
            "packets_accepted_SRTP path": media, "packets_accepted_SRTCP path": leg.rtcp_received.packets,
        },
        "Audio level reader (post-srtp)": {
            "num_audio_levels": audio.packets, "num_silence_packets_discarded": 0, "force_mute": false,
        },
        "SRTP Decrypt Node": srtp(media),
        "SRTCP Decrypt Node": srtp(leg.rtcp_received.packets),
        "TCC generator": {"num_tcc_packets_sent": leg.rtcp_received.packets, "enabled": true},
        "Media Type demuxer": {
            "packets_accepted_Audio path": audio.packets,
            "packets_accepted_Video path": media.saturating_sub(audio.packets),
        },
        "RTX handler": {"num_rtx_packets_received": 0, "num_padding_packets_received": 0},
        "Duplicate termination": {"num_duplicate_packets_dropped": 0},
        "Padding termination": {"num_padded_packets_seen": 0, "num_padding_only_packets_seen": 0},
        "Video parser": {
            "num_keyframes": leg.key_frames, "num_layering_changes": 0, "num_packets_dropped_unknown_pt": 0,
        },
        "Video mute node": {"num_video_packets_discarded": 0, "force_mute": false},
        "RTCP termination": {
            "num_RtcpSrPacket_rx": age_ms / 1_000, "num_RtcpRrPacket_rx": age_ms / 1_000,
            "num_RtcpFbPliPacket_rx": leg.plis, "num_failed_to_forward": 0,
        },
    })
}

fn sender(subject: &Subject<'_>) -> Value {
    let (leg, age_ms, bwe_bps) = (subject.leg, subject.age_ms(), subject.bwe_bps());
    let media = leg.sent.packets - leg.rtcp_sent.packets;
    let down = leg.down.sum();
    json!({
        "num_nack_packets_received": leg.nacked / 2, "num_nacked_packets": leg.nacked,
        "num_retransmitted_packets": leg.nacked, "num_packets_not_retransmitted": 0, "num_cache_misses": 0,
        "probing_data_sender": {
            "num_bytes_of_probing_data_sent_as_rtx": 0, "num_bytes_of_probing_data_sent_as_dummy": 0,
            "rtx_supported": true,
        },
        "local_video_ssrc": "null", "local_audio_ssrc": "null",
        "transport_cc_engine": {
            "name": "ClassicTransportCcEngine", "numPacketsReported": media, "numPacketsReportedLost": leg.nacked,
            "numDuplicateReports": 0, "numPacketsReportedAfterLost": 0, "numPacketsUnreported": 0,
            "numMissingPacketReports": 0,
            "bandwidth_estimator_stats": {
                "algorithmName": "GoogleCcEstimator", "currentEstimate": bwe_bps,
                "latestDelayBasedEstimate": bwe_bps,
                "latestLossFraction": down.lost as f64 / (down.lost + down.received).max(1) as f64,
                "lossDegradedMs": 0, "lossFreeMs": age_ms, "lossLimitedMs": 0,
            },
        },
        "PacketStreamStats": passed(leg.sent, leg.rates().sent),
        "SRTP Encrypt Node": srtp(media),
        "Retransmission sender": {
            "num_retransmissions_requested": leg.nacked, "num_retransmissions_rtx_sent": leg.nacked,
            "num_retransmissions_plain_sent": 0,
        },
        "Keyframe Requester": {
            "wait_interval_ms": (leg.rtt_ms + 10.0) as u64, "num_api_requests": 1, "num_plis_forwarded": leg.plis,
            "num_plis_generated": Subject::OWN_KEYFRAME_REQUESTS, "num_plis_dropped": 0, "num_firs_forwarded": 0, "num_firs_generated": 0,
        },
        "Sent RTCP stats": {
            "num_RtcpSrPacket_tx": age_ms / 1_000, "num_RtcpRrPacket_tx": age_ms / 1_000,
            "num_RtcpFbTccPacket_tx": leg.rtcp_sent.packets / 2,
        },
    })
}

fn passed(total: Count, rate: Count) -> Value {
    json!({
        "bitrate_bps": rate.bytes * 8, "packetrate": rate.packets, "total_bytes": total.bytes,
        "total_packets": total.packets,
    })
}

fn srtp(packets: u64) -> Value {
    json!({"num_srtp_processed": packets, "num_srtp_fail": 0, "num_srtp_auth_fail": 0, "num_srtp_replay_fail": 0})
}

fn sctp(subject: &Subject<'_>) -> Value {
    let sum = |counts: &std::collections::BTreeMap<&str, u64>| counts.values().sum::<u64>();
    let (sent, received) = (sum(&subject.leg.messages_sent), sum(&subject.leg.messages_received));
    json!({
        "tx_packets_count": sent * 2 + 4, "rx_packets_count": received * 2 + 4, "tx_messages_count": sent,
        "rx_messages_count": received, "rtx_packets_count": 0, "rtx_bytes_count": 0, "cwnd_bytes": 11_900,
        "srtt_ms": (subject.leg.rtt_ms + 1.0) as u64,
    })
}

/// A relay.
pub(super) fn relay(relay: &Relay, rtt_ms: f64) -> Value {
    json!({
        "ice_transport": {
            "iceConnected": true, "iceFailed": false, "closed": false,
            "num_packets_received": relay.received.packets, "num_packets_sent": relay.sent.packets,
        },
        "dtls_transport": {"is_connected": true, "running": true},
        "transceiver": {
            "endpoint_connection_stats": relay.connection_stats(rtt_ms),
            "receiver": {"PacketStreamStats": {"total_packets": relay.received.packets, "total_bytes": relay.received.bytes}},
            "sender": {"PacketStreamStats": {"total_packets": relay.sent.packets, "total_bytes": relay.sent.bytes}},
        },
        "mesh_id": "0", "message_transport": {"numOutgoingMessagesDropped": 0},
    })
}
