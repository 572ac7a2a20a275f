//! The report: public, versioned, plain data, written by `analyze --json` and by the page's exports.
//!
//! Units are in the names of fields: `*_ms` is milliseconds (`at_ms`, `from_ms`, `to_ms`, `start_ms` and `end_ms` are
//! epoch time on the conference clock, the others durations), `*_ratio` is 0–1, `*_bps` is bits per second. `null`
//! means **no data**: the dumps do not contain the value. A number never stands for a missing value.

mod conference;
mod connection;
mod event;
mod file;
mod finding;
mod interval;
mod logs;
mod participant;
mod quality;

pub use conference::{Conference, Server};
pub use connection::{CandidateEnd, CandidatePair, Connection, Direction, MediaKind, Stream};
pub use event::{Event, EventSource};
pub use file::{FileReport, Problem, ProblemSeverity};
pub use finding::{Attribution, Effect, Evidence, Finding, FindingSeverity, Threshold};
pub use interval::{Interval, IntervalKind, Source};
pub use logs::{LogCount, LogCounts, LogCursor, LogLevel, LogPage, LogQuery, LogRow, LogSummary, LogTotals};
pub use participant::{
    Activity, BridgeSide, Client, Clock, Distribution, FocusSide, Media, Network, Participant, Presence,
    Transport, TransportChange,
};
pub use quality::{Impact, Link, Quality};

use serde::{Deserialize, Serialize};

/// The version of the report's format. It is incremented when a field changes its meaning or is removed.
pub const REPORT_VERSION: u32 = 1;

/// Everything about one conference, from the dumps that were given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// [`REPORT_VERSION`].
    pub version: u32,
    /// The program and version that made this report, for example `rtcscope 0.1.0`.
    pub generator: String,
    /// The summary of the call, one sentence each.
    pub summary: Vec<String>,
    /// The conference as a whole.
    pub conference: Conference,
    /// The participants: of client dumps, and those that a server's dump lists, by key.
    pub participants: Vec<Participant>,
    /// Bridges, focuses, gateways and other servers: of server dumps, and those that another dump lists.
    pub servers: Vec<Server>,
    /// Media between each sender and receiver, where the senders of streams are known.
    pub links: Vec<Link>,
    /// Participants who were not heard or seen; always empty in this version.
    pub impact: Vec<Impact>,
    /// The events of the call, by time.
    pub events: Vec<Event>,
    /// The findings, worst first.
    pub findings: Vec<Finding>,
    /// The number of console lines of each participant and server.
    pub logs: Vec<LogSummary>,
    /// The finding codes that have a rule in this version. A code that is not listed here was **not looked for**: its
    /// absence from `findings` does not mean that the call is free of it.
    pub rules: Vec<String>,
    /// The files that were read, with their problems.
    pub files: Vec<FileReport>,
}

/// The reports of several conferences, newest first: the output for files of more than one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reports {
    /// [`REPORT_VERSION`].
    pub version: u32,
    /// One report for each conference.
    pub reports: Vec<Report>,
}
