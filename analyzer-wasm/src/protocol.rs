//! What the page and its workers say to each other: plain data, versioned, no JavaScript in it.
//!
//! Every message is a two-element array `[json, payload]`: the JSON text of one of these enums and, where the
//! variant says so, one payload (a `File` handle, or an `ArrayBuffer` that is transferred, never copied).
//!
//! A worker is silent until its module runs; then it says [`FromWorker::Ready`], and only then may it be asked
//! for anything. Cancelling is `Worker.terminate()`: there is no message for it.

use serde::{Deserialize, Serialize};

use crate::report::{Conference, FileReport, Participant};

/// Rises with any change of these enums: worker files carry no hash in their names, so an old one may be met.
pub const PROTOCOL_VERSION: u32 = 1;

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
    /// Build the report from everything that was added. Answered by [`FromWorker::Overview`].
    Conclude,
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
    /// Give the whole report as JSON text. Answered by [`FromWorker::ReportJson`].
    ReportJson,
}

/// What a worker says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FromWorker {
    /// The module runs.
    Ready {
        /// The worker's [`PROTOCOL_VERSION`].
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
    /// The report is ready, newest conference first.
    Overview {
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
    /// The payload is the report as UTF-8 JSON.
    ReportJson,
    /// The worker broke and will say nothing more; what it was doing is lost.
    Crashed,
}

/// What the page shows of one conference without asking further.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// The call.
    pub conference: Conference,
    /// The verdict in words.
    pub summary: Vec<String>,
    /// Who was in it.
    pub participants: Vec<Participant>,
    /// What was read.
    pub files: Vec<FileReport>,
}

/// Why a file gave nothing, in words for whoever dropped it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The file's name.
    pub file: String,
    /// What is wrong, in one sentence.
    pub title: String,
    /// What was expected and what to do.
    pub hint: String,
}

/// What a chart can show in this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChartMetric {
    /// Round-trip time by connection, in ms.
    Rtt,
    /// Share of packets lost by stream, 0–1.
    Loss,
    /// RTP payload rate by stream, in bit/s.
    Bitrate,
}

/// One line of a chart. Its part of the payload is `points` times (`f64`, epoch ms on the conference clock),
/// then `points` values (`f64`; NaN is a gap), little-endian; the parts follow one another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChartLine {
    /// What the line is, for example `PC_0 received video 1127975251`.
    pub label: String,
    /// How many points it has.
    pub points: u32,
}
