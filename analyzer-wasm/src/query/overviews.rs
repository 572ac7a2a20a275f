//! The overview of each conference: everything that the page shows without further queries.

use serde::{Deserialize, Serialize};

use super::marks;
use crate::judge;
use crate::report::Participant;
use crate::wire::{Answer, Overview, OverviewPart, Payload, PayloadSource, Query, TREND_BINS, Trend};
use crate::workspace::Workspace;

/// Asks for the overviews of all conferences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overviews;

/// The overviews of all conferences.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ConferenceOverviews {
    /// One for each conference, newest first.
    pub conferences: Vec<Overview>,
    /// While the answer is in parts: entries of the lists of `conferences`, by the conference's index.
    parts: Vec<(usize, OverviewPart)>,
    /// The trends: for each conference, for each of its participants, for each of [`Trend::ALL`], [`TREND_BINS`]
    /// values. The payload of the answer.
    #[serde(skip)]
    pub trends: Vec<f32>,
}

impl Query for Overviews {
    type Source = Workspace;
    type Answer = ConferenceOverviews;

    fn answer(&self, workspace: &Workspace) -> ConferenceOverviews {
        let pairs = workspace.reports().iter().zip(workspace.conferences());
        let conferences = pairs
            .map(|(report, conference)| Overview {
                conference: report.conference.clone(),
                summary: report.summary.clone(),
                findings: report.findings.clone(),
                rules: report.rules.clone(),
                limits: judge::chart_limits(),
                participants: report.participants.iter().map(without_connections).collect(),
                servers: report.servers.clone(),
                marks: marks::of(report),
                files: report.files.clone(),
                numbers: conference
                    .dump_indexes
                    .iter()
                    .filter_map(|index| workspace.number(*index))
                    .collect(),
            })
            .collect();
        let trends =
            workspace.conferences().iter().flat_map(|conference| &conference.trends).copied().collect();
        ConferenceOverviews { conferences, parts: Vec::new(), trends }
    }
}

/// A copy without the connections, which are the largest part and are queried for one participant at a time.
fn without_connections(participant: &Participant) -> Participant {
    Participant { connections: Vec::new(), ..participant.clone() }
}

impl Answer for ConferenceOverviews {
    fn take_parts(&mut self) -> Vec<Self> {
        let conferences = self.conferences.iter_mut().enumerate();
        let parts = conferences.flat_map(|(index, overview)| {
            overview
                .take_parts()
                .into_iter()
                .map(move |part| Self { parts: vec![(index, part)], ..Self::default() })
        });
        parts.collect()
    }

    fn join(&mut self, part: Self) {
        for (index, part) in part.parts {
            if let Some(overview) = self.conferences.get_mut(index) {
                overview.join(part);
            }
        }
    }

    fn take_payload(&mut self) -> Payload {
        Payload::F32(std::mem::take(&mut self.trends))
    }

    fn restore_payload(&mut self, payload: &dyn PayloadSource) -> bool {
        self.trends = payload.f32_values();
        let participants: usize = self.conferences.iter().map(|overview| overview.participants.len()).sum();
        self.trends.len() == participants * Trend::ALL.len() * TREND_BINS
    }
}
