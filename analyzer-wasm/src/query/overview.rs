//! What the page shows of each conference without asking further.

use super::marks;
use crate::judge;
use crate::report::Participant;
use crate::wire::Overview;
use crate::workspace::Workspace;

impl Workspace {
    /// What the page shows; [`Self::trends`] go with it.
    #[must_use]
    pub fn overviews(&self) -> Vec<Overview> {
        let pairs = self.reports().iter().zip(self.calls());
        pairs
            .map(|(report, call)| Overview {
                conference: report.conference.clone(),
                summary: report.summary.clone(),
                findings: report.findings.clone(),
                rules: report.rules.clone(),
                limits: judge::chart_limits(),
                participants: report.participants.iter().map(without_connections).collect(),
                servers: report.servers.clone(),
                marks: marks::of(report),
                files: report.files.clone(),
                numbers: call.members.iter().filter_map(|index| self.number(*index)).collect(),
            })
            .collect()
    }
}

/// A call's people are listed at once, their connections when they are looked at.
fn without_connections(participant: &Participant) -> Participant {
    Participant { connections: Vec::new(), ..participant.clone() }
}
