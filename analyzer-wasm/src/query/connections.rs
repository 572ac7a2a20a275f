//! Connections of a participant.

use crate::report::Connection;
use crate::workspace::Workspace;

impl Workspace {
    /// A participant's connections; none where the conference or the participant is not there.
    #[must_use]
    pub fn connections(&self, conference: usize, participant: &str) -> Vec<Connection> {
        let report = self.reports().get(conference);
        let person = report.and_then(|report| report.participants.iter().find(|one| one.key == participant));
        person.map(|person| person.connections.clone()).unwrap_or_default()
    }
}
