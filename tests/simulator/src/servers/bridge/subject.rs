//! One endpoint at one poll: the values that both formats of a bridge's state share.

use serde_json::{Map, Value, json};

use crate::model::{Kind, LAYERS, SCREEN};
use crate::servers::allocation::{Allocated, Encoding};
use crate::servers::leg::{Leg, Stream};
use crate::servers::plan::Setting;
use crate::servers::presences::BridgePresence;
use crate::servers::sources::{Repairs, name};
use crate::servers::window::Window;
use crate::session::{Session, Source};

/// The frame rates of an encoding's temporal layers, and their shares of its bitrate.
const TEMPORAL: [(f64, f64); 3] = [(7.5, 0.5), (15.0, 0.75), (30.0, 1.0)];
/// The number of sequence numbers before the wraparound.
const SEQUENCES: u64 = 65_536;

/// One endpoint at one poll.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    pub(super) setting: Setting<'a>,
    pub(super) session: &'a Session,
    pub(super) repairs: &'a Repairs,
    pub(super) presence: &'a BridgePresence,
    pub(super) leg: &'a Leg,
    pub(super) at_ms: u64,
    /// The largest camera layer that a receiver requests.
    pub(super) asked: Option<usize>,
}

/// One stream of the endpoint.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sent {
    pub(super) ssrc: u32,
    pub(super) kind: Kind,
    /// The index among the source's encodings.
    pub(super) place: usize,
    pub(super) height: u32,
    pub(super) repair: Option<u32>,
    pub(super) stream: Stream,
}

impl<'a> Subject<'a> {
    /// Keyframe requests by the bridge itself, when an endpoint joins.
    pub(super) const OWN_KEYFRAME_REQUESTS: u64 = 1;

    /// Its streams. That of the screen only while it is shared.
    pub(super) fn sent(&self) -> Vec<Sent> {
        let sent = |kind: Kind, place: usize, height: u32, source: &'a Source| Sent {
            ssrc: source.ssrc,
            kind,
            place,
            height,
            repair: self.repairs.of(kind, place),
            stream: self.leg.streams.get(&source.ssrc).copied().unwrap_or_default(),
        };
        let mut all = vec![sent(Kind::Voice, 0, 0, &self.session.audio)];
        let layers = self.session.camera.iter().zip(LAYERS).enumerate();
        all.extend(layers.map(|(place, (source, layer))| sent(Kind::Camera, place, layer.height, source)));
        if self.setting.shares(self.session, self.at_ms) {
            all.push(sent(Kind::Screen, 0, SCREEN.height, &self.session.screen));
        }
        all
    }

    pub(super) fn id(&self) -> &'a str {
        &self.session.presence.endpoint_id
    }

    /// The time since ICE was connected.
    pub(super) fn age_ms(&self) -> u64 {
        self.at_ms.saturating_sub(self.presence.connected_ms)
    }

    pub(super) fn is_connected(&self) -> bool {
        !self.leg.failed && self.presence.connected_ms <= self.at_ms
    }

    /// The name and height of the requested video.
    pub(super) fn asked(&self) -> (String, u32) {
        let height = self.asked.and_then(|layer| LAYERS.get(layer)).map_or(0, |layer| layer.height);
        (name(self.session, Kind::Camera), height)
    }

    /// The round-trip time, and the loss of the last minute by direction.
    pub(super) fn connection_stats(&self) -> Value {
        let loss = |window: &Window| {
            let sum = window.sum();
            json!({"packets_lost": sum.lost, "packets_received": sum.received})
        };
        json!({
            "rtt": self.leg.rtt_ms,
            "incoming_loss_stats": loss(&self.leg.up),
            "outgoing_loss_stats": loss(&self.leg.down),
        })
    }

    /// The allocation's sources, by name.
    pub(super) fn allocations(&self) -> Map<String, Value> {
        let encoding = |encoding: &Encoding| {
            json!({
                "height": encoding.height, "frameRate": Encoding::FPS, "bitrate_bps": encoding.bps,
                "index": encoding.index(), "indexString": encoding.name(), "tid": 2, "sid": 0,
            })
        };
        let row = |allocated: &Allocated| {
            let target = allocated.target.as_ref().map_or(Value::Null, encoding);
            (allocated.source.clone(), json!({"ideal": encoding(&allocated.ideal), "target": target}))
        };
        self.leg.allocation.sources.iter().map(row).collect()
    }

    /// The endpoint's constraints for each source.
    pub(super) fn constraints(&self) -> Map<String, Value> {
        let row = |allocated: &Allocated| {
            let constraint = json!({"maxHeight": allocated.ideal.height, "maxFrameRate": -1});
            (allocated.source.clone(), constraint)
        };
        self.leg.allocation.sources.iter().map(row).collect()
    }

    /// The forwarded sources in the format of Java's `List.toString`.
    pub(super) fn forwarded(&self) -> String {
        format!("[{}]", self.leg.allocation.forwarded().join(", "))
    }

    pub(super) fn messages(&self) -> Value {
        json!({
            "numOutgoingMessagesDropped": 0, "sent_counts": self.leg.messages_sent, "received_counts": self.leg.messages_received,
        })
    }

    pub(super) fn dtls(&self) -> Value {
        let packets = if self.is_connected() { 9 } else { 0 };
        json!({
            "is_connected": self.presence.connected_ms + 35 <= self.at_ms, "running": true,
            "role": "org.jitsi.nlj.dtls.DtlsServer@51c2b7e0",
            "num_packets_received": packets, "num_packets_sent": packets,
            "num_incoming_packets_dropped_no_handler": 0, "num_outgoing_packets_dropped_no_handler": 0,
        })
    }

    /// The number of packets of ICE checks in a direction.
    pub(super) fn checks(&self) -> u64 {
        self.age_ms() / 2_500 * 2
    }

    /// The bandwidth estimate.
    pub(super) fn bwe_bps(&self) -> u64 {
        self.leg.bwe_bps as u64
    }
}

impl Sent {
    /// The layers of its encoding, by name; `rate` is the format's name of the bitrate field.
    pub(super) fn layers(&self, rate: &str, more: bool) -> Map<String, Value> {
        let mut layers = Map::new();
        for (temporal, (fps, share)) in TEMPORAL.iter().enumerate() {
            let name = format!("E{}S0T{temporal}", self.place);
            let bps = (self.stream.bps as f64 * share) as u64;
            let mut layer = json!({
                "frameRate": fps, "height": self.height, "index": self.place * 64 + temporal,
                "tid": temporal, "sid": 0,
            });
            if let Some(layer) = layer.as_object_mut() {
                layer.insert(rate.to_owned(), bps.into());
                if more {
                    layer.insert("target_bitrate".to_owned(), bps.into());
                    layer.insert("indexString".to_owned(), name.clone().into());
                }
            }
            layers.insert(name, layer);
        }
        layers
    }

    /// The last sequence number and the number of wraparounds.
    pub(super) fn sequence(&self) -> (u64, u64) {
        let last = u64::from(self.ssrc) % 30_000 + self.stream.received.packets + self.stream.lost;
        (last % SEQUENCES, last / SEQUENCES)
    }

    pub(super) fn media_type(&self) -> &'static str {
        if self.kind == Kind::Voice { "audio" } else { "video" }
    }
}
