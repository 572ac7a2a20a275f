//! What a call's servers know, as it was: who was where, what each way did, what went wrong with a bridge.
//!
//! Times are epoch ms in true time unless they say otherwise: the stats server, whose stamps the dumps bear, keeps it.

use serde::{Deserialize, Serialize};

use super::deployment::{Lines, MachineKind, Spelling};

/// The truth about a call's servers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueServers {
    /// The bridges.
    pub bridges: Vec<TrueBridge>,
    /// The focus.
    pub focus: TrueFocus,
    /// Who was in the room: one row for each stay.
    pub members: Vec<TrueMember>,
    /// What else was.
    pub machines: Vec<TrueMachine>,
    /// Whose each stream was, repairs included.
    pub sources: Vec<TrueSource>,
    /// Who dominated the call, in time order. Bridges do not hear two people who talk directly.
    pub speakers: Vec<TrueSpeaker>,
    /// What must be found about bridges.
    pub findings: Vec<TrueBridgeFinding>,
}

/// What is true of every server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueServer {
    /// Its host name.
    pub name: String,
    /// What must be added to the times in its dumps and its log to get true time.
    pub clock_offset_ms: i64,
    /// Its local time less UTC: its log says no zone.
    pub utc_offset_min: i64,
    /// How its dumps' lines are written.
    pub lines: Lines,
    /// Its dumps, in time order.
    pub dumps: Vec<TrueServerDump>,
}

/// One stats session of a server: for a bridge, a conference as it knew it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueServerDump {
    /// The stats session.
    pub session_id: String,
    /// The bridge's own id of the conference.
    pub conference_id: Option<String>,
    /// When the server began to have the conference.
    pub created_ms: u64,
    /// When it had it no longer.
    pub ended_ms: u64,
    /// Its files: a new one after each cut.
    pub parts: Vec<TruePart>,
}

/// One file of a stats session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TruePart {
    /// Its name.
    pub file: String,
    /// When the stats server got its first line.
    pub from_ms: u64,
    /// When the stats server got its last line.
    pub to_ms: u64,
    /// How many lines it has.
    pub lines: u64,
}

/// A bridge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueBridge {
    /// What it is as a server.
    #[serde(flatten)]
    pub server: TrueServer,
    /// Where it is.
    pub region: String,
    /// What it runs.
    pub version: String,
    /// How it says its state.
    pub spelling: Spelling,
    /// Who was on it.
    pub stays: Vec<TrueBridgePresence>,
    /// What its relays carried at each of its polls.
    pub relays: Vec<TrueRelay>,
}

/// An endpoint's time on a bridge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueBridgePresence {
    /// The endpoint.
    pub endpoint_id: String,
    /// Whose it is, by place in `people`.
    pub person: usize,
    /// The dump that it is in, by place in the bridge's.
    pub dump: usize,
    /// When the bridge was told of it.
    pub allocated_ms: u64,
    /// When ICE was connected.
    pub connected_ms: u64,
    /// When it was gone.
    pub left_ms: u64,
    /// How far the client's clock is ahead of the bridge's.
    pub client_ahead_ms: i64,
    /// The bridge's polls while it was there.
    pub polls: Vec<TruePoll>,
}

/// An endpoint at one poll.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TruePoll {
    /// When.
    pub at_ms: u64,
    /// Whether it reached the dump.
    pub written: bool,
    /// ICE's state.
    pub ice_connected: bool,
    /// Whether ICE has given up.
    pub ice_failed: bool,
    /// The round trip between bridge and endpoint, while it is known.
    pub rtt_ms: Option<f64>,
    /// From the endpoint, in the last minute.
    pub up: TrueLoss,
    /// To the endpoint, in the last minute.
    pub down: TrueLoss,
    /// From the endpoint since it is on the bridge, media and feedback.
    pub received: TrueCount,
    /// To the endpoint since it is on the bridge, media and feedback.
    pub sent: TrueCount,
    /// What the bridge believes that the way to the endpoint carries.
    pub bwe_bps: u64,
    /// What should be sent to the endpoint.
    pub ideal_bps: u64,
    /// What is sent to it.
    pub target_bps: u64,
    /// Whether that is more than the bridge believes to pass.
    pub oversending: bool,
    /// For how long it was, since the endpoint is on the bridge.
    pub oversending_s: u64,
    /// Keyframe requests that were sent to it.
    pub keyframe_requests: u64,
    /// Messages from it on the bridge channel.
    pub messages_received: u64,
    /// Messages to it.
    pub messages_sent: u64,
    /// The sources that are sent to it.
    pub forwarded: Vec<String>,
    /// The sources for which the way is too narrow.
    pub suspended: Vec<String>,
}

