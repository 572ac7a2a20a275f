//! What the page shows of a conference without further queries, and its division into messages of bounded size.

use serde::{Deserialize, Serialize};

use crate::report::{Conference, Event, FileReport, Finding, Participant, Server, Threshold};

/// What the page shows of one conference without asking further.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// The call.
    pub conference: Conference,
    /// The verdict in words.
    pub summary: Vec<String>,
    /// What was judged to be wrong, worst first.
    pub findings: Vec<Finding>,
    /// The finding codes that were looked for.
    pub rules: Vec<String>,
    /// From when those that measure a quantity over time count.
    pub limits: Vec<Threshold>,
    /// Who was in it, without their connections, which [`super::ToWorker::Connections`] asks for.
    pub participants: Vec<Participant>,
    /// The machines that left a dump.
    pub servers: Vec<Server>,
    /// The events that a timeline marks, in time order, at most [`crate::limits::MAX_MARKS`] of each person.
    pub marks: Vec<Event>,
    /// What was read.
    pub files: Vec<FileReport>,
    /// The page's numbers of `files`.
    pub numbers: Vec<u32>,
}

/// Some entries of one of an overview's lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Part {
    /// Of [`Overview::participants`].
    Participants(Vec<Participant>),
    /// Of [`Overview::findings`].
    Findings(Vec<Finding>),
    /// Of [`Overview::marks`].
    Marks(Vec<Event>),
    /// Of [`Overview::files`].
    Files(Vec<FileReport>),
}

/// As many entries are told in one message: about a hundred kilobytes of the largest ones.
pub const PART_ENTRIES: usize = 80;

impl Overview {
    /// Takes the lists out that are too long for one message.
    #[must_use]
    pub fn take_parts(&mut self) -> Vec<Part> {
        let mut parts = take_long(&mut self.participants, Part::Participants);
        parts.extend(take_long(&mut self.findings, Part::Findings));
        parts.extend(take_long(&mut self.marks, Part::Marks));
        parts.extend(take_long(&mut self.files, Part::Files));
        parts
    }

    /// Puts a part back, behind those that came before it.
    pub fn join(&mut self, part: Part) {
        match part {
            Part::Participants(entries) => self.participants.extend(entries),
            Part::Findings(entries) => self.findings.extend(entries),
            Part::Marks(entries) => self.marks.extend(entries),
            Part::Files(entries) => self.files.extend(entries),
        }
    }
}

fn take_long<T>(entries: &mut Vec<T>, part: impl Fn(Vec<T>) -> Part) -> Vec<Part> {
    if entries.len() <= PART_ENTRIES {
        return Vec::new();
    }
    let mut rest = std::mem::take(entries).into_iter();
    let next = || Some(rest.by_ref().take(PART_ENTRIES).collect::<Vec<T>>()).filter(|part| !part.is_empty());
    std::iter::from_fn(next).map(part).collect()
}
