//! The truth about the servers of a call: presences on bridges, their traffic at each poll, and bridge faults.
//!
//! Times are epoch ms in true time unless stated otherwise. The stats server's clock, which gives the timestamps in the
//! dumps, is true time.

use serde::{Deserialize, Serialize};

use super::deployment::{Lines, MachineKind, Spelling};

/// The truth about a call's servers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueServers {
    /// The bridges.
    pub bridges: Vec<TrueBridge>,
    /// The focus.
    pub focus: TrueFocus,
    /// The members of the room, one row for each presence.
    pub members: Vec<TrueMember>,
    /// Recorders and gateways in the room.
    pub machines: Vec<TrueMachine>,
    /// The sender of each stream, including repair streams.
    pub sources: Vec<TrueSource>,
    /// The dominant speakers in time order. Bridges receive no audio of peer-to-peer calls.
    pub speakers: Vec<TrueSpeaker>,
    /// The expected findings on bridges.
    pub findings: Vec<TrueBridgeFinding>,
}

/// The properties that all servers have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueServer {
    /// Its host name.
    pub name: String,
    /// What to add to the times in its dumps and its log to get true time.
    pub clock_offset_ms: i64,
    /// Its local time less UTC. Its log has no time zone.
    pub utc_offset_min: i64,
    /// How its dumps' lines are written.
    pub lines: Lines,
    /// Its dumps, in time order.
    pub dumps: Vec<TrueServerDump>,
}

/// One stats session of a server. For a bridge this is one conference on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueServerDump {
    /// The stats session.
    pub session_id: String,
    /// The bridge's own id of the conference.
    pub conference_id: Option<String>,
    /// When the conference was created on the server.
    pub created_ms: u64,
    /// When the conference ended on the server.
    pub ended_ms: u64,
    /// Its files: a new one after each cut.
    pub parts: Vec<TruePart>,
}

/// One file of a stats session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TruePart {
    /// Its name.
    pub file: String,
    /// When the stats server received its first line.
    pub from_ms: u64,
    /// When the stats server received its last line.
    pub to_ms: u64,
    /// How many lines it has.
    pub lines: u64,
}

/// A bridge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueBridge {
    /// Its properties as a server.
    #[serde(flatten)]
    pub server: TrueServer,
    /// Its region.
    pub region: String,
    /// Its software version.
    pub version: String,
    /// The format of its state.
    pub spelling: Spelling,
    /// The presences of endpoints on it.
    pub stays: Vec<TrueBridgePresence>,
    /// The counters of its relays at each of its polls.
    pub relays: Vec<TrueRelay>,
}

/// An endpoint's time on a bridge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueBridgePresence {
    /// The endpoint.
    pub endpoint_id: String,
    /// The person, as index in `people`.
    pub person: usize,
    /// The dump with this presence, as index in the bridge's dumps.
    pub dump: usize,
    /// When the focus allocated it on the bridge.
    pub allocated_ms: u64,
    /// When ICE was connected.
    pub connected_ms: u64,
    /// When it left.
    pub left_ms: u64,
    /// How far the client's clock is ahead of the bridge's.
    pub client_ahead_ms: i64,
    /// The bridge's polls while it was there.
    pub polls: Vec<TruePoll>,
}

/// An endpoint at one poll.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TruePoll {
    /// The time of the poll.
    pub at_ms: u64,
    /// Whether it reached the dump.
    pub written: bool,
    /// Whether ICE is connected.
    pub ice_connected: bool,
    /// Whether ICE has failed.
    pub ice_failed: bool,
    /// The round-trip time between bridge and endpoint; `None` before the first measurement.
    pub rtt_ms: Option<f64>,
    /// Uplink packets in the last minute.
    pub up: TrueLoss,
    /// Downlink packets in the last minute.
    pub down: TrueLoss,
    /// RTP and RTCP received from the endpoint since the start of its presence.
    pub received: TrueCount,
    /// RTP and RTCP sent to the endpoint since the start of its presence.
    pub sent: TrueCount,
    /// The bridge's bandwidth estimate for the downlink.
    pub bwe_bps: u64,
    /// The bitrate of the ideal allocation.
    pub ideal_bps: u64,
    /// The bitrate of the current allocation.
    pub target_bps: u64,
    /// Whether the current allocation exceeds the bandwidth estimate.
    pub oversending: bool,
    /// The duration of oversending since the start of the presence.
    pub oversending_s: u64,
    /// Keyframe requests sent to the endpoint.
    pub keyframe_requests: u64,
    /// Messages received from the endpoint on the bridge channel.
    pub messages_received: u64,
    /// Messages sent to the endpoint.
    pub messages_sent: u64,
    /// The sources that are forwarded to the endpoint.
    pub forwarded: Vec<String>,
    /// The sources that are suspended because of the bandwidth estimate.
    pub suspended: Vec<String>,
}

