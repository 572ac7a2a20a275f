//! Participants: identity, client, presences, network, media and activity.

use serde::{Deserialize, Serialize};

use super::{Connection, Interval, Quality};

/// One participant: from a client dump, from all client dumps of a participant who rejoined, or from the list of
/// participants in a server's dump.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Participant {
    /// The first endpoint id, else the id of the stats session, else the file name; unique in the report.
    pub key: String,
    /// The name that the deployment set; never a generated one.
    pub name: Option<String>,
    /// Jitsi's generated stats id, for example `Lottie-1R0`.
    pub stats_id: Option<String>,
    /// All endpoint ids of the participant, in order.
    pub endpoint_ids: Vec<String>,
    /// The browser, system and application.
    pub client: Client,
    /// The region of the deployment that the participant was assigned to.
    pub region: Option<String>,
    /// Whether a client dump was given. Without one only server dumps list the participant: `network`, `media` and
    /// `connections` have no data.
    pub has_dump: bool,
    /// The spans in which the participant was in the call: one for each of the participant's own dumps, else those that
    /// servers' dumps list.
    pub presences: Vec<Presence>,
    /// How the clock of the first dump was mapped to the conference's.
    pub clock: Clock,
    /// The quality; always `null` in this version.
    pub quality: Option<Quality>,
    /// Measurements of the network.
    pub network: Network,
    /// The transport of the media.
    pub transport: Option<Transport>,
    /// Measurements of received media, and time in which sent video was limited.
    pub media: Media,
    /// Times of speaking, mutes and screen sharing.
    pub activity: Activity,
    /// Measurements of bridges; `null` where no bridge's dump lists the participant.
    pub bridge: Option<BridgeSide>,
    /// State at the focus; `null` where no focus' dump lists the participant.
    pub focus: Option<FocusSide>,
    /// Every peer connection with its streams.
    pub connections: Vec<Connection>,
}

impl Participant {
    /// The name to show: `name`, else the stats id, else the key.
    #[must_use]
    pub fn label(&self) -> &str {
        self.name.as_deref().or(self.stats_id.as_deref()).unwrap_or(&self.key)
    }
}

/// The software and device of a participant.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Client {
    /// For example `Chrome`.
    pub browser: Option<String>,
    /// For example `156.0.0.0`.
    pub browser_version: Option<String>,
    /// For example `Windows`.
    pub os: Option<String>,
    /// For example `10`; for newer versions browsers report a fixed one.
    pub os_version: Option<String>,
    /// `desktop`, `mobile` or `tablet`.
    pub device: Option<String>,
    /// The application, as in `applicationName`.
    pub app: Option<String>,
    /// Its version, from its console log.
    pub app_version: Option<String>,
}

/// One span of time in which a participant was in the call, from one dump.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Presence {
    /// The dump: the participant's own, or a server's.
    pub file: String,
    /// The id of its stats session; `null` where the dump is a server's.
    pub session_id: Option<String>,
    /// The time of the dump's first entry, or at which the server first listed the participant.
    pub from_ms: f64,
    /// The time of the dump's last entry, or at which the server logged that the participant left or last listed the
    /// participant.
    pub to_ms: f64,
}

/// How the clock of a dump was mapped to the conference clock.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Clock {
    /// The offset that is added to the dump's times.
    pub offset_ms: f64,
    /// The largest possible error of the offset: with method `servers` against the conference clock, else against the
    /// other dumps' clocks. `null` where it is unknown, for example where the only observations are from a server whose
    /// dump has no stamps.
    pub residual_ms: Option<f64>,
    /// The method:
    /// `servers`: by events that both a server's dump and this one contain (join, ICE and DTLS connected, dominant
    /// speaker), and by RTCP where there is any;
    /// `server`: the clock of a server, which is the conference clock where no server's dump has stamps;
    /// `stored`: the clock of a server, corrected by the stamps with which its dump was stored;
    /// `sender-reports`: aligned with other dumps by RTCP sender reports, and with the server by its stamps;
    /// `server-stamp`: not moved, as the server's stamps allow the dump's own clock;
    /// `server-stamp-bound`: moved to the nearest offset that the server's stamps allow;
    /// `none`: no usable stamp;
    /// `no-dump`: no client dump; the times are those of servers.
    pub method: String,
    /// Number of unambiguous observations of servers that agree with the offset.
    #[serde(rename = "witnesses")]
    pub observations: u32,
    /// Number of observations that contradict it; they were not used.
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
    /// Maximum.
    pub max: f64,
}

