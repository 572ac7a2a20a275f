//! The facts of an endpoint in a bridge's state, read from both formats.

use serde_json::Value;
use simulator::{Spelling, TrueLoss, TruePoll};

/// The facts of one endpoint.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Facts {
    pub(crate) stats_id: String,
    pub(crate) rtt_ms: f64,
    /// Lost and received packets of the last minute: uplink, downlink.
    pub(crate) windows: [(u64, u64); 2],
    /// Packets received and sent.
    pub(crate) packets: (u64, u64),
    pub(crate) received_bytes: u64,
    pub(crate) bwe_bps: u64,
    pub(crate) ideal_bps: u64,
    pub(crate) target_bps: u64,
    pub(crate) oversending: bool,
    pub(crate) oversending_s: u64,
    pub(crate) forwarded: String,
    pub(crate) suspended: Vec<String>,
    pub(crate) ice: (bool, bool),
    pub(crate) dtls: bool,
    pub(crate) messages: Value,
    /// Each source's owner, kind and encodings.
    pub(crate) sources: Vec<(String, String, String, Vec<u32>)>,
}

fn at<'a>(value: &'a Value, path: &str) -> &'a Value {
    value.pointer(path).unwrap_or_else(|| panic!("no {path} in {value}"))
}

fn whole(value: &Value, path: &str) -> u64 {
    at(value, path).as_u64().unwrap()
}

fn flag(value: &Value, path: &str) -> bool {
    at(value, path).as_bool().unwrap()
}

fn word(value: &Value, path: &str) -> String {
    at(value, path).as_str().unwrap().to_owned()
}

/// The facts of an endpoint by its id.
pub(crate) fn facts(state: &Value, id: &str, spelling: Spelling) -> Facts {
    let endpoint = at(state, &format!("/endpoints/{id}"));
    match spelling {
        Spelling::Debug => debug(endpoint, id),
        Spelling::Stats => stats(endpoint),
    }
}

fn debug(endpoint: &Value, id: &str) -> Facts {
    let (receiver, sender) =
        (format!("/transceiver/RTP receiver {id}"), format!("/transceiver/RTP sender {id}"));
    let [receiver, sender] = [receiver, sender].map(|side| at(endpoint, &side).clone());
    let stats = at(endpoint, "/transceiver/endpointConnectionStats");
    let allocation = at(endpoint, "/bitrateController/bitrate_allocator/allocation");
    let suspended = allocation["suspended_sources"].as_array().unwrap().iter();
    Facts {
        stats_id: word(endpoint, "/statsId"),
        rtt_ms: stats["rtt"].as_f64().unwrap(),
        windows: windows(stats),
        packets: (
            whole(&receiver, "/Packet handler stats/received_packets"),
            whole(&sender, "/Packet handler stats/received_packets"),
        ),
        received_bytes: whole(&receiver, "/Packet handler stats/received_bytes"),
        bwe_bps: whole(endpoint, "/bitrateController/bitrate_allocator/bweBps"),
        ideal_bps: whole(allocation, "/idealBps"),
        target_bps: whole(allocation, "/targetBps"),
        oversending: flag(endpoint, "/bitrateController/oversending"),
        oversending_s: whole(endpoint, "/bitrateController/total_oversending_time_secs"),
        forwarded: word(endpoint, "/bitrateController/forwardedSources"),
        suspended: suspended.map(|name| name.as_str().unwrap().to_owned()).collect(),
        ice: (flag(endpoint, "/iceTransport/iceConnected"), flag(endpoint, "/iceTransport/iceFailed")),
        dtls: flag(endpoint, "/dtlsTransport/is_connected"),
        messages: at(endpoint, "/messageTransport").clone(),
        sources: sources(at(endpoint, "/transceiver/MediaStreamSources"), ""),
    }
}

fn stats(endpoint: &Value) -> Facts {
    let stats = at(endpoint, "/transceiver/endpoint_connection_stats");
    let allocation = at(endpoint, "/bitrate_controller/bitrate_allocator/allocation");
    let passed =
        |side: &str, field: &str| whole(endpoint, &format!("/transceiver/{side}/PacketStreamStats/{field}"));
    let suspended = word(allocation, "/suspended_sources");
    let suspended = suspended.trim_matches(['[', ']']).split(", ").filter(|name| !name.is_empty());
    Facts {
        stats_id: word(endpoint, "/stats_id"),
        rtt_ms: stats["rtt"].as_f64().unwrap(),
        windows: windows(stats),
        packets: (passed("receiver", "total_packets"), passed("sender", "total_packets")),
        received_bytes: passed("receiver", "total_bytes"),
        bwe_bps: whole(endpoint, "/bitrate_controller/bitrate_allocator/bweBps"),
        ideal_bps: whole(allocation, "/idealBps"),
        target_bps: whole(allocation, "/targetBps"),
        oversending: flag(endpoint, "/bitrate_controller/oversending"),
        oversending_s: whole(endpoint, "/bitrate_controller/total_oversending_time_secs"),
        forwarded: word(endpoint, "/bitrate_controller/forwarded_sources"),
        suspended: suspended.map(str::to_owned).collect(),
        ice: (flag(endpoint, "/ice_transport/iceConnected"), flag(endpoint, "/ice_transport/iceFailed")),
        dtls: flag(endpoint, "/dtls_transport/is_connected"),
        messages: at(endpoint, "/message_transport").clone(),
        sources: sources(at(endpoint, "/transceiver/media_sources"), "rtp_encoding_"),
    }
}

fn windows(stats: &Value) -> [(u64, u64); 2] {
    ["/incoming_loss_stats", "/outgoing_loss_stats"].map(|way| {
        (whole(stats, &format!("{way}/packets_lost")), whole(stats, &format!("{way}/packets_received")))
    })
}

fn sources(sources: &Value, prefix: &str) -> Vec<(String, String, String, Vec<u32>)> {
    let row = |(name, source): (&String, &Value)| {
        let ssrcs =
            source.as_object().unwrap().keys().filter_map(|key| key.strip_prefix(prefix)?.parse().ok());
        let (owner, kind) = (word(source, "/owner"), word(source, "/video_type"));
        (name.clone(), owner, kind, ssrcs.collect())
    };
    sources.as_object().unwrap().iter().map(row).collect()
}

/// Compares the facts of an endpoint with the truth at a poll.
pub(crate) fn check(facts: &Facts, truth: &TruePoll) {
    let pair = |loss: TrueLoss| (loss.lost, loss.received);
    assert_eq!(facts.rtt_ms, truth.rtt_ms.unwrap_or(0.0), "{truth:?}");
    assert_eq!(facts.windows, [pair(truth.up), pair(truth.down)], "{truth:?}");
    assert_eq!(facts.packets, (truth.received.packets, truth.sent.packets), "{truth:?}");
    assert_eq!(facts.received_bytes, truth.received.bytes);
    let bps = (facts.bwe_bps, facts.ideal_bps, facts.target_bps);
    assert_eq!(bps, (truth.bwe_bps, truth.ideal_bps, truth.target_bps));
    assert_eq!(facts.oversending, truth.oversending);
    assert_eq!(facts.forwarded, format!("[{}]", truth.forwarded.join(", ")));
    assert_eq!(facts.ice.0, truth.ice_connected);
}
