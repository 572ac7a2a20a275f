//! The nodes of an endpoint's pipelines, as `/debug?full=true` lists them.

use serde_json::{Map, Value, json};

use super::subject::Subject;
use crate::servers::leg::Count;

/// The processing time of a packet in one node.
const NODE_NS: u64 = 1_450;

/// The pipeline that receives from the endpoint.
pub(super) fn receiver(subject: &Subject<'_>) -> Value {
    let (leg, rates, age_ms) = (subject.leg, subject.leg.rates(), subject.age_ms());
    let media = Count {
        packets: leg.received.packets - leg.rtcp_received.packets,
        bytes: leg.received.bytes - leg.rtcp_received.bytes,
    };
    let rtcp = leg.rtcp_received;
    let audio =
        leg.streams.get(&subject.session.audio.ssrc).map(|stream| stream.received).unwrap_or_default();
    let video = Count {
        packets: media.packets.saturating_sub(audio.packets),
        bytes: media.bytes.saturating_sub(audio.bytes),
    };
    let mut nodes = Nodes::new(subject, "rx");
    nodes.add("PacketStreamStats", leg.received, json!({}));
    let paths =
        json!({"packets_accepted_SRTP path": media.packets, "packets_accepted_SRTCP path": rtcp.packets});
    nodes.add("SRTP/SRTCP demuxer", leg.received, paths);
    nodes.add("RTP Parser", media, json!({}));
    let levels =
        json!({"num_audio_levels": audio.packets, "num_silence_packets_discarded": 0, "force_mute": false});
    nodes.add("Audio level reader (post-srtp)", media, levels);
    nodes.add("SRTP Decrypt Node", media, srtp(media));
    let tcc = json!({"num_tcc_packets_sent": rtcp.packets, "enabled": true, "num_multiple_tcc_packets": 0});
    nodes.add("TCC generator", media, tcc);
    nodes.add("Incoming statistics tracker", media, tracked(subject));
    let paths =
        json!({"packets_accepted_Audio path": audio.packets, "packets_accepted_Video path": video.packets});
    nodes.add("Media Type demuxer", media, paths);
    nodes.add("Audio bitrate calculator", audio, rate(rates.audio));
    nodes.add(
        "RTX handler",
        video,
        json!({"num_rtx_packets_received": 0, "num_padding_packets_received": 0}),
    );
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

/// The pipeline that sends to the endpoint.
pub(super) fn sender(subject: &Subject<'_>) -> Value {
    let (leg, age_ms) = (subject.leg, subject.age_ms());
    let media = Count {
        packets: leg.sent.packets - leg.rtcp_sent.packets,
        bytes: leg.sent.bytes - leg.rtcp_sent.bytes,
    };
    let mut nodes = Nodes::new(subject, "tx");
    nodes.add(
        "Packet cache",
        media,
        json!({"size": 500, "numInserts": media.packets, "numHits": leg.nacked}),
    );
    let repeated = json!({"num_retransmissions_requested": leg.nacked, "num_retransmissions_rtx_sent": leg.nacked, "num_retransmissions_plain_sent": 0});
    nodes.add("Retransmission sender", Count { packets: leg.nacked, bytes: leg.nacked * 1_100 }, repeated);
    nodes.add("SRTP Encrypt Node", media, srtp(media));
    let requests = json!({
        "wait_interval_ms": (leg.rtt_ms + 10.0) as u64, "num_api_requests": 1, "num_api_requests_dropped": 0,
        "num_plis_forwarded": leg.plis, "num_plis_generated": Subject::OWN_KEYFRAME_REQUESTS, "num_plis_dropped": 0,
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

/// The received streams by SSRC.
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

/// The nodes of a pipeline, each with the hash code of its object.
struct Nodes {
    seed: String,
    age_ms: u64,
    nodes: Map<String, Value>,
}

impl Nodes {
    fn new(subject: &Subject<'_>, way: &str) -> Self {
        let seed = format!("{}{}{way}", subject.id(), subject.presence.allocated_ms);
        Self { seed, age_ms: subject.age_ms(), nodes: Map::new() }
    }

    fn add(&mut self, name: &str, count: Count, more: Value) {
        let spent_ns = count.packets * NODE_NS;
        let per_second = |bytes: u64, ms: u64| {
            if ms == 0 { Value::Null } else { json!(bytes as f64 * 8.0 / (ms as f64 * 1_000.0)) }
        };
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
        // FNV-1a; any stable number is sufficient.
        let hash = self
            .seed
            .bytes()
            .chain(name.bytes())
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
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
