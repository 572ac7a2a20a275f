//! What was read from each file, and what could not be.

use serde::{Deserialize, Serialize};

use super::Clock;

/// One file as it was read, or the reason why it was not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileReport {
    /// The file's name: never a path, never a URL.
    pub name: String,
    /// The format it was read as, for example `jitsi-client`. Of a file that was refused, the format that it was
    /// recognized as, for example `webrtc-internals`; `null` where its format is not known.
    pub format: Option<String>,
    /// Bytes as given, compressed or not.
    pub bytes: u64,
    /// Bytes of text after decompression; 0 for a file that was refused.
    pub text_bytes: u64,
    /// Lines of text, blank ones included; 0 for a file that was refused.
    pub lines: u64,
    /// The stats session that wrote it.
    pub session_id: Option<String>,
    /// How its times were mapped to the conference's; `null` where they were not.
    pub clock: Option<Clock>,
    /// What was odd or lost, most severe first. A file that was refused has one problem, whose message is the reason
    /// and whose kind is `unsupported-format`, `unrecognized-format`, `empty-file` or `gzip-damaged`.
    pub problems: Vec<Problem>,
}

impl FileReport {
    /// Whether a line or a sample of it is lost.
    #[must_use]
    pub fn loses_data(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == ProblemSeverity::DataLoss)
    }
}

/// One kind of trouble in one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// A stable identifier, for example `bad-line`.
    pub kind: String,
    /// How much it matters.
    pub severity: ProblemSeverity,
    /// How often it was seen.
    pub count: u64,
    /// The first line it was seen on, counted from 1; `null` where it is no matter of a line.
    pub first_line: Option<u64>,
    /// What it means, in one sentence.
    pub message: String,
}

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemSeverity {
    /// A line or a sample is lost.
    DataLoss,
    /// Everything was read, but something may be wrong with it.
    Warning,
    /// Worth knowing.
    Info,
}
