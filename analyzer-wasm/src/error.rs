//! Why a file was refused: the only errors of the analyzer, since a damaged dump is read as far as it goes.

use thiserror::Error;

/// A file from which nothing can be reported.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Error {
    /// It has no bytes, or only white space.
    #[error("the file is empty")]
    Empty,
    /// It is in a format that is recognized but not read.
    #[error("{}", .0.title)]
    UnsupportedFormat(Refused),
    /// Its start bears the signature of no known format, or nothing in it is an entry of the format that it bears.
    #[error("this is not a dump")]
    UnrecognizedFormat,
    /// It is compressed, and nothing could be decompressed.
    #[error("the gzip data is damaged from its first byte")]
    DamagedGzip,
    /// An extract was made by another version of this crate.
    #[error("the extract was made by another version")]
    ForeignExtract,
}

/// A format that is recognized but not read, and what the user is told of a file in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The report's `files[].format`.
    pub name: &'static str,
    /// What the file is, in one sentence without its full stop.
    pub title: &'static str,
    /// What was expected and what to do.
    pub hint: &'static str,
}

impl Error {
    /// What is wrong, in one sentence without its full stop.
    #[must_use]
    pub fn title(&self) -> String {
        self.to_string()
    }

    /// What was expected and what to do.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Empty => {
                "Expected a Jitsi RTCStats dump. Download or copy the file again: this copy has no content."
            }
            Self::UnsupportedFormat(refused) => refused.hint,
            Self::UnrecognizedFormat => {
                "Expected a Jitsi RTCStats dump: one JSON entry on each line, plain or gzip-compressed, as the \
                 rtcstats server stores it."
            }
            Self::DamagedGzip => "Download or copy the file again: this copy was cut or changed in transit.",
            Self::ForeignExtract => "Reload the page: its parts come from different versions.",
        }
    }

    /// The name of the file's format, where it is recognized.
    #[must_use]
    pub fn format(&self) -> Option<&'static str> {
        match self {
            Self::UnsupportedFormat(refused) => Some(refused.name),
            _ => None,
        }
    }

    /// A stable identifier, used as the kind of the problem that stands for this error in a report.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Empty => "empty-file",
            Self::UnsupportedFormat(_) => "unsupported-format",
            Self::UnrecognizedFormat => "unrecognized-format",
            Self::DamagedGzip => "gzip-damaged",
            Self::ForeignExtract => "foreign-extract",
        }
    }
}
