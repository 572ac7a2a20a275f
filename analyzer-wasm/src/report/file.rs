//! The input files: what was read from each, and its problems.

use serde::{Deserialize, Serialize};

use super::Clock;

/// One input file: what was read from it, or why it was refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileReport {
    /// The file's name: never a path, never a URL.
    pub name: String,
    /// The format, for example `jitsi-client`. Of a file that was refused, the format that it was
    /// recognized as, for example `webrtc-internals`; `null` where its format is not known.
    pub format: Option<String>,
    /// Size of the file as given, compressed or not.
    pub bytes: u64,
    /// Bytes of text after decompression; 0 for a file that was refused.
    pub text_bytes: u64,
    /// Lines of text, blank ones included; 0 for a file that was refused.
    pub lines: u64,
    /// The id of the stats session.
    pub session_id: Option<String>,
    /// How the file's clock was mapped to the conference clock; `null` where it was not.
    pub clock: Option<Clock>,
    /// Problems while reading it, most severe first. A file that was refused has one problem, whose message is the reason
    /// and whose kind is `unsupported-format`, `unrecognized-format`, `empty-file` or `gzip-damaged`.
    pub problems: Vec<Problem>,
}

impl FileReport {
    /// Whether lines or samples were lost while reading the file.
    #[must_use]
    pub fn loses_data(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == ProblemSeverity::DataLoss)
    }
}

/// One kind of problem in one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// A stable identifier, for example `bad-line`.
    pub kind: String,
    /// The severity.
    pub severity: ProblemSeverity,
    /// Number of occurrences.
    pub count: u64,
    /// The line of the first occurrence, counted from 1; `null` if it has no line.
    pub first_line: Option<u64>,
    /// One sentence that describes the problem and what it affects.
    pub message: String,
}

/// The severity of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemSeverity {
    /// A line or a sample was lost.
    DataLoss,
    /// Everything was read, but the data may be wrong.
    Warning,
    /// A property of the dump that is no error.
    Info,
}
