//! One person in the call: who it was, what they ran, and how the connection did.

use serde::{Deserialize, Serialize};

use super::{Connection, Interval, Quality};

/// One participant: one for each client dump, but one for all dumps of somebody who left and came back; and one for
/// each member whom a server's dump lists, with or without a dump of their own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Participant {
    /// The first endpoint id, else the stats session, else the file's name; unique in the report.
    pub key: String,
    /// A name that the deployment set; never a generated one.
    pub name: Option<String>,
    /// Jitsi's generated stats id, for example `Lottie-1R0`.
    pub stats_id: Option<String>,
    /// Every endpoint id that this person had.
    pub endpoint_ids: Vec<String>,
    /// What they ran.
    pub client: Client,
    /// Where the deployment placed them.
    pub region: Option<String>,
    /// Whether they left a dump of their own. Without one only servers tell of them: their network, media and
    /// connections have no data.
    pub has_dump: bool,
    /// When they were there, by dump: their own, else the server's that shows them.
    pub presences: Vec<Presence>,
    /// How the clock of their first dump was mapped to the conference's.
    pub clock: Clock,
    /// How good it was for them; `null` until it is judged.
    pub quality: Option<Quality>,
    /// What the network did to them.
    pub network: Network,
    /// How the media travelled.
    pub transport: Option<Transport>,
    /// What became of the media they received, and what limited what they sent.
    pub media: Media,
    /// What they did.
    pub activity: Activity,
    /// What bridges tell of them; `null` where no bridge's dump does.
    pub bridge: Option<BridgeSide>,
    /// What the focus tells of them; `null` where no focus' dump does.
    pub focus: Option<FocusSide>,
    /// Every peer connection with its streams.
    pub connections: Vec<Connection>,
}

impl Participant {
    /// What they are called in words: a name, else the stats id, else the key.
    #[must_use]
    pub fn label(&self) -> &str {
        self.name.as_deref().or(self.stats_id.as_deref()).unwrap_or(&self.key)
    }
}

/// The software and machine of a participant; `null` is unknown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Client {
    /// For example `Chrome`.
    pub browser: Option<String>,
    /// For example `156.0.0.0`.
    pub browser_version: Option<String>,
    /// For example `Windows`.
    pub os: Option<String>,
    /// For example `10`; browsers freeze this for newer systems.
    pub os_version: Option<String>,
    /// `desktop`, `mobile` or `tablet`.
    pub device: Option<String>,
    /// The application, as in `applicationName`.
    pub app: Option<String>,
    /// Its version, as its own log tells.
    pub app_version: Option<String>,
}

/// One stretch in the call, from one dump.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Presence {
    /// The dump that shows it: their own, or a server's.
    pub file: String,
    /// Its stats session; `null` where the dump is a server's.
    pub session_id: Option<String>,
    /// First entry, or when the server saw them come.
    pub from_ms: f64,
    /// Last entry, or when the server saw them leave or saw them last.
    pub to_ms: f64,
}

/// How a participant's clock became the conference's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Clock {
    /// Added to the dump's times.
    pub offset_ms: f64,
    /// How far off that may be; `null` is unknown, as where only a machine tells it whose own clock nobody stamped,
    /// beside others that were. With `servers` off the conference's clock, and most are much nearer
    /// than that; else off the others' clocks.
    pub residual_ms: Option<f64>,
    /// `servers` (by what servers saw that their dump shows as well: coming, ICE and DTLS connected, dominant speakers;
    /// beside RTCP, where there is any), `server` (a server's own clock, by which the conference's is told where no
    /// server was stamped), `stored` (a server's clock, by the stamps with which its dump was stored: it is the
    /// conference's), `sender-reports` (aligned with the others by RTCP, with the server by its stamps), `server-stamp`
    /// (alone, the server's stamp allows it), `server-stamp-bound` (moved to fit the stamp), `none` (no usable stamp) or
    /// `no-dump` (only servers tell of them, by their own clocks).
    pub method: String,
    /// How many things that servers saw agree with it, of those that can mean nothing else.
    #[serde(rename = "witnesses")]
    pub observations: u32,
    /// How many contradict it: they were not used.
    pub contradictions: u32,
}

/// A distribution of samples.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Distribution {
    /// Arithmetic mean.
    pub mean: f64,
    /// Median.
    pub p50: f64,
    /// 95th percentile.
    pub p95: f64,
    /// Largest.
    pub max: f64,
}

