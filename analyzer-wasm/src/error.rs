//! Why a file gave nothing: the only errors there are, since a damaged dump is still a dump.

use thiserror::Error;

/// A file from which nothing could be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Error {
    /// It has no bytes, or only blank lines.
    #[error("the file is empty")]
    Empty,
    /// No line of it belongs to a format that is read.
    #[error("nothing in this file is a dump")]
    NotADump {
        /// What it looks like, where that can be told.
        looks_like: Option<&'static str>,
    },
    /// It is compressed, and not one byte could be decompressed.
    #[error("the gzip stream is damaged from its start")]
    DamagedGzip,
    /// An extract came from another version of this crate.
    #[error("the extract does not fit this version")]
    ForeignExtract,
}

impl Error {
    /// What is wrong, in one sentence without its full stop.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::NotADump { looks_like: Some(kind) } => format!("{self}: it looks like {kind}"),
            _ => self.to_string(),
        }
    }

    /// What was expected and what to do, for whoever gave the file.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Empty => {
                "Expected a Jitsi RTCStats dump. Download or copy it again: this copy has no content."
            }
            Self::NotADump { .. } => {
                "Expected a Jitsi RTCStats dump: one JSON entry on each line, plain or gzip-compressed, as the \
                 rtcstats server stores it."
            }
            Self::DamagedGzip => "Download or copy it again: this copy was cut or changed on the way.",
            Self::ForeignExtract => "Reload the page: its parts come from different versions.",
        }
    }
}
