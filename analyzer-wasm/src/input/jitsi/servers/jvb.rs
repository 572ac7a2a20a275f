//! JVB: the state of a bridge in both of its forms, the debug state (camelCase) and `/stats` (snake_case).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::is_new_source;
use super::state::{Applied, State, at, boolean, names, number, text};
use crate::limits::MAX_ENDPOINTS;
use crate::model::{BridgeEndpoint, BridgeMetric, BridgePoll, MediaSource, ServerSink, Stamp};
use crate::problems::ProblemKind;

/// Endpoints change with every poll; one that is missing from two polls in a row was removed.
const MISSED_POLLS: u32 = 2;
/// Pipeline nodes that are read; of the others the old form holds about 40 for each endpoint.
const NODE: &str = "Node ";
const NODES_READ: &[&str] = &["Node Keyframe Requester", "Node Audio level reader"];
/// Large parts of the state of which nothing is used.
const NOT_READ: &[&str] = &[
    "adaptiveSourceProjectionMap",
    "adaptive_source_projection_map",
    "receiverVideoConstraints",
    "receiver_video_constraints",
    "RTP Extensions",
    "RTP Payload Types",
    "packetQueue",
    "statistics",
    "exporter",
    "allocations",
    "allocationSettings",
    "effectiveConstraints",
    "Bandwidth Estimation",
    "transportCcEngine",
    "transport_cc_engine",
    "Nack handler",
    "Media Type demuxer",
    "RTCP termination",
    "Retransmission sender",
    "SRTCP Decrypt Node",
    "SRTP Decrypt Node",
    "SRTP Encrypt Node",
    "SRTP/SRTCP demuxer",
    "Sent RTCP stats",
    "TCC generator",
    "Video parser",
];

/// The node with the statistics of each stream from an endpoint.
const STATISTICS: &str = "Incoming statistics tracker";

/// The parts of a transceiver that list SSRCs.
const SOURCES: &[&str] =
    &["MediaStreamSources", "media_sources", "Stream Information Store", "stream_information_store"];

/// The state of reading a bridge's dump.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Jvb {
    state: State,
    /// Whether a full state was read.
    has_base: bool,
    /// For each endpoint, how many polls in a row it is missing from.
    missed: BTreeMap<String, u32>,
    sources: BTreeSet<(u32, String)>,
}

/// Whether a member of a change is read: members of the state, and those that are used from the change alone.
pub(super) fn reads(key: &str) -> bool {
    keeps(key) || key.trim_start_matches(NODE).starts_with(STATISTICS)
}

/// Whether a member of the state is kept.
fn keeps(key: &str) -> bool {
    if key.starts_with(NODE) {
        return NODES_READ.iter().any(|name| key.starts_with(name));
    }
    // Layers of a video are changed like `E0S0T1`.
    let is_layer = key.len() < 8 && key.starts_with('E') && key.contains('T');
    !is_layer && !NOT_READ.contains(&key)
}

