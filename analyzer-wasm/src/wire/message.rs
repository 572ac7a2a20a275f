//! The messages between the page and a worker.

use serde::{Deserialize, Serialize};

use super::{Failure, Request, Response};
use crate::report::FileReport;

/// Increased with every incompatible change of the messages, the queries or their answers: worker files carry no hash
/// in their names, so that a page may load a worker of another version.
pub const WIRE_VERSION: u32 = 5;

/// From the page to a worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToWorker {
    /// Read one file; the payload is its `File` handle. Answered by [`FromWorker::Progress`], then
    /// [`FromWorker::Extracted`] or [`FromWorker::Failed`].
    Extract {
        /// The page's number of the file.
        file: u32,
    },
    /// Keep an extract for the report; the payload is that of [`FromWorker::Extracted`].
    Add {
        /// The page's number of the file.
        file: u32,
    },
    /// List a file that was refused in the reports.
    Refuse {
        /// The page's number of the file.
        file: u32,
        /// The entry of [`FromWorker::Failed`].
        entry: FileReport,
    },
    /// Drop the extracts of these files, because their load was cancelled, and restore the reports from before it.
    Forget {
        /// The page's numbers of the files.
        files: Vec<u32>,
    },
    /// Build the reports from everything that was added.
    Conclude,
    /// Read one file and keep every numeric field of it for queries; the payload is its `File` handle. Answered by
    /// [`FromWorker::Progress`], then [`FromWorker::DetailReady`] or [`FromWorker::Failed`].
    OpenDetail {
        /// The page's number of the file.
        file: u32,
        /// Added to the file's times gives times on the conference's clock.
        offset_ms: f64,
    },
    /// Answer a query; the body is the encoded query. Answered by [`FromWorker::Response`]s.
    Request(Request),
}

/// From a worker to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromWorker {
    /// The module runs and listens.
    Ready {
        /// The worker's [`WIRE_VERSION`].
        version: u32,
    },
    /// How much of a file has been read.
    Progress {
        /// The page's number of the file.
        file: u32,
        /// Bytes of the file, compressed if it is.
        bytes: u64,
        /// Bytes of text in them.
        text_bytes: u64,
    },
    /// A file was read; the payload is its extract.
    Extracted {
        /// The page's number of the file.
        file: u32,
    },
    /// A file could not be read, or its extract not be used. The worker goes on.
    Failed {
        /// The page's number of the file.
        file: u32,
        /// Why.
        failure: Failure,
        /// The entry for the reports' list of files, if the file was read and refused.
        entry: Option<Box<FileReport>>,
    },
    /// The fields of a file can be queried.
    DetailReady {
        /// The page's number of the file.
        file: u32,
        /// How many fields there are.
        fields: u32,
        /// Whether the file holds more values than are kept.
        cut: bool,
    },
    /// A response to a query; the body is the encoded answer, the payload its bulk data.
    Response(Response),
    /// The worker has crashed and sends nothing more.
    Crashed,
}
