//! The peer connections of a participant.

use serde::{Deserialize, Serialize};

use crate::report::Connection;
use crate::wire::{Answer, Query};
use crate::workspace::Workspace;

/// Asks for a participant's connections with their streams and candidate pairs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Connections {
    /// The conference, as an index of [`super::ConferenceOverviews::conferences`].
    pub conference: usize,
    /// The participant's key.
    pub participant: String,
}

impl Query for Connections {
    type Source = Workspace;
    /// In the order of the report; empty if the conference or the participant does not exist.
    type Answer = Vec<Connection>;

    fn answer(&self, workspace: &Workspace) -> Vec<Connection> {
        let report = workspace.reports().get(self.conference);
        let participants = report.map(|report| report.participants.as_slice()).unwrap_or_default();
        let participant = participants.iter().find(|participant| participant.key == self.participant);
        participant.map(|participant| participant.connections.clone()).unwrap_or_default()
    }
}

impl Answer for Vec<Connection> {}
