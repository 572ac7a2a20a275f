//! JVB: a bridge's state in both of its forms, the debug state (camelCase) and `/stats` (snake_case), as one model.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::is_news;
use super::state::{Applied, State, at, names, number, text, yes};
use crate::limits::MAX_ENDPOINTS;
use crate::model::{BridgeEndpoint, BridgeMetric, BridgePoll, MediaSource, ServerSink, Stamp};
use crate::problems::ProblemKind;

/// Endpoints change with every poll; one that two polls in a row do not name has gone.
const MISSED_POLLS: u32 = 2;
/// Pipeline nodes that are read; of the others the old form holds about 40 for each endpoint.
const NODE: &str = "Node ";
const NODES_READ: &[&str] = &["Node Keyframe Requester", "Node Audio level reader"];
/// Parts of the state that are large and say nothing that is read.
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

/// What tells of each stream that comes from an endpoint.
const STATISTICS: &str = "Incoming statistics tracker";

/// Where SSRCs are told.
const SOURCES: &[&str] =
    &["MediaStreamSources", "media_sources", "Stream Information Store", "stream_information_store"];

/// A bridge's dump as it is being read.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Jvb {
    state: State,
    based: bool,
    /// How many polls in a row did not name an endpoint.
    missed: BTreeMap<String, u32>,
    sources: BTreeSet<(u32, String)>,
}

/// Whether a member of a change is read: beside what is kept, what is taken from the change itself.
pub(super) fn reads(key: &str) -> bool {
    keeps(key) || key.trim_start_matches(NODE).starts_with(STATISTICS)
}

/// Whether a member of the state is worth its room.
fn keeps(key: &str) -> bool {
    if key.starts_with(NODE) {
        return NODES_READ.iter().any(|name| key.starts_with(name));
    }
    // Layers of a video are named like `E0S0T1`.
    let is_layer = key.len() < 8 && key.starts_with('E') && key.contains('T');
    !is_layer && !NOT_READ.contains(&key)
}

