//! A bridge's `/debug?full=true`, as it was until 2025: camelCase, and every node of every pipeline.

use serde_json::{Map, Value, json};

use super::leg::Count;
use super::relay::Relay;
use super::sources::name;
use super::subject::Subject;
use crate::simulator::model::Kind;

/// What a packet takes in one node.
const NODE_NS: u64 = 1_450;

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
        transceiver.insert(format!("RTP receiver {}", subject.id()), receiver(subject));
        transceiver.insert(format!("RTP sender {}", subject.id()), sender(subject));
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

fn receiver(subject: &Subject<'_>) -> Value {
    let (leg, rates, age_ms) = (subject.leg, subject.leg.rates(), subject.age_ms());
    let media = Count {
        packets: leg.received.packets - leg.rtcp_received.packets,
        bytes: leg.received.bytes - leg.rtcp_received.bytes,
    };
    let rtcp = leg.rtcp_received;
    let audio = leg.streams.get(&subject.session.audio.ssrc).map(|stream| stream.received).unwrap_or_default();
    let video = Count {
        packets: media.packets.saturating_sub(audio.packets),
        bytes: media.bytes.saturating_sub(audio.bytes),
    };
    let mut nodes = Nodes::new(subject, "rx");
    nodes.add("PacketStreamStats", leg.received, json!({}));
    let paths = json!({"packets_accepted_SRTP path": media.packets, "packets_accepted_SRTCP path": rtcp.packets});
    nodes.add("SRTP/SRTCP demuxer", leg.received, paths);
    nodes.add("RTP Parser", media, json!({}));
    let levels = json!({"num_audio_levels": audio.packets, "num_silence_packets_discarded": 0, "force_mute": false});
    nodes.add("Audio level reader (post-srtp)", media, levels);
    nodes.add("SRTP Decrypt Node", media, srtp(media));
    let tcc = json!({"num_tcc_packets_sent": rtcp.packets, "enabled": true, "num_multiple_tcc_packets": 0});
    nodes.add("TCC generator", media, tcc);
    nodes.add("Incoming statistics tracker", media, tracked(subject));
    let paths = json!({"packets_accepted_Audio path": audio.packets, "packets_accepted_Video path": video.packets});
    nodes.add("Media Type demuxer", media, paths);
    nodes.add("Audio bitrate calculator", audio, rate(rates.audio));
    nodes.add("RTX handler", video, json!({"num_rtx_packets_received": 0, "num_padding_packets_received": 0}));
    nodes.add("Duplicate termination", video, json!({"num_duplicate_packets_dropped": 0}));
    let parsed = json!({"num_keyframes": leg.key_frames, "num_layering_changes": 0, "num_packets_dropped_unknown_pt": 0});
    nodes.add("Video parser", video, parsed);
    nodes.add("Video bitrate calculator", video, rate(rates.video));
    nodes.add("SRTCP Decrypt Node", rtcp, srtp(rtcp));
    let kinds = json!({
        "num_RtcpSrPacket_rx": age_ms / 1_000, "num_RtcpSdesPacket_rx": age_ms / 1_000,
        "num_RtcpRrPacket_rx": age_ms / 1_000, "num_RtcpFbPliPacket_rx": leg.plis,
        "num_RtcpFbTccPacket_rx": rtcp.packets / 2, "num_failed_to_forward": 0,
    });
    nodes.add("RTCP termination", rtcp, kinds);
    nodes.finish(leg.received, true.into())
}

fn sender(subject: &Subject<'_>) -> Value {
    let (leg, age_ms) = (subject.leg, subject.age_ms());
    let media = Count {
        packets: leg.sent.packets - leg.rtcp_sent.packets,
        bytes: leg.sent.bytes - leg.rtcp_sent.bytes,
    };
    let mut nodes = Nodes::new(subject, "tx");
    nodes.add("Packet cache", media, json!({"size": 500, "numInserts": media.packets, "numHits": leg.nacked}));
    let repeated = json!({"num_retransmissions_requested": leg.nacked, "num_retransmissions_rtx_sent": leg.nacked, "num_retransmissions_plain_sent": 0});
    nodes.add("Retransmission sender", Count { packets: leg.nacked, bytes: leg.nacked * 1_100 }, repeated);
    nodes.add("SRTP Encrypt Node", media, srtp(media));
    let requests = json!({
        "wait_interval_ms": (leg.rtt_ms + 10.0) as u64, "num_api_requests": 1, "num_api_requests_dropped": 0,
        "num_plis_forwarded": leg.plis, "num_plis_generated": 1, "num_plis_dropped": 0,
        "num_firs_forwarded": 0, "num_firs_generated": 0, "num_firs_dropped": 0,
    });
    nodes.add("Keyframe Requester", leg.rtcp_sent, requests);
    let kinds = json!({
        "num_RtcpSrPacket_tx": age_ms / 1_000, "num_RtcpRrPacket_tx": age_ms / 1_000,
        "num_RtcpFbTccPacket_tx": leg.rtcp_sent.packets / 2,
    });
    nodes.add("Sent RTCP stats", leg.rtcp_sent, kinds);
    let mut sender = nodes.finish(leg.sent, "true".into());
    let (down, bwe) = (leg.down.sum(), subject.bwe_bps());
    let more = json!({
        "Nack handler": {
            "num_nack_packets_received": leg.nacked / 2, "num_nacked_packets": leg.nacked,
            "num_retransmitted_packets": leg.nacked, "num_packets_not_retransmitted": 0, "num_cache_misses": 0,
        },
        "transportCcEngine": {
            "numPacketsReported": media.packets, "numPacketsReportedLost": leg.nacked, "numDuplicateReports": 0,
            "numPacketsReportedAfterLost": 0, "numPacketsUnreported": 0, "numMissingPacketReports": 0,
        },
        "Bandwidth Estimation": {
            "algorithmName": "GoogleCcEstimator", "currentEstimate": bwe, "latestDelayBasedEstimate": bwe,
            "latestLossFraction": down.lost as f64 / (down.lost + down.received).max(1) as f64,
            "lossDegradedMs": 0, "lossFreeMs": age_ms, "lossLimitedMs": 0, "incomingEstimateExpirations": 0,
        },
    });
    if let (Some(sender), Value::Object(more)) = (sender.as_object_mut(), more) {
        sender.extend(more);
    }
    sender
}