/// The bridges' measurements of a participant, over all polls that contain the participant.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BridgeSide {
    /// The dumps, by file name: one for each bridge, or for each part of a dump.
    pub files: Vec<String>,
    /// Number of polls.
    pub polls: u64,
    /// Round-trip time between bridge and client.
    pub rtt_ms: Option<Distribution>,
    /// Interarrival jitter (RFC 3550) of packets from the participant; only in the debug state of older bridges.
    pub jitter_up_ms: Option<Distribution>,
    /// Lost ÷ (lost + received) packets from the participant: the mean over polls, each of which covers the last 60 s.
    pub loss_up_ratio: Option<f64>,
    /// The same for packets to the participant, from the participant's RTCP feedback.
    pub loss_down_ratio: Option<f64>,
    /// Mean bitrate from the participant to the bridge.
    pub receive_bps: Option<f64>,
    /// Mean bitrate from the bridge to the participant.
    pub send_bps: Option<f64>,
    /// Mean of the bridge's bandwidth estimate towards the participant.
    pub estimate_bps: Option<f64>,
    /// Mean of the ideal bitrate: of all layers that the participant requested.
    pub ideal_bps: Option<f64>,
    /// Mean of the target bitrate that was allocated.
    pub target_bps: Option<f64>,
    /// Number of sources forwarded to the participant.
    pub forwarded_sources: Option<Distribution>,
    /// Time in which sources were suspended because of bandwidth.
    pub suspended_ms: Option<f64>,
    /// Time in which the bridge sent more than its bandwidth estimate.
    pub oversending_ms: Option<f64>,
    /// Keyframe requests (PLI and FIR) that the bridge sent to the participant.
    pub keyframe_requests: Option<f64>,
    /// Bridge channel messages from the participant.
    pub messages_received: Option<f64>,
    /// Bridge channel messages to the participant.
    pub messages_sent: Option<f64>,
    /// Bridge channel messages to the participant that could not be sent.
    pub messages_dropped: Option<f64>,
    /// The last ICE state at the bridge: `new`, `connected` or `failed`.
    pub ice_state: Option<String>,
    /// The last DTLS state at the bridge: `new` or `connected`.
    pub dtls_state: Option<String>,
    /// The last SCTP state at the bridge: `new` or `connected`; older bridges do not report it.
    pub sctp_state: Option<String>,
}

/// The state of a participant at the focus.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FocusSide {
    /// The dumps, by file name.
    pub files: Vec<String>,
    /// The last role, for example `OWNER`.
    pub role: Option<String>,
    /// The region that the participant was assigned to.
    pub region: Option<String>,
    /// Whether the participant was a visitor, who receives media but sends none.
    pub visitor: Option<bool>,
    /// The bridges that the participant was assigned to, in order.
    pub bridges: Vec<String>,
    /// Time with the microphone muted, to within the interval of the focus' polls.
    pub audio_muted_ms: Option<f64>,
    /// Time with the camera muted, to within the interval of the focus' polls.
    pub video_muted_ms: Option<f64>,
    /// The last state of the Jingle session: `PENDING`, `ACTIVE` or `ENDED`.
    pub jingle_state: Option<String>,
}

/// Measurements of the network path.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Network {
    /// Round-trip time of the connection that carried media.
    pub rtt_ms: Option<Distribution>,
    /// Interarrival jitter (RFC 3550) of received streams.
    pub jitter_ms: Option<Distribution>,
    /// Lost ÷ (lost + received) packets of received streams.
    pub loss_down_ratio: Option<f64>,
    /// Lost ÷ sent packets of sent streams, from the receiver's RTCP reports.
    pub loss_up_ratio: Option<f64>,
    /// Mean bitrate of the RTP payload sent.
    pub send_bps: Option<f64>,
    /// Mean bitrate of the RTP payload received.
    pub receive_bps: Option<f64>,
    /// Mean `availableOutgoingBitrate` of the selected candidate pair.
    pub available_out_bps: Option<f64>,
}

/// The selected candidate pair that carried media.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transport {
    /// `direct` or `relay`; `null` where a candidate's type is unknown.
    pub kind: Option<String>,
    /// `udp`, `tcp` or `tls`: the protocol of the first hop, which may be to a relay.
    pub protocol: Option<String>,
    /// The local candidate: `type address:port protocol`.
    pub local: Option<String>,
    /// The remote candidate.
    pub remote: Option<String>,
    /// Every selection of a pair, including the first.
    pub changes: Vec<TransportChange>,
}

/// One selection of a candidate pair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransportChange {
    /// The time at which the pair was first reported as selected.
    pub at_ms: f64,
    /// The peer connection.
    pub connection: String,
    /// `direct` or `relay`.
    pub kind: Option<String>,
    /// The protocol of the first hop.
    pub protocol: Option<String>,
    /// The line of the dump that reports it.
    pub line: u64,
}

/// Measurements of the media.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Media {
    /// Time in which received video was frozen, over all streams.
    pub freeze_ms: Option<f64>,
    /// Number of freezes.
    pub freezes: Option<f64>,
    /// Time without a frame for more than 5 s, over all received streams: an outage, or a camera switched off.
    pub pause_ms: Option<f64>,
    /// (Concealed − silent concealed) samples ÷ all received audio samples.
    pub concealed_ratio: Option<f64>,
    /// Mean frame rate of received video while frames were received.
    pub fps: Option<f64>,
    /// Median height of received video in pixels, weighted by time.
    pub height: Option<f64>,
    /// Time in which the device's CPU limited sent video.
    pub cpu_limited_ms: Option<f64>,
    /// Time in which bandwidth limited sent video.
    pub bandwidth_limited_ms: Option<f64>,
}

/// The activity of a participant. Each time is the sum of the intervals of its kind; `null` where no dump reports it, or
/// where the end of an interval is unknown.
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
    /// The intervals, by kind and time.
    pub intervals: Vec<Interval>,
}