impl Jvb {
    /// Takes a change of the state.
    pub(super) fn take(&mut self, change: Value, at_poll: Stamp, sink: &mut dyn ServerSink) -> Applied {
        let named: Vec<String> = change
            .get("endpoints")
            .and_then(Value::as_object)
            .map(|endpoints| endpoints.keys().cloned().collect())
            .unwrap_or_default();
        let whole: BTreeSet<String> = named
            .iter()
            .filter(|id| !at(&change, &["endpoints", id, "statsId|stats_id"]).is_null())
            .cloned()
            .collect();
        let tells_sources = |id: &&String| {
            let transceiver = at(&change, &["endpoints", id, "transceiver"]);
            SOURCES.iter().any(|part| transceiver.get(part).is_some())
        };
        let with_sources: BTreeSet<String> = named.iter().filter(tells_sources).cloned().collect();
        let jitters: Vec<Option<f64>> =
            named.iter().map(|id| jitter(at(&change, &["endpoints", id, "transceiver"]))).collect();
        // One that comes back is told in full: nothing of what it was before holds.
        for id in whole.iter().filter(|id| !self.missed.contains_key(*id)) {
            if let Some(endpoints) = self.state.object_mut(&["endpoints"]) {
                endpoints.remove(id);
            }
        }
        // Whoever is not in a whole state that was told before came since, even if the change that said so is lost.
        let known = at(self.state.root(), &["endpoints"]).as_object();
        let is_stranger = |id: &&String| self.based && known.is_none_or(|known| !known.contains_key(*id));
        let strangers: BTreeSet<String> = named.iter().filter(is_stranger).cloned().collect();
        let applied = self.state.apply(change, keeps);
        self.based |= applied.whole;
        if applied.whole {
            self.missed.retain(|id, _| named.contains(id));
        }
        let mut poll = self.conference();
        poll.gone = self.gone(&named);
        for (id, jitter) in named.iter().zip(jitters) {
            if self.missed.len() >= MAX_ENDPOINTS && !self.missed.contains_key(id) {
                sink.problem(ProblemKind::OverLimit, at_poll.line);
                continue;
            }
            let state = at(self.state.root(), &["endpoints", id]);
            if yes(at(state, &["expired"])) == Some(true) {
                if self.missed.remove(id).is_some() {
                    poll.gone.push(id.clone());
                }
                continue;
            }
            let anew =
                self.missed.insert(id.clone(), 0).is_none() && (whole.contains(id) || strangers.contains(id));
            let mut endpoint = endpoint(id, state, anew);
            endpoint.set(BridgeMetric::UpJitter, jitter);
            poll.endpoints.push(endpoint);
            let told = if with_sources.contains(id) { sources(id, state) } else { Vec::new() };
            for source in told {
                if is_news(&mut self.sources, source.ssrc, &source.endpoint) {
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

    /// Who has not been named for so long that they have gone.
    fn gone(&mut self, named: &[String]) -> Vec<String> {
        let mut gone = Vec::new();
        for (id, missed) in self.missed.iter_mut().filter(|(id, _)| !named.contains(id)) {
            *missed += 1;
            if *missed >= MISSED_POLLS {
                gone.push(id.clone());
            }
        }
        for id in &gone {
            self.missed.remove(id);
        }
        gone
    }
}

/// An endpoint as it stands.
fn endpoint(id: &str, state: &Value, anew: bool) -> BridgeEndpoint {
    let transceiver = at(state, &["transceiver"]);
    let (receiver, sender) =
        (side(transceiver, "RTP receiver", "receiver"), side(transceiver, "RTP sender", "sender"));
    let controller = at(state, &["bitrateController|bitrate_controller"]);
    let allocator = at(controller, &["bitrate_allocator"]);
    let allocation = at(allocator, &["allocation"]);
    let link = at(transceiver, &["endpointConnectionStats|endpoint_connection_stats"]);
    let messages = at(state, &["messageTransport|message_transport"]);
    let probing = at(state, &["bandwidthProbing|bandwidth_probing", "latestBwe|latest_bwe"]);
    // That a list has become shorter is not told, but that it is empty is.
    let holds_back = yes(at(allocation, &["has_suspended_sources"])) != Some(false);
    let suspended = if holds_back { names(at(allocation, &["suspended_sources"])) } else { Vec::new() };
    let forwarded = at(controller, &["forwardedSources|forwarded_sources"]);
    let positive = |value: &Value| number(value).filter(|number| *number > 0.0);
    let window = |way: &str, what: &str| number(at(link, &[way, what]));
    let bytes = |side: &Value| {
        number(at(side, &["Packet handler stats", "received_bytes"]))
            .or_else(|| number(at(side, &["PacketStreamStats", "total_bytes"])))
    };
    let mut endpoint = BridgeEndpoint::new(id);
    endpoint.anew = anew;
    endpoint.stats_id = text(at(state, &["statsId|stats_id"])).map(str::to_owned);
    endpoint.visitor = yes(at(state, &["visitor"]));
    let ice = at(state, &["iceTransport|ice_transport"]);
    endpoint.ice = match (yes(at(ice, &["iceFailed"])), yes(at(ice, &["iceConnected"]))) {
        (Some(true), _) => Some("failed"),
        (_, Some(connected)) => Some(if connected { "connected" } else { "new" }),
        _ => None,
    };
    endpoint.dtls = yes(at(state, &["dtlsTransport|dtls_transport", "is_connected"])).map(connected);
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
        (BridgeMetric::Oversending, yes(at(controller, &["oversending"])).map(f64::from)),
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

fn connected(yes: bool) -> &'static str {
    if yes { "connected" } else { "new" }
}

#[expect(clippy::cast_precision_loss, reason = "a number of sources")]
fn size(length: usize) -> f64 {
    length as f64
}

/// A transceiver's side: its name holds the endpoint's id in the old form.
fn side<'a>(transceiver: &'a Value, old: &str, new: &str) -> &'a Value {
    let members = transceiver.as_object().into_iter().flatten();
    let mut found = members.filter(|(key, _)| key.starts_with(old) || *key == new).map(|(_, side)| side);
    found.next().unwrap_or(&Value::Null)
}

/// A side's nodes of this kind: their names end with a number in the old form.
fn nodes<'a>(side: &'a Value, kind: &'a str) -> impl Iterator<Item = &'a Value> {
    let members = side.as_object().into_iter().flatten();
    members.filter(move |(key, _)| key.trim_start_matches(NODE).starts_with(kind)).map(|(_, node)| node)
}

/// How many packets with an audio level came; two nodes may count them.
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

/// PLI and FIR that went to the endpoint.
fn keyframe_requests(sender: &Value) -> Option<f64> {
    const SENT: &[&str] =
        &["num_plis_generated", "num_plis_forwarded", "num_firs_generated", "num_firs_forwarded"];
    let node = nodes(sender, "Keyframe Requester").next()?;
    SENT.iter().filter_map(|key| number(at(node, &[key]))).reduce(|a, b| a + b)
}

/// The sum of an object's numbers; `None` where it has none.
fn sum(counts: &Value) -> Option<f64> {
    counts.as_object()?.values().filter_map(number).reduce(|a, b| a + b)
}

/// Whose SSRCs are whose: video by its encodings, audio by the list of what is received.
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
