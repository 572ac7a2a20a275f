//! A search for log lines in all dumps of a conference, in order of time, one page at a time.

mod facets;
mod page;
mod search;

use serde::{Deserialize, Serialize};

use crate::report::{LogPage, LogQuery};
use crate::wire::{Answer, Query};
use crate::workspace::Workspace;

/// Asks for the log lines of a conference that match a filter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogSearch {
    /// The conference, as an index of [`super::ConferenceOverviews::conferences`].
    pub conference: usize,
    /// The filter, and which page of the matching lines.
    pub filter: LogQuery,
}

impl Query for LogSearch {
    type Source = Workspace;
    /// Empty if the conference does not exist.
    type Answer = LogPage;

    fn answer(&self, workspace: &Workspace) -> LogPage {
        let conference = workspace.conferences().get(self.conference);
        conference
            .map(|conference| search::search(&conference.dumps(workspace.extracts()), &self.filter))
            .unwrap_or_default()
    }
}

impl Answer for LogPage {}
