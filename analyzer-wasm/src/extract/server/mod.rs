//! What a server's dump tells: a bridge's endpoints, a focus' members and bridges, events, sources and chart columns.

mod bridge;
mod endpoint;
mod events;
mod measurements;
mod member;
mod presences;
mod state;

pub use bridge::BridgeExtract;
pub use endpoint::{EndpointExtract, EndpointMeasurements};
pub use member::{BridgeChoice, MemberExtract};
pub use presences::{ServerPresence, ServerPresences};
pub(super) use state::ServerState;

use serde::{Deserialize, Serialize};

use super::FileInfo;
use super::timeline::Timeline;
use crate::model::ServerEvent;
use crate::time_span::TimeSpan;

/// A file among several that were read as one dump.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartFile {
    /// Its name.
    pub name: String,
    /// How many lines it has.
    pub lines: u64,
}

impl PartFile {
    pub(super) fn of(file: &FileInfo) -> Self {
        Self { name: file.name.clone(), lines: file.lines }
    }
}

/// What one server's dump said. Times are epoch ms on its writer's clock.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServerExtract {
    /// The files that it was read from, where they are several. Lines are counted on from one to the next.
    pub files: Vec<PartFile>,
    /// How many polls were read.
    pub polls: u64,
    /// Median time between them.
    pub poll_ms: Option<f64>,
    /// From the first poll to the last.
    pub span: Option<TimeSpan>,
    /// The endpoints of a bridge, in the order they appeared.
    pub endpoints: Vec<EndpointExtract>,
    /// The members of a focus' room, in the order they appeared.
    pub members: Vec<MemberExtract>,
    /// The bridges of a focus' conference, in the order they appeared.
    pub bridges: Vec<BridgeExtract>,
    /// Other bridges that a bridge was connected to.
    pub relays: Vec<String>,
    /// The most endpoints of a bridge at one poll.
    pub peak_endpoints: Option<u64>,
    /// The most people in a room at one poll, as the focus counts them.
    pub peak_people: Option<f64>,
    /// The most people who sent audio at one poll, as the focus counts them.
    pub peak_audio_senders: Option<f64>,
    /// The most who sent video.
    pub peak_video_senders: Option<f64>,
    /// What happened, in the order of the dump; who came and left at its end.
    pub events: Vec<ServerEvent>,
    /// The least time from a poll to its storing, each by its own clock: the clocks' difference and the way.
    pub stored_after_ms: Option<f64>,
    /// Columns: of endpoints by their place, of a focus' bridges by theirs, of the whole by none.
    pub timeline: Timeline,
}
