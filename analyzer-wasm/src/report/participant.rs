//! One person in the call: who it was, what they ran, and how the connection did.

use serde::{Deserialize, Serialize};

use super::{Connection, Quality};

/// One participant: one for each client dump, but one for all dumps of somebody who left and came back.
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
    /// When they were there, by dump.
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
    /// The dump that shows it.
    pub file: String,
    /// Its stats session.
    pub session_id: Option<String>,
    /// First entry.
    pub from_ms: f64,
    /// Last entry.
    pub to_ms: f64,
}

/// How a participant's clock became the conference's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clock {
    /// Added to the dump's times.
    pub offset_ms: f64,
    /// How far off the others' clocks that may be; `null` is unknown.
    pub residual_ms: Option<f64>,
    /// `sender-reports` (aligned with the others by RTCP, with the server by its stamps), `server-stamp` (alone, the
    /// server's stamp allows it), `server-stamp-bound` (moved to fit the stamp) or `none` (no usable stamp).
    pub method: String,
}

/// A distribution of samples.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Arithmetic mean.
    pub mean: f64,
    /// Median.
    pub p50: f64,
    /// 95th percentile.
    pub p95: f64,
    /// Largest.
    pub max: f64,
}

/// Numbers of the network path.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Network {
    /// Round trip of the connection that carried media.
    pub rtt_ms: Option<Spread>,
    /// RFC 3550 interarrival jitter of what was received.
    pub jitter_ms: Option<Spread>,
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

/// What a person did, from their own dump.
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
}
