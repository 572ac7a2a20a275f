//! Peer connections and their RTP streams, with the terms of W3C webrtc-stats.

use serde::{Deserialize, Serialize};

use super::Distribution;

/// One `RTCPeerConnection`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Connection {
    /// Its id in the dump, for example `PC_0`.
    pub id: String,
    /// The dump, by file name.
    pub file: String,
    /// Whether it is peer to peer; `false` is to a bridge, `null` is unknown.
    pub p2p: Option<bool>,
    /// Time of the first poll.
    pub from_ms: Option<f64>,
    /// Time of the last poll.
    pub to_ms: Option<f64>,
    /// Number of getstats polls.
    pub polls: u64,
    /// Median time between polls.
    pub poll_ms: Option<f64>,
    /// The last `connectionState`.
    pub state: Option<String>,
    /// The last `iceConnectionState`.
    pub ice_state: Option<String>,
    /// The last DTLS state.
    pub dtls_state: Option<String>,
    /// Round-trip time over all polls that measured it.
    pub rtt_ms: Option<Distribution>,
    /// Mean `availableOutgoingBitrate`.
    pub available_out_bps: Option<f64>,
    /// Packets sent on all streams.
    pub packets_sent: u64,
    /// Sent packets that the other side reported as lost.
    pub packets_sent_lost: u64,
    /// Packets received on all streams.
    pub packets_received: u64,
    /// Packets lost on all received streams.
    pub packets_received_lost: u64,
    /// The last selected candidate pair.
    pub selected_pair: Option<CandidatePair>,
    /// Its streams, sent ones first.
    pub streams: Vec<Stream>,
}

/// The direction of a stream, seen from the participant.
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
    /// Its number within the connection.
    pub index: u32,
    /// Its direction.
    pub direction: Direction,
    /// Audio or video; `null` where the stats report has no kind.
    pub kind: Option<MediaKind>,
    /// Its SSRC.
    pub ssrc: Option<u32>,
    /// The key of the participant who sent a received stream; `null` where it is unknown or contradictory.
    pub sender: Option<String>,
    /// The id of its track in the dump.
    pub track: Option<String>,
    /// Its codec's MIME type.
    pub codec: Option<String>,
    /// Time of the first poll that contains it.
    pub from_ms: f64,
    /// Time of the last poll that contains it.
    pub to_ms: f64,
    /// Packets sent or received.
    pub packets: u64,
    /// Packets lost; of a sent stream, as the other side reported them.
    pub packets_lost: u64,
    /// `packets_lost` ÷ packets sent, or ÷ (lost + received) of a received stream.
    pub loss_ratio: Option<f64>,
    /// Mean RTP payload rate.
    pub bitrate_bps: Option<f64>,
    /// Interarrival jitter (RFC 3550), measured by the receiver.
    pub jitter_ms: Option<Distribution>,
    /// Round-trip time by RTCP, of sent streams.
    pub rtt_ms: Option<Distribution>,
    /// Mean frame rate while frames were received or sent.
    pub fps: Option<f64>,
    /// Median frame height, weighted by time.
    pub height: Option<f64>,
    /// Median frame width, weighted by time.
    pub width: Option<f64>,
    /// Time in which received video was frozen.
    pub freeze_ms: Option<f64>,
    /// Number of freezes.
    pub freezes: Option<f64>,
    /// Time without a frame for more than 5 s: an outage, or a camera switched off.
    pub pause_ms: Option<f64>,
    /// (Concealed − silent concealed) samples ÷ all received samples.
    pub concealed_ratio: Option<f64>,
    /// Time in which the device's CPU limited sent video.
    pub cpu_limited_ms: Option<f64>,
    /// Time in which bandwidth limited sent video.
    pub bandwidth_limited_ms: Option<f64>,
}

/// An ICE candidate pair.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CandidatePair {
    /// The id of the `candidate-pair` report.
    pub id: Option<String>,
    /// Whether either end is a TURN relay; `null` where neither type is known.
    pub relay: Option<bool>,
    /// The local candidate.
    pub local: CandidateEnd,
    /// The remote candidate.
    pub remote: CandidateEnd,
}

/// One ICE candidate, as far as the dump contains it (clients often mask addresses).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CandidateEnd {
    /// `host`, `srflx`, `prflx` or `relay`.
    pub kind: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// Its port.
    pub port: Option<u16>,
    /// `udp` or `tcp`; of a relay candidate the protocol to the TURN server, where known.
    pub protocol: Option<String>,
}
