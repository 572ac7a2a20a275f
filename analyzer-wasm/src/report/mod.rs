//! The report: versioned, public, plain data that `analyze --json`, the page and its exports all give.
//!
//! Conventions, which field names repeat: `*_ms` is milliseconds (an instant is epoch time on the conference
//! clock, anything else a duration), `*_ratio` is 0–1, `*_bps` is bits per second. `null` means **no data**:
//! nothing in the dumps says it. A number is never a default.

mod conference;
mod connection;
mod event;
mod file;
mod finding;
mod interval;
mod judgement;
mod logs;
mod participant;

pub use conference::{Conference, Server};
pub use connection::{CandidateEnd, CandidatePair, Connection, Direction, MediaKind, Stream};
pub use event::{Event, EventSource};
pub use file::{FileReport, Problem, ProblemSeverity};
pub use finding::{Attribution, Effect, Evidence, Finding, FindingSeverity, Threshold};
pub use interval::{Interval, IntervalKind, Source};
pub use judgement::{Impact, Link, Quality};
pub use logs::{LogCount, LogCounts, LogCursor, LogLevel, LogPage, LogQuery, LogRow, LogSummary, LogTotals};
pub use participant::{
    Activity, BridgeSide, Client, Clock, Distribution, FocusSide, Media, Network, Participant, Presence,
    Transport, TransportChange,
};

use serde::{Deserialize, Serialize};

/// The version of the report's shape. It rises when a field changes its meaning or goes away.
pub const REPORT_VERSION: u32 = 1;

/// What is known of one conference from the dumps that were given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// [`REPORT_VERSION`].
    pub version: u32,
    /// The program and version that made this report, for example `rtcscope 0.1.0`.
    pub generator: String,
    /// The verdict, one plain sentence each.
    pub summary: Vec<String>,
    /// The call as a whole.
    pub conference: Conference,
    /// Everybody who left a dump or whom a server's dump lists, by key.
    pub participants: Vec<Participant>,
    /// Bridges, focuses, gateways and other machines that left a dump or that such a dump tells of.
    pub servers: Vec<Server>,
    /// Sender × receiver, where streams could be mapped to people.
    pub links: Vec<Link>,
    /// Who went unheard or unseen; not judged yet, so empty.
    pub impact: Vec<Impact>,
    /// What happened, in time order.
    pub events: Vec<Event>,
    /// What was judged to be wrong, worst first.
    pub findings: Vec<Finding>,
    /// How much everybody's application logged.
    pub logs: Vec<LogSummary>,
    /// The finding codes that this version looked for: a code that is not here was **not judged**, so its
    /// absence from `findings` says nothing.
    pub rules: Vec<String>,
    /// What was read, and what could not be.
    pub files: Vec<FileReport>,
}

/// Several conferences, newest first: what several calls in one input give.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reports {
    /// [`REPORT_VERSION`].
    pub version: u32,
    /// One report for each conference.
    pub reports: Vec<Report>,
}
