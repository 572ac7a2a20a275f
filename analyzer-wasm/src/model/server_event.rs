//! Events on a server, from its log or from changes between its polls.

use serde::{Deserialize, Serialize};

use super::{EventKind, Stamp};

/// One event on a server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServerEvent {
    /// Epoch ms on the writer's clock.
    pub at_ms: f64,
    /// Counted from 1.
    pub line: u64,
    /// Its kind.
    pub kind: EventKind,
    /// The endpoint that it concerns.
    pub endpoint: Option<String>,
    /// The new state, the reason or the bridge, by kind.
    pub detail: Option<String>,
    /// Whether it comes from the log, exact to the millisecond; else from a poll, up to one period later.
    pub exact: bool,
}

impl ServerEvent {
    /// An event of an endpoint or, without one, of the conference, found by a poll.
    #[must_use]
    pub fn new(at: Stamp, kind: EventKind, endpoint: Option<&str>, detail: Option<String>) -> Self {
        let endpoint = endpoint.map(str::to_owned);
        Self { at_ms: at.at_ms, line: at.line, kind, endpoint, detail, exact: false }
    }

    /// The same, found in a log.
    #[must_use]
    pub fn logged(self) -> Self {
        Self { exact: true, ..self }
    }
}