/// What was received, by SSRC.
fn tracked(subject: &Subject<'_>) -> Value {
    let mut rows = Map::new();
    for sent in subject.sent().iter().filter(|sent| sent.stream.received.packets > 0) {
        let (stream, (last, cycles)) = (&sent.stream, sent.sequence());
        let row = json!({
            "num_received_packets": stream.received.packets, "num_received_bytes": stream.received.bytes,
            "num_expected_packets": stream.received.packets + stream.lost,
            "cumulative_packets_lost": stream.lost, "jitter": stream.jitter_ms, "max_seq_num": last,
            "seq_num_cycles": cycles, "duration_active_ms": stream.active_ms, "media_type": sent.media_type(),
        });
        rows.insert(sent.ssrc.to_string(), row);
    }
    Value::Object(rows)
}

fn rate(rate: Count) -> Value {
    json!({"bitrate_bps": rate.bytes * 8, "packet_rate_pps": rate.packets, "active": rate.packets > 0})
}

fn srtp(count: Count) -> Value {
    json!({
        "num_srtp_processed": count.packets, "num_srtp_fail": 0, "num_srtp_auth_fail": 0,
        "num_srtp_replay_fail": 0, "num_srtp_replay_old": 0, "num_srtp_invalid_packet": 0,
    })
}

/// The nodes of a pipeline, each with the number that its object happens to have.
struct Nodes {
    seed: String,
    age_ms: u64,
    nodes: Map<String, Value>,
}

impl Nodes {
    fn new(subject: &Subject<'_>, way: &str) -> Self {
        let seed = format!("{}{}{way}", subject.id(), subject.stay.allocated_ms);
        Self { seed, age_ms: subject.age_ms(), nodes: Map::new() }
    }

    fn add(&mut self, name: &str, count: Count, more: Value) {
        let spent_ns = count.packets * NODE_NS;
        let per_second = |bytes: u64, ms: u64| if ms == 0 { Value::Null } else { json!(bytes as f64 * 8.0 / (ms as f64 * 1_000.0)) };
        let mut node = json!({
            "num_input_packets": count.packets, "num_output_packets": count.packets,
            "num_discarded_packets": 0, "num_input_bytes": count.bytes, "duration_ms": self.age_ms,
            "total_time_spent_ns": spent_ns, "total_time_spent_ms": spent_ns / 1_000_000,
            "average_time_per_packet_ns": if count.packets > 0 { NODE_NS } else { 0 },
            "max_packet_process_time_ms": 0.0614,
            "processing_throughput_mbps": per_second(count.bytes, spent_ns / 1_000_000),
            "throughput_mbps": per_second(count.bytes, self.age_ms),
        });
        if let (Some(node), Value::Object(more)) = (node.as_object_mut(), more) {
            node.extend(more);
        }
        // FNV-1a: any number that stays the same will do.
        let hash = self.seed.bytes().chain(name.bytes()).fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        self.nodes.insert(format!("Node {name} {}", hash & 0x7fff_ffff), node);
    }

    fn finish(mut self, count: Count, running: Value) -> Value {
        let mean = count.bytes as f64 * 8.0 / (self.age_ms.max(1) as f64 * 1_000.0);
        let handler = json!({
            "received_packets": count.packets, "received_bytes": count.bytes,
            "received_duration_ms": self.age_ms, "received_bitrate_mbps": mean,
        });
        self.nodes.insert("Packet handler stats".to_owned(), handler);
        self.nodes.insert("running".to_owned(), running);
        Value::Object(self.nodes)
    }
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