/// Packets in a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrueLoss {
    /// Those that were lost.
    pub lost: u64,
    /// Those that came.
    pub received: u64,
}

/// Packets and bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrueCount {
    /// Packets.
    pub packets: u64,
    /// Bytes, RTP's headers included.
    pub bytes: u64,
}

/// A relay at one poll.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueRelay {
    /// When.
    pub at_ms: u64,
    /// Whether it reached the dump.
    pub written: bool,
    /// The other bridge's name.
    pub to: String,
    /// The round trip between the bridges.
    pub rtt_ms: f64,
    /// From the other bridge since the relay was made.
    pub received: TrueCount,
    /// To the other bridge since the relay was made.
    pub sent: TrueCount,
}

/// The focus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueFocus {
    /// What it is as a server.
    #[serde(flatten)]
    pub server: TrueServer,
    /// Its polls.
    pub polls: Vec<TrueFocusPoll>,
}

/// The room at one poll of the focus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueFocusPoll {
    /// When.
    pub at_ms: u64,
    /// Whether it reached the dump.
    pub written: bool,
    /// How many people were there.
    pub participants: usize,
    /// How many machines.
    pub machines: usize,
    /// How many of them were not muted.
    pub audio_senders: usize,
    /// How many of them showed themselves.
    pub video_senders: usize,
    /// The bridges in use.
    pub bridges: Vec<TrueStress>,
}

/// A bridge's stress.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueStress {
    /// The bridge's name.
    pub bridge: String,
    /// From 0; 1 is all that it can do.
    pub stress: f64,
    /// Whether the focus avoids it.
    pub overloaded: bool,
    /// Whether it takes no new conferences.
    pub draining: bool,
}

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrueTime {
    /// Its begin.
    pub from_ms: u64,
    /// Its end.
    pub to_ms: u64,
}

/// A member of the room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueMember {
    /// The endpoint.
    pub endpoint_id: String,
    /// Jitsi's generated id; namesakes share it.
    pub stats_id: String,
    /// Who it is, by place in `people`.
    pub person: usize,
    /// Where it is.
    pub region: String,
    /// When it came into the room.
    pub joined_ms: u64,
    /// When its media was announced; until then it counts as muted.
    pub published_ms: u64,
    /// When it left the room.
    pub left_ms: u64,
    /// How far the client's clock is ahead of the focus'.
    pub client_ahead_ms: i64,
    /// Whether the focus' dump has the log line that says so.
    pub join_logged: bool,
    /// Whether the focus' dump has the log line that says so; at the end of the call it never has.
    pub leave_logged: bool,
    /// The first poll in the focus' dump with the member.
    pub first_seen_ms: Option<u64>,
    /// The first poll in the focus' dump after the member had left.
    pub first_missed_ms: Option<u64>,
    /// When the microphone was muted, from the announcement on.
    pub audio_muted: Vec<TrueTime>,
    /// When the camera was muted, from the announcement on.
    pub video_muted: Vec<TrueTime>,
    /// When the screen was shared.
    pub screen: Vec<TrueTime>,
}

/// A machine in the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrueMachine {
    /// What it is.
    pub kind: MachineKind,
    /// Its endpoint.
    pub endpoint_id: String,
    /// When it came into the room.
    pub joined_ms: u64,
    /// When it left the room.
    pub left_ms: u64,
    /// Whether the focus' dump has the log line that says so.
    pub join_logged: bool,
    /// Whether the focus' dump has the log line that says so.
    pub leave_logged: bool,
}

/// A stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrueSource {
    /// Its SSRC.
    pub ssrc: u32,
    /// Whose it is.
    pub endpoint_id: String,
    /// The source's name.
    pub name: String,
    /// `audio` or `video`.
    pub media_type: String,
    /// `camera` or `desktop`; nothing for audio.
    pub video_type: Option<String>,
    /// Whether it repeats packets of another one.
    pub repair: bool,
}

/// Somebody dominated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrueSpeaker {
    /// Who.
    pub endpoint_id: String,
    /// When.
    #[serde(flatten)]
    pub time: TrueTime,
}

/// Something that must be found about a bridge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueBridgeFinding {
    /// The finding's code.
    pub code: String,
    /// `critical`, `warning` or `info`.
    pub severity: String,
    /// The bridge's name.
    pub bridge: String,
    /// Its begin.
    pub from_ms: u64,
    /// Its end.
    pub to_ms: u64,
    /// Who was on the bridge then, by place in `people`.
    pub sufferers: Vec<usize>,
}
