//! The call as a whole: its name, its time and who was in it.

use serde::{Deserialize, Serialize};

use super::Quality;

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
    /// The first moment that any dump saw.
    pub start_ms: Option<f64>,
    /// The last moment that any dump saw.
    pub end_ms: Option<f64>,
    /// `end_ms - start_ms`.
    pub duration_ms: Option<f64>,
    /// `deploymentInfo.environment`.
    pub environment: Option<String>,
    /// `deploymentInfo.region`.
    pub region: Option<String>,
    /// `deploymentInfo.shard`.
    pub shard: Option<String>,
    /// How many people have a dump here.
    pub participant_count: u32,
    /// The most people whose presences overlap at one time.
    pub peak_participants: u32,
    /// How good it was; `null` until it is judged.
    pub quality: Option<Quality>,
}

/// A machine of the deployment that left a dump.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Server {
    /// `jvb`, `jicofo`, `jigasi` or `jibri`.
    pub kind: String,
    /// Its host or bot name.
    pub name: Option<String>,
    /// Its software version.
    pub version: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// The dump it left.
    pub file: String,
}
