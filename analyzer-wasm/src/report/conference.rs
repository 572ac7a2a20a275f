//! The conference as a whole and the servers that took part in it.

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
    /// The start of the first presence.
    pub start_ms: Option<f64>,
    /// The end of the last presence.
    pub end_ms: Option<f64>,
    /// `end_ms - start_ms`.
    pub duration_ms: Option<f64>,
    /// `deploymentInfo.environment`.
    pub environment: Option<String>,
    /// `deploymentInfo.region`.
    pub region: Option<String>,
    /// `deploymentInfo.shard`.
    pub shard: Option<String>,
    /// The tenant of a hosted deployment, from the address.
    pub tenant: Option<String>,
    /// The tenant's customer id: `customerId`, else from the address.
    pub customer_id: Option<String>,
    /// Whether it was a breakout room of another conference; `null` where no dump has this.
    pub is_breakout: Option<bool>,
    /// The breakout room's id.
    pub breakout_id: Option<String>,
    /// The `conference.id` of the conference that it was a breakout room of, where one of its dumps was given.
    pub parent_id: Option<String>,
    /// Number of participants, by client and server dumps.
    pub participant_count: u32,
    /// Number of received streams for which track names, SSRCs and server dumps name different senders. Where no sender
    /// has more evidence than the others, it stays unknown.
    pub sender_contradictions: u32,
    /// The largest number of participants who were present at the same time.
    pub peak_participants: u32,
    /// The quality; always `null` in this version.
    pub quality: Option<Quality>,
}

/// A server of the deployment, from its own dump or another server's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Server {
    /// `jvb`, `jicofo`, `jigasi`, `jibri`, `transcriber`, or `bot` for any other machine in the room.
    pub kind: String,
    /// Its host or bot name.
    pub name: Option<String>,
    /// Its software version.
    pub version: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// Its own dump (of several dumps or parts, the first), else the dump that lists it.
    pub file: String,
    /// Whether that is its own dump.
    pub has_dump: bool,
    /// Its other dumps of this conference, and their parts.
    pub other_parts: Vec<String>,
    /// When it was first seen: its first poll, or the first poll that lists it.
    pub from_ms: Option<f64>,
    /// When it was last seen.
    pub to_ms: Option<f64>,
    /// Number of polls in its dump.
    pub polls: u64,
    /// Median time between polls.
    pub poll_ms: Option<f64>,
    /// How its clock was mapped to the conference's; `null` without a dump of its own.
    pub clock: Option<Clock>,
    /// A bridge's stress, as the focus reports it; 1 is full load.
    pub stress: Option<Distribution>,
    /// Time in which the focus considered a bridge overloaded.
    pub overloaded_ms: Option<f64>,
    /// Whether a bridge's last health check succeeded.
    pub healthy: Option<bool>,
    /// Whether a bridge was last draining: it takes no new conferences.
    pub draining: Option<bool>,
    /// The largest number of endpoints on a bridge at one time.
    pub peak_endpoints: Option<u64>,
    /// Other bridges that a bridge was connected to (relays, formerly Octo).
    pub relays: Vec<String>,
    /// The largest number of participants at one time, as the focus counts them.
    pub peak_people: Option<f64>,
    /// The largest number of audio senders at one time, as the focus counts them.
    pub peak_audio_senders: Option<f64>,
    /// The largest number of video senders at one time, as the focus counts them.
    pub peak_video_senders: Option<f64>,
}
