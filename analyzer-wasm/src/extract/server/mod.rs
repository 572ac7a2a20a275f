//! The dumps of servers: the endpoints of a bridge, the members and bridges of a focus, events and chart columns.

mod bridge;
mod endpoint;
mod events;
mod measurements;
mod member;
mod named;
mod presence_events;
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

/// One of several files that were read as one dump.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartFile {
    /// Its name.
    pub name: String,
    /// The number of its lines.
    pub lines: u64,
}

impl PartFile {
    pub(super) fn of(file: &FileInfo) -> Self {
        Self { name: file.name.clone(), lines: file.lines }
    }
}

/// The content of the dump of one server. Times are epoch ms on the clock of the server.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServerExtract {
    /// The files that were read as one dump; empty for a single file. Line numbers count over all of them.
    pub files: Vec<PartFile>,
    /// The number of polls.
    pub polls: u64,
    /// Median time between them.
    pub poll_ms: Option<f64>,
    /// From the first poll to the last.
    pub span: Option<TimeSpan>,
    /// The endpoints of a bridge, in order of appearance.
    pub endpoints: Vec<EndpointExtract>,
    /// The members of the room of a focus, in order of appearance.
    pub members: Vec<MemberExtract>,
    /// The bridges in the conference of a focus, in order of appearance.
    pub bridges: Vec<BridgeExtract>,
    /// The other bridges that a bridge was connected to.
    pub relays: Vec<String>,
    /// The largest number of endpoints of a bridge in one poll.
    pub peak_endpoints: Option<u64>,
    /// The largest number of participants in one poll, counted by the focus.
    pub peak_people: Option<f64>,
    /// The largest number of participants that send audio in one poll, counted by the focus.
    pub peak_audio_senders: Option<f64>,
    /// The largest number of participants that send video.
    pub peak_video_senders: Option<f64>,
    /// The events in the order of the dump, followed by the joins and leaves.
    pub events: Vec<ServerEvent>,
    /// The least (time of storing − time of the poll), each on its own clock: the difference of the clocks plus the
    /// shortest delay.
    pub stored_after_ms: Option<f64>,
    /// Chart columns, by the index of the endpoint or bridge; without index those of the whole conference.
    pub timeline: Timeline,
}
