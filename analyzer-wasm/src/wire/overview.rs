//! What the page shows of a conference without further queries, and its division into parts of bounded size.

use serde::{Deserialize, Serialize};

use crate::report::{Conference, Event, FileReport, Finding, Participant, Server, Threshold};

/// What the page shows of one conference without further queries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// The conference's properties.
    pub conference: Conference,
    /// The result in sentences.
    pub summary: Vec<String>,
    /// All findings, worst first.
    pub findings: Vec<Finding>,
    /// The codes of all rules that were applied.
    pub rules: Vec<String>,
    /// The thresholds of the rules whose quantity has a chart.
    pub limits: Vec<Threshold>,
    /// All participants, without their connections: see [`crate::query::Connections`].
    pub participants: Vec<Participant>,
    /// The servers that left a dump.
    pub servers: Vec<Server>,
    /// The events that the timeline marks, in time order, at most [`crate::limits::MAX_MARKS`] for each participant.
    pub marks: Vec<Event>,
    /// The files of the conference.
    pub files: Vec<FileReport>,
    /// The page's numbers of `files`.
    pub numbers: Vec<u32>,
}

/// Some consecutive entries of one of an overview's lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum OverviewPart {
    /// Entries of [`Overview::participants`].
    Participants(Vec<Participant>),
    /// Entries of [`Overview::findings`].
    Findings(Vec<Finding>),
    /// Entries of [`Overview::marks`].
    Marks(Vec<Event>),
    /// Entries of [`Overview::files`].
    Files(Vec<FileReport>),
}

/// The most entries of one part: about 100 kB of the largest ones.
pub const PART_ENTRIES: usize = 80;

impl Overview {
    /// Moves the lists that are longer than [`PART_ENTRIES`] out of the overview.
    #[must_use]
    pub fn take_parts(&mut self) -> Vec<OverviewPart> {
        let mut parts = take_long(&mut self.participants, OverviewPart::Participants);
        parts.extend(take_long(&mut self.findings, OverviewPart::Findings));
        parts.extend(take_long(&mut self.marks, OverviewPart::Marks));
        parts.extend(take_long(&mut self.files, OverviewPart::Files));
        parts
    }

    /// Appends the entries of a part to their list.
    pub fn join(&mut self, part: OverviewPart) {
        match part {
            OverviewPart::Participants(entries) => self.participants.extend(entries),
            OverviewPart::Findings(entries) => self.findings.extend(entries),
            OverviewPart::Marks(entries) => self.marks.extend(entries),
            OverviewPart::Files(entries) => self.files.extend(entries),
        }
    }
}

fn take_long<T>(entries: &mut Vec<T>, part: impl Fn(Vec<T>) -> OverviewPart) -> Vec<OverviewPart> {
    if entries.len() <= PART_ENTRIES {
        return Vec::new();
    }
    let mut rest = std::mem::take(entries).into_iter();
    let next = || Some(rest.by_ref().take(PART_ENTRIES).collect::<Vec<T>>()).filter(|part| !part.is_empty());
    std::iter::from_fn(next).map(part).collect()
}