impl Jvb {
    /// Applies a change of the state and passes on the poll.
    pub(super) fn take(&mut self, change: Value, at_poll: Stamp, sink: &mut dyn ServerSink) -> Applied {
        let changed: Vec<String> = change
            .get("endpoints")
            .and_then(Value::as_object)
            .map(|endpoints| endpoints.keys().cloned().collect())
            .unwrap_or_default();
        let full: BTreeSet<String> = changed
            .iter()
            .filter(|id| !at(&change, &["endpoints", id, "statsId|stats_id"]).is_null())
            .cloned()
            .collect();
        let has_sources = |id: &&String| {
            let transceiver = at(&change, &["endpoints", id, "transceiver"]);
            SOURCES.iter().any(|part| transceiver.get(part).is_some())
        };
        let with_sources: BTreeSet<String> = changed.iter().filter(has_sources).cloned().collect();
        let jitters: Vec<Option<f64>> =
            changed.iter().map(|id| jitter(at(&change, &["endpoints", id, "transceiver"]))).collect();
        // An endpoint that comes back is written in full: its old state does not apply.
        for id in full.iter().filter(|id| !self.missed.contains_key(*id)) {
            if let Some(endpoints) = self.state.object_mut(&["endpoints"]) {
                endpoints.remove(id);
            }
        }
        // An endpoint that is not in the state since the last full one is new, even if the change that added it is lost.
        let known = at(self.state.root(), &["endpoints"]).as_object();
        let is_unknown = |id: &&String| self.has_base && known.is_none_or(|known| !known.contains_key(*id));
        let unknown: BTreeSet<String> = changed.iter().filter(is_unknown).cloned().collect();
        let applied = self.state.apply(change, keeps);
        self.has_base |= applied.is_full;
        if applied.is_full {
            self.missed.retain(|id, _| changed.contains(id));
        }
        let mut poll = self.conference();
        poll.departed = self.take_departed(&changed);
        for (id, jitter) in changed.iter().zip(jitters) {
            if self.missed.len() >= MAX_ENDPOINTS && !self.missed.contains_key(id) {
                sink.problem(ProblemKind::OverLimit, at_poll.line);
                continue;
            }
            let state = at(self.state.root(), &["endpoints", id]);
            if boolean(at(state, &["expired"])) == Some(true) {
                if self.missed.remove(id).is_some() {
                    poll.departed.push(id.clone());
                }
                continue;
            }
            let is_new =
                self.missed.insert(id.clone(), 0).is_none() && (full.contains(id) || unknown.contains(id));
            let mut endpoint = endpoint(id, state, is_new);
            endpoint.set(BridgeMetric::UpJitter, jitter);
            poll.endpoints.push(endpoint);
            let listed = if with_sources.contains(id) { sources(id, state) } else { Vec::new() };
            for source in listed {
                if is_new_source(&mut self.sources, source.ssrc, &source.endpoint) {
                    sink.source(source);
                }
            }
        }
        if at_poll.at_ms.is_finite() {
            sink.bridge(at_poll, &poll);
        }
        applied
    }

    fn conference(&self) -> BridgePoll {
        let root = self.state.root();
        let dominant = text(at(root, &["speechActivity|speech_activity", "dominantEndpoint"]));
        let relays = at(root, &["relays"]).as_object();
        BridgePoll {
            dominant: dominant.map(str::to_owned),
            relays: relays.map(|relays| relays.keys().cloned().collect()).unwrap_or_default(),
            ..BridgePoll::default()
        }
    }

    /// Removes and returns the endpoints that are missing from enough polls.
    fn take_departed(&mut self, changed: &[String]) -> Vec<String> {
        let mut departed = Vec::new();
        for (id, missed) in self.missed.iter_mut().filter(|(id, _)| !changed.contains(id)) {
            *missed += 1;
            if *missed >= MISSED_POLLS {
                departed.push(id.clone());
            }
        }
        for id in &departed {
            self.missed.remove(id);
        }
        departed
    }
}

