//! The call as a whole: its name, its time and who was in it.

use serde::{Deserialize, Serialize};

use super::{Clock, Distribution, Quality};

/// One conference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Conference {
    /// A stable id within this report: the meeting's unique id, else its URL, else the file's session.
    pub id: String,
    /// The room, as in `confName`.
    pub room: Option<String>,
    /// Where the meeting was held, as in `confID`, without query.
    pub url: Option<String>,
    /// Jitsi's `meetingUniqueId`.
    pub meeting_id: Option<String>,
    /// The first moment at which anybody was there.
    pub start_ms: Option<f64>,
    /// The last such moment.
    pub end_ms: Option<f64>,
    /// `end_ms - start_ms`.
    pub duration_ms: Option<f64>,
    /// `deploymentInfo.environment`.
    pub environment: Option<String>,
    /// `deploymentInfo.region`.
    pub region: Option<String>,
    /// `deploymentInfo.shard`.
    pub shard: Option<String>,
    /// The tenant of a hosted deployment, as its address names it.
    pub tenant: Option<String>,
    /// The tenant's customer id: `customerId`, else as the address tells it.
    pub customer_id: Option<String>,
    /// Whether it was a breakout room of another conference; `null` where nobody says.
    pub is_breakout: Option<bool>,
    /// The breakout room's id.
    pub breakout_id: Option<String>,
    /// The conference that it was a breakout room of, by `conference.id`, where a dump of that is here.
    pub parent_id: Option<String>,
    /// How many people were in it, as their own dumps or servers' tell.
    pub participant_count: u32,
    /// How many received streams are said to be of several senders, by names, SSRCs and servers' words; where none has
    /// more for them than the others, the sender stays unknown.
    pub sender_contradictions: u32,
    /// The most people whose presences overlap at one time.
    pub peak_participants: u32,
    /// How good it was; `null` until it is judged.
    pub quality: Option<Quality>,
}

/// A machine of the deployment that left a dump, or that another server's dump tells of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Server {
    /// `jvb`, `jicofo`, `jigasi`, `jibri`, `transcriber` or, for another machine in the room, `bot`.
    pub kind: String,
    /// Its host or bot name.
    pub name: Option<String>,
    /// Its software version.
    pub version: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// The dump it left (of several, or several parts, the first), else the dump that tells of it.
    pub file: String,
    /// Whether it left that dump itself.
    pub has_dump: bool,
    /// Its other dumps of this conference, and other parts of them.
    pub other_parts: Vec<String>,
    /// When it was first seen: its first poll, or the first poll that shows it.
    pub from_ms: Option<f64>,
    /// When it was last seen.
    pub to_ms: Option<f64>,
    /// How many polls its dump holds.
    pub polls: u64,
    /// Median time between them.
    pub poll_ms: Option<f64>,
    /// How its clock was mapped to the conference's; `null` where it left no dump.
    pub clock: Option<Clock>,
    /// A bridge's load, as the focus sees it; 1 is full.
    pub stress: Option<Distribution>,
    /// Time that a bridge was too busy for more, as the focus sees it.
    pub overloaded_ms: Option<f64>,
    /// Whether a bridge's health checks succeeded, at last.
    pub healthy: Option<bool>,
    /// Whether a bridge took no new conferences, at last.
    pub draining: Option<bool>,
    /// The most endpoints on a bridge at one time.
    pub peak_endpoints: Option<u64>,
    /// Other bridges that a bridge was connected to.
    pub relays: Vec<String>,
    /// The most people in the room at one time, as the focus counts them.
    pub peak_people: Option<f64>,
    /// The most people who sent audio at one time, as the focus counts them.
    pub peak_audio_senders: Option<f64>,
    /// The most people who sent video at one time, as the focus counts them.
    pub peak_video_senders: Option<f64>,
}