/// Packets in a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrueLoss {
    /// Lost packets.
    pub lost: u64,
    /// Received packets.
    pub received: u64,
}

/// Packets and bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrueCount {
    /// Packets.
    pub packets: u64,
    /// Bytes, including RTP headers.
    pub bytes: u64,
}

/// A relay at one poll.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueRelay {
    /// The time of the poll.
    pub at_ms: u64,
    /// Whether it reached the dump.
    pub written: bool,
    /// The other bridge's name.
    pub to: String,
    /// The round-trip time between the bridges.
    pub rtt_ms: f64,
    /// Received from the other bridge since the creation of the relay.
    pub received: TrueCount,
    /// Sent to the other bridge since the creation of the relay.
    pub sent: TrueCount,
}

/// The focus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueFocus {
    /// Its properties as a server.
    #[serde(flatten)]
    pub server: TrueServer,
    /// Its polls.
    pub polls: Vec<TrueFocusPoll>,
}

/// The room at one poll of the focus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueFocusPoll {
    /// The time of the poll.
    pub at_ms: u64,
    /// Whether it reached the dump.
    pub written: bool,
    /// The number of people in the room.
    pub participants: usize,
    /// The number of recorders and gateways.
    pub machines: usize,
    /// The number of people with unmuted audio.
    pub audio_senders: usize,
    /// The number of people with unmuted video.
    pub video_senders: usize,
    /// The bridges in use.
    pub bridges: Vec<TrueStress>,
}

/// A bridge's stress.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueStress {
    /// The bridge's name.
    pub bridge: String,
    /// The stress level: 0 is idle, 1 is the capacity.
    pub stress: f64,
    /// Whether the focus considers it overloaded.
    pub overloaded: bool,
    /// Whether it takes no new conferences.
    pub draining: bool,
}

/// A time interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrueTime {
    /// Its start.
    pub from_ms: u64,
    /// Its end.
    pub to_ms: u64,
}

/// A member of the room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueMember {
    /// The endpoint.
    pub endpoint_id: String,
    /// Jitsi's generated stats id. It is not unique.
    pub stats_id: String,
    /// The person, as index in `people`.
    pub person: usize,
    /// Its region.
    pub region: String,
    /// When it joined the room.
    pub joined_ms: u64,
    /// When its media was announced. Before that it counts as muted.
    pub published_ms: u64,
    /// When it left the room.
    pub left_ms: u64,
    /// How far the client's clock is ahead of the focus'.
    pub client_ahead_ms: i64,
    /// Whether the focus' dump has the log line on the join.
    pub join_logged: bool,
    /// Whether the focus' dump has the log line on the leave. It never has for leaves at the end of the call.
    pub leave_logged: bool,
    /// The first poll in the focus' dump with the member.
    pub first_seen_ms: Option<u64>,
    /// The first poll in the focus' dump after the leave.
    pub first_missed_ms: Option<u64>,
    /// When the microphone was muted, from the announcement on.
    pub audio_muted: Vec<TrueTime>,
    /// When the camera was muted, from the announcement on.
    pub video_muted: Vec<TrueTime>,
    /// When the screen was shared.
    pub screen: Vec<TrueTime>,
}

/// A recorder or gateway in the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrueMachine {
    /// Its kind.
    pub kind: MachineKind,
    /// Its endpoint.
    pub endpoint_id: String,
    /// When it joined the room.
    pub joined_ms: u64,
    /// When it left the room.
    pub left_ms: u64,
    /// Whether the focus' dump has the log line on the join.
    pub join_logged: bool,
    /// Whether the focus' dump has the log line on the leave.
    pub leave_logged: bool,
}

/// A stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrueSource {
    /// Its SSRC.
    pub ssrc: u32,
    /// The endpoint that sends it.
    pub endpoint_id: String,
    /// The source's name.
    pub name: String,
    /// `audio` or `video`.
    pub media_type: String,
    /// `camera` or `desktop`; `None` for audio.
    pub video_type: Option<String>,
    /// Whether it is a repair stream (RTX).
    pub repair: bool,
}

/// A time with a dominant speaker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrueSpeaker {
    /// The endpoint.
    pub endpoint_id: String,
    /// The time.
    #[serde(flatten)]
    pub time: TrueTime,
}

/// An expected finding on a bridge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueBridgeFinding {
    /// The finding's code.
    pub code: String,
    /// `critical`, `warning` or `info`.
    pub severity: String,
    /// The bridge's name.
    pub bridge: String,
    /// Its start.
    pub from_ms: u64,
    /// Its end.
    pub to_ms: u64,
    /// The people on the bridge at that time, as indices in `people`.
    pub sufferers: Vec<usize>,
}
