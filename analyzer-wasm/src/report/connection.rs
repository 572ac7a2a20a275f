//! One peer connection and its RTP streams, in the words of W3C webrtc-stats.

use serde::{Deserialize, Serialize};

use super::Distribution;

/// One `RTCPeerConnection`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Connection {
    /// Its name in the dump, for example `PC_0`.
    pub id: String,
    /// The dump it is in.
    pub file: String,
    /// Peer to peer (`true`), through a bridge (`false`), or not said.
    pub p2p: Option<bool>,
    /// First poll.
    pub from_ms: Option<f64>,
    /// Last poll.
    pub to_ms: Option<f64>,
    /// How many stats polls were read.
    pub polls: u64,
    /// Median time between polls.
    pub poll_ms: Option<f64>,
    /// The last `connectionState`.
    pub state: Option<String>,
    /// The last `iceConnectionState`.
    pub ice_state: Option<String>,
    /// The last DTLS state.
    pub dtls_state: Option<String>,
    /// Round trip over every poll that had one.
    pub rtt_ms: Option<Distribution>,
    /// Mean `availableOutgoingBitrate`.
    pub available_out_bps: Option<f64>,
    /// Packets sent over all streams.
    pub packets_sent: u64,
    /// Packets that the other side reported lost.
    pub packets_sent_lost: u64,
    /// Packets received over all streams.
    pub packets_received: u64,
    /// Packets lost on the way here.
    pub packets_received_lost: u64,
    /// The candidate pair that was last selected.
    pub selected_pair: Option<CandidatePair>,
    /// Its streams, sent ones first.
    pub streams: Vec<Stream>,
}

/// Which way a stream flows, seen from the participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// `outbound-rtp`.
    Outbound,
    /// `inbound-rtp`.
    Inbound,
}

/// Audio or video.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MediaKind {
    /// `kind: "audio"`.
    Audio,
    /// `kind: "video"`.
    Video,
}

/// One RTP stream.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stream {
    /// Its number within the connection: what the page asks columns by.
    pub index: u32,
    /// Which way it flows.
    pub direction: Direction,
    /// Audio or video, where the report says.
    pub kind: Option<MediaKind>,
    /// Its SSRC.
    pub ssrc: Option<u32>,
    /// Who sent it, by key: of received streams, where it is known and not contradicted.
    pub sender: Option<String>,
    /// Its track, as the dump names it.
    pub track: Option<String>,
    /// Its codec's MIME type.
    pub codec: Option<String>,
    /// First poll that had it.
    pub from_ms: f64,
    /// Last poll that had it.
    pub to_ms: f64,
    /// Packets sent or received.
    pub packets: u64,
    /// Packets lost: reported by the other side for sent streams.
    pub packets_lost: u64,
    /// `packets_lost` as a share: of those sent, or of those expected here.
    pub loss_ratio: Option<f64>,
    /// Mean RTP payload rate.
    pub bitrate_bps: Option<f64>,
    /// Jitter, as measured by whoever received it.
    pub jitter_ms: Option<Distribution>,
    /// Round trip by RTCP, for sent streams.
    pub rtt_ms: Option<Distribution>,
    /// Mean frame rate while frames came.
    pub fps: Option<f64>,
    /// Median frame height by time.
    pub height: Option<f64>,
    /// Median frame width by time.
    pub width: Option<f64>,
    /// Time that received video stood still.
    pub freeze_ms: Option<f64>,
    /// How often.
    pub freezes: Option<f64>,
    /// Time of pauses: no frame for more than 5 s, be it an outage or a camera switched off.
    pub pause_ms: Option<f64>,
    /// Concealed, not silent, samples ÷ all received.
    pub concealed_ratio: Option<f64>,
    /// Time limited by this machine's CPU, for sent video.
    pub cpu_limited_ms: Option<f64>,
    /// Time limited by bandwidth, for sent video.
    pub bandwidth_limited_ms: Option<f64>,
}

/// The two ends of a path.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CandidatePair {
    /// The id of the `candidate-pair` report.
    pub id: Option<String>,
    /// Whether either end is a TURN relay; `null` where neither type is known.
    pub relay: Option<bool>,
    /// This end.
    pub local: CandidateEnd,
    /// The other end.
    pub remote: CandidateEnd,
}

/// One ICE candidate, as far as the dump shows it (addresses are often masked by the client).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CandidateEnd {
    /// `host`, `srflx`, `prflx` or `relay`.
    pub kind: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// Its port.
    pub port: Option<u16>,
    /// `udp` or `tcp`; for a relay the protocol to the TURN server, where known.
    pub protocol: Option<String>,
}