/// What bridges tell of somebody, over every poll that had them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BridgeSide {
    /// The dumps that tell it, by file name: one for each bridge, or part of one.
    pub files: Vec<String>,
    /// How many polls had them.
    pub polls: u64,
    /// Round trip between bridge and client.
    pub rtt_ms: Option<Distribution>,
    /// RFC 3550 interarrival jitter of what they sent; only the debug state of older bridges tells it.
    pub jitter_up_ms: Option<Distribution>,
    /// Lost ÷ (lost + received) of what they sent: the mean over polls, each of which holds the last 60 s.
    pub loss_up_ratio: Option<f64>,
    /// The same of what the bridge sent them, as their feedback reports it.
    pub loss_down_ratio: Option<f64>,
    /// Mean rate from them to the bridge.
    pub receive_bps: Option<f64>,
    /// Mean rate from the bridge to them.
    pub send_bps: Option<f64>,
    /// Mean of what the bridge thought that the way to them could carry.
    pub estimate_bps: Option<f64>,
    /// Mean of what they wished to receive.
    pub ideal_bps: Option<f64>,
    /// Mean of what was allocated to them.
    pub target_bps: Option<f64>,
    /// Sources that were forwarded to them.
    pub forwarded_sources: Option<Distribution>,
    /// Time in which the bridge held sources back for lack of bandwidth.
    pub suspended_ms: Option<f64>,
    /// Time in which the bridge sent more than the way could carry.
    pub oversending_ms: Option<f64>,
    /// Keyframe requests (PLI and FIR) that the bridge sent them.
    pub keyframe_requests: Option<f64>,
    /// Messages on the bridge channel from them.
    pub messages_received: Option<f64>,
    /// Messages to them.
    pub messages_sent: Option<f64>,
    /// Messages to them that could not be sent.
    pub messages_dropped: Option<f64>,
    /// The last ICE state there: `new`, `connected` or `failed`.
    pub ice_state: Option<String>,
    /// The last DTLS state there: `new` or `connected`.
    pub dtls_state: Option<String>,
    /// The last SCTP state there: `new` or `connected`; older bridges do not tell it.
    pub sctp_state: Option<String>,
}

/// What the focus tells of somebody.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FocusSide {
    /// The dumps that tell it, by file name.
    pub files: Vec<String>,
    /// The last role, for example `OWNER`.
    pub role: Option<String>,
    /// Where the deployment placed them.
    pub region: Option<String>,
    /// Whether they only watched.
    pub visitor: Option<bool>,
    /// The bridges they were put on, in order.
    pub bridges: Vec<String>,
    /// Time with the microphone muted, to the accuracy of the polls.
    pub audio_muted_ms: Option<f64>,
    /// Time with the camera muted, to the accuracy of the polls.
    pub video_muted_ms: Option<f64>,
    /// The last state of Jingle: `PENDING`, `ACTIVE` or `ENDED`.
    pub jingle_state: Option<String>,
}

/// Numbers of the network path.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Network {
    /// Round trip of the connection that carried media.
    pub rtt_ms: Option<Distribution>,
    /// RFC 3550 interarrival jitter of what was received.
    pub jitter_ms: Option<Distribution>,
    /// Lost ÷ (lost + received), of what was received.
    pub loss_down_ratio: Option<f64>,
    /// Reported lost ÷ sent, of what was sent, by the other side's RTCP reports.
    pub loss_up_ratio: Option<f64>,
    /// Mean RTP payload rate sent.
    pub send_bps: Option<f64>,
    /// Mean RTP payload rate received.
    pub receive_bps: Option<f64>,
    /// Mean `availableOutgoingBitrate` of the pair in use.
    pub available_out_bps: Option<f64>,
}

/// The path that the media took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transport {
    /// `direct` or `relay`; `null` where a candidate's type is unknown.
    pub kind: Option<String>,
    /// `udp`, `tcp` or `tls`: the first hop, a relay's own protocol included.
    pub protocol: Option<String>,
    /// The local end, `type address:port protocol`.
    pub local: Option<String>,
    /// The remote end.
    pub remote: Option<String>,
    /// Every change of the selected pair, the first choice included.
    pub changes: Vec<TransportChange>,
}

/// One choice of a candidate pair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransportChange {
    /// When it was first seen selected.
    pub at_ms: f64,
    /// The peer connection.
    pub connection: String,
    /// `direct` or `relay`.
    pub kind: Option<String>,
    /// First hop protocol.
    pub protocol: Option<String>,
    /// The line that shows it.
    pub line: u64,
}

/// What became of the media.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Media {
    /// Time in which received video stood still, over all streams.
    pub freeze_ms: Option<f64>,
    /// How often it did.
    pub freezes: Option<f64>,
    /// Time without a frame for more than 5 s, over all streams: an outage, or a camera switched off.
    pub pause_ms: Option<f64>,
    /// Concealed, not silent, samples ÷ all received audio samples.
    pub concealed_ratio: Option<f64>,
    /// Mean frame rate of received video while frames came.
    pub fps: Option<f64>,
    /// Median height of received video by time, in pixels.
    pub height: Option<f64>,
    /// Time in which sent video was limited by this machine.
    pub cpu_limited_ms: Option<f64>,
    /// Time in which sent video was limited by the network.
    pub bandwidth_limited_ms: Option<f64>,
}

/// What a person did. Each time is the sum of the intervals of its kind; `null` where nothing tells of it, or not when
/// all of it ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Activity {
    /// Time as the dominant speaker.
    pub speaking_ms: Option<f64>,
    /// Time with the microphone muted.
    pub audio_muted_ms: Option<f64>,
    /// Time with the camera muted.
    pub video_muted_ms: Option<f64>,
    /// Time sharing a screen.
    pub screenshare_ms: Option<f64>,
    /// When that was, by kind and time.
    pub intervals: Vec<Interval>,
}
