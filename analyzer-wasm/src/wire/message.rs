//! The messages between the page and a worker.

use serde::{Deserialize, Serialize};

use super::{ChartLine, ChartMetric, Failure, FieldMatch, Overview, Part};
use crate::report::Connection;

/// Rises with any change of these enums: worker files carry no hash in their names, so an old one may be met.
pub const WIRE_VERSION: u32 = 3;

/// What the page asks of a worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ToWorker {
    /// Read one file; the payload is its `File` handle. Answered by [`FromWorker::Progress`], then
    /// [`FromWorker::Extracted`] or [`FromWorker::Failed`].
    Extract {
        /// The page's number for it.
        file: u32,
    },
    /// Keep an extract for the report; the payload is what [`FromWorker::Extracted`] carried.
    Add {
        /// The page's number for it.
        file: u32,
    },
    /// Drop the extracts of these files, which were added by a load that is given up; the reports are as before it.
    Forget {
        /// The page's numbers for them.
        files: Vec<u32>,
    },
    /// Build the report from everything that was added. Answered by [`FromWorker::Part`]s, where there is much to
    /// tell, and [`FromWorker::Overview`].
    Conclude {
        /// The page's number for this request: an answer with an older one is stale.
        request: u32,
    },
    /// Give a chart's columns. Answered by [`FromWorker::Columns`].
    Chart {
        /// The page's number for this request: an answer with an older one is stale.
        request: u32,
        /// Which conference, as an index of [`FromWorker::Overview`]'s list.
        conference: usize,
        /// Whose, by participant key.
        participant: String,
        /// What.
        metric: ChartMetric,
    },
    /// Give a participant's connections with their streams. Answered by [`FromWorker::Connections`].
    Connections {
        /// The page's number for this request.
        request: u32,
        /// Which conference, as an index of [`FromWorker::Overview`]'s list.
        conference: usize,
        /// Whose, by participant key.
        participant: String,
    },
    /// Give the whole report as JSON text. Answered by [`FromWorker::ReportJson`].
    ReportJson,
    /// Read one file again and keep every numeric field of it; the payload is its `File` handle. Answered by
    /// [`FromWorker::Progress`], then [`FromWorker::Detailed`] or [`FromWorker::Failed`].
    Detail {
        /// The page's number for it.
        file: u32,
        /// What maps its times to the conference's clock.
        offset_ms: f64,
    },
    /// Look for fields of the file that was read by [`ToWorker::Detail`]. Answered by [`FromWorker::Found`].
    Search {
        /// The page's number for this request.
        request: u32,
        /// All of these words must occur in a field's name, its report's type or id, or its connection.
        words: String,
        /// How many matches are wanted.
        limit: u32,
    },
    /// Give the columns of fields that were found. Answered by [`FromWorker::Columns`].
    Fields {
        /// The page's number for this request.
        request: u32,
        /// Which, as [`FieldMatch::field`] numbers them.
        fields: Vec<u32>,
    },
}

/// What a worker says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FromWorker {
    /// The module runs.
    Ready {
        /// The worker's [`WIRE_VERSION`].
        protocol: u32,
    },
    /// How far a file is.
    Progress {
        /// The page's number for it.
        file: u32,
        /// Bytes of the file that were read.
        bytes: u64,
        /// Bytes of text that they held.
        text_bytes: u64,
    },
    /// A file was read; the payload is its extract.
    Extracted {
        /// The page's number for it.
        file: u32,
    },
    /// A file could not be read at all; the rest goes on.
    Failed {
        /// The page's number for it.
        file: u32,
        /// What was wrong.
        failure: Failure,
    },
    /// Entries that the next [`FromWorker::Overview`] leaves out: no message is so long that reading it stops the page.
    Part {
        /// The number of the request.
        request: u32,
        /// Which conference, as an index of [`FromWorker::Overview`]'s list.
        conference: usize,
        /// The entries, which follow those of earlier parts.
        part: Part,
    },
    /// The report is ready, newest conference first; the payload holds the trends, see [`Trend`].
    Overview {
        /// The number of the request.
        request: u32,
        /// One for each conference.
        conferences: Vec<Overview>,
    },
    /// Columns for one chart; the payload holds them, see [`ChartLine`].
    Columns {
        /// The number of the request.
        request: u32,
        /// The lines, in the payload's order.
        lines: Vec<ChartLine>,
    },
    /// A participant's connections.
    Connections {
        /// The number of the request.
        request: u32,
        /// In the report's order.
        connections: Vec<Connection>,
    },
    /// The payload is the report as UTF-8 JSON.
    ReportJson,
    /// A file was read for its fields.
    Detailed {
        /// The page's number for it.
        file: u32,
        /// How many fields of reports it holds.
        fields: u32,
        /// Whether it holds more than can be kept.
        cut: bool,
    },
    /// What a search found.
    Found {
        /// The number of the request.
        request: u32,
        /// How many fields match.
        total: u32,
        /// The best of them.
        matches: Vec<FieldMatch>,
    },
    /// The worker broke and will say nothing more; what it was doing is lost.
    Crashed,
}