/// The state of an endpoint.
fn endpoint(id: &str, state: &Value, is_new: bool) -> BridgeEndpoint {
    let transceiver = at(state, &["transceiver"]);
    let (receiver, sender) =
        (side(transceiver, "RTP receiver", "receiver"), side(transceiver, "RTP sender", "sender"));
    let controller = at(state, &["bitrateController|bitrate_controller"]);
    let allocator = at(controller, &["bitrate_allocator"]);
    let allocation = at(allocator, &["allocation"]);
    let link = at(transceiver, &["endpointConnectionStats|endpoint_connection_stats"]);
    let messages = at(state, &["messageTransport|message_transport"]);
    let probing = at(state, &["bandwidthProbing|bandwidth_probing", "latestBwe|latest_bwe"]);
    // A list that became shorter is not written, but one that became empty is.
    let holds_back = boolean(at(allocation, &["has_suspended_sources"])) != Some(false);
    let suspended = if holds_back { names(at(allocation, &["suspended_sources"])) } else { Vec::new() };
    let forwarded = at(controller, &["forwardedSources|forwarded_sources"]);
    let positive = |value: &Value| number(value).filter(|number| *number > 0.0);
    let window = |way: &str, what: &str| number(at(link, &[way, what]));
    let bytes = |side: &Value| {
        number(at(side, &["Packet handler stats", "received_bytes"]))
            .or_else(|| number(at(side, &["PacketStreamStats", "total_bytes"])))
    };
    let mut endpoint = BridgeEndpoint::new(id);
    endpoint.is_new = is_new;
    endpoint.stats_id = text(at(state, &["statsId|stats_id"])).map(str::to_owned);
    endpoint.visitor = boolean(at(state, &["visitor"]));
    let ice = at(state, &["iceTransport|ice_transport"]);
    endpoint.ice = match (boolean(at(ice, &["iceFailed"])), boolean(at(ice, &["iceConnected"]))) {
        (Some(true), _) => Some("failed"),
        (_, Some(connected)) => Some(if connected { "connected" } else { "new" }),
        _ => None,
    };
    endpoint.dtls = boolean(at(state, &["dtlsTransport|dtls_transport", "is_connected"])).map(connected);
    endpoint.sctp = number(at(state, &["sctp", "rx_packets_count"])).map(|count| connected(count > 0.0));
    let values = [
        (BridgeMetric::Rtt, positive(at(link, &["rtt"]))),
        (BridgeMetric::UpLost, window("incoming_loss_stats", "packets_lost")),
        (BridgeMetric::UpArrived, window("incoming_loss_stats", "packets_received")),
        (BridgeMetric::DownLost, window("outgoing_loss_stats", "packets_lost")),
        (BridgeMetric::DownArrived, window("outgoing_loss_stats", "packets_received")),
        (BridgeMetric::BytesUp, bytes(receiver)),
        (BridgeMetric::BytesDown, bytes(sender)),
        (BridgeMetric::IceGeneration, number(at(ice, &["iceGeneration"]))),
        (BridgeMetric::AudioPackets, audio_packets(receiver)),
        (BridgeMetric::Estimate, positive(probing).or_else(|| positive(at(allocator, &["bweBps"])))),
        (BridgeMetric::Ideal, number(at(allocation, &["idealBps"]))),
        (BridgeMetric::Target, number(at(allocation, &["targetBps"]))),
        (BridgeMetric::Oversending, boolean(at(controller, &["oversending"])).map(f64::from)),
        (BridgeMetric::OversendingSeconds, number(at(controller, &["total_oversending_time_secs"]))),
        (BridgeMetric::Forwarded, (!forwarded.is_null()).then(|| size(names(forwarded).len()))),
        (
            BridgeMetric::Suspended,
            (!at(allocation, &["suspended_sources"]).is_null()).then(|| size(suspended.len())),
        ),
        (BridgeMetric::KeyFrameRequests, keyframe_requests(sender)),
        (BridgeMetric::MessagesUp, sum(at(messages, &["received_counts"]))),
        (BridgeMetric::MessagesDown, sum(at(messages, &["sent_counts"]))),
        (BridgeMetric::MessagesDropped, number(at(messages, &["numOutgoingMessagesDropped"]))),
    ];
    for (metric, value) in values {
        endpoint.set(metric, value);
    }
    endpoint.suspended = suspended;
    endpoint
}

fn connected(is_connected: bool) -> &'static str {
    if is_connected { "connected" } else { "new" }
}

#[expect(clippy::cast_precision_loss, reason = "a number of sources")]
fn size(length: usize) -> f64 {
    length as f64
}

