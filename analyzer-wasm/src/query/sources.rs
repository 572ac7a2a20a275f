//! What a worker holds to answer queries from.

use crate::detail::Detail;
use crate::workspace::Workspace;

/// Everything that a worker holds. A coordinator uses the workspace, a detail worker the detail.
#[derive(Debug, Default)]
pub struct Sources {
    /// The extracts of the open call and the reports made of them.
    pub workspace: Workspace,
    /// The file that was read for its fields.
    pub detail: Option<OpenDetail>,
}

/// A file with all its fields.
#[derive(Debug)]
pub struct OpenDetail {
    /// The fields.
    pub detail: Detail,
    /// Added to the file's times gives times on the conference's clock.
    pub offset_ms: f64,
}

/// A type that queries are answered from, see [`crate::wire::Query::Source`].
pub trait Source {
    /// Finds it among what the worker holds.
    fn of(sources: &Sources) -> Option<&Self>;
}

impl Source for Workspace {
    fn of(sources: &Sources) -> Option<&Self> {
        Some(&sources.workspace)
    }
}

impl Source for OpenDetail {
    fn of(sources: &Sources) -> Option<&Self> {
        sources.detail.as_ref()
    }
}
