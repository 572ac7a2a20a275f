//! The data of a worker from which it answers queries.

use crate::detail::Detail;
use crate::workspace::Workspace;

/// The data of a worker. The coordinator uses the workspace, a detail worker the detail.
#[derive(Debug, Default)]
pub struct Sources {
    /// The extracts of the open files and the reports computed from them.
    pub workspace: Workspace,
    /// The file whose fields are open.
    pub detail: Option<OpenDetail>,
}

/// A file with all its fields.
#[derive(Debug)]
pub struct OpenDetail {
    /// The fields.
    pub detail: Detail,
    /// Added to the times of the file gives times on the conference's clock, ms.
    pub offset_ms: f64,
}

/// A type that queries are answered from, see [`crate::wire::Query::Source`].
pub trait Source {
    /// This source of a worker; `None` if the worker does not have it.
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