/// One side of a transceiver. In the old form its name ends with the id of the endpoint.
fn side<'a>(transceiver: &'a Value, old: &str, new: &str) -> &'a Value {
    let members = transceiver.as_object().into_iter().flatten();
    let mut found = members.filter(|(key, _)| key.starts_with(old) || *key == new).map(|(_, side)| side);
    found.next().unwrap_or(&Value::Null)
}

/// The nodes of this kind. In the old form their names end with a number.
fn nodes<'a>(side: &'a Value, kind: &'a str) -> impl Iterator<Item = &'a Value> {
    let members = side.as_object().into_iter().flatten();
    members.filter(move |(key, _)| key.trim_start_matches(NODE).starts_with(kind)).map(|(_, node)| node)
}

/// The number of received packets with an audio level; two nodes may count them.
fn audio_packets(receiver: &Value) -> Option<f64> {
    nodes(receiver, "Audio level reader")
        .filter_map(|node| number(at(node, &["num_audio_levels"])))
        .reduce(f64::max)
}

/// The mean jitter of the streams whose statistics changed.
fn jitter(transceiver: &Value) -> Option<f64> {
    let receiver = side(transceiver, "RTP receiver", "receiver");
    let streams = nodes(receiver, STATISTICS).filter_map(Value::as_object).flatten();
    let of_stream = streams.filter_map(|(_, stream)| number(stream.get("jitter")?));
    let (sum, count) = of_stream.fold((0.0, 0.0), |(sum, count), jitter| (sum + jitter, count + 1.0));
    (count > 0.0).then(|| sum / count)
}

/// The number of PLI and FIR sent to the endpoint.
fn keyframe_requests(sender: &Value) -> Option<f64> {
    const SENT: &[&str] =
        &["num_plis_generated", "num_plis_forwarded", "num_firs_generated", "num_firs_forwarded"];
    let node = nodes(sender, "Keyframe Requester").next()?;
    SENT.iter().filter_map(|key| number(at(node, &[key]))).reduce(|a, b| a + b)
}

/// The sum of the numbers in an object; `None` if there are none.
fn sum(counts: &Value) -> Option<f64> {
    counts.as_object()?.values().filter_map(number).reduce(|a, b| a + b)
}

/// The sources of an endpoint: video by its encodings, audio by the list of received SSRCs.
fn sources(id: &str, state: &Value) -> Vec<MediaSource> {
    let transceiver = at(state, &["transceiver"]);
    let mut found = Vec::new();
    let described = at(transceiver, &["MediaStreamSources|media_sources"]).as_object();
    for (name, source) in described.into_iter().flatten() {
        let owner = text(at(source, &["owner"])).unwrap_or(id);
        let video_type = text(at(source, &["video_type"])).map(str::to_ascii_lowercase);
        let mut add = |ssrc| {
            found.push(MediaSource {
                ssrc,
                endpoint: owner.to_owned(),
                name: Some(name.clone()),
                kind: Some("video".to_owned()),
                video_type: video_type.clone(),
            });
        };
        for (key, encoding) in source.as_object().into_iter().flatten() {
            let Ok(ssrc) = key.trim_start_matches("rtp_encoding_").parse::<u32>() else { continue };
            add(ssrc);
            if let Some(rtx) = at(encoding, &["rtx_ssrc"]).as_u64().and_then(|ssrc| u32::try_from(ssrc).ok())
            {
                add(rtx);
            }
        }
    }
    let store = at(transceiver, &["Stream Information Store|stream_information_store"]);
    let received = text(at(store, &["Receive SSRC store|receive_ssrc_store", "Receive SSRCs|receive_ssrcs"]));
    let audio = received.and_then(|list| Some(list.split_once("audio=[")?.1.split_once(']')?.0));
    for ssrc in audio.into_iter().flat_map(|list| list.split(',')).filter_map(|ssrc| ssrc.trim().parse().ok())
    {
        let (name, kind) = (None, Some("audio".to_owned()));
        found.push(MediaSource { ssrc, endpoint: id.to_owned(), name, kind, video_type: None });
    }
    found
}
