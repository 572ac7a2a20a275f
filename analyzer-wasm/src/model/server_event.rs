//! What happened on a server, by its log or by what changed between its polls.

use serde::{Deserialize, Serialize};

use super::{EventKind, Stamp};

/// One thing that happened on a server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServerEvent {
    /// Epoch ms on the writer's clock.
    pub at_ms: f64,
    /// Counted from 1.
    pub line: u64,
    /// What it is.
    pub kind: EventKind,
    /// The endpoint that it is about.
    pub endpoint: Option<String>,
    /// The new state, the reason, the bridge.
    pub detail: Option<String>,
    /// Whether the log says it, to the millisecond; else a poll shows it, which may be a period later.
    pub exact: bool,
}

impl ServerEvent {
    /// An event about an endpoint or, without one, about the conference, as a poll shows it.
    #[must_use]
    pub fn new(at: Stamp, kind: EventKind, endpoint: Option<&str>, detail: Option<String>) -> Self {
        let endpoint = endpoint.map(str::to_owned);
        Self { at_ms: at.at_ms, line: at.line, kind, endpoint, detail, exact: false }
    }

    /// The same, as a log says it.
    #[must_use]
    pub fn logged(self) -> Self {
        Self { exact: true, ..self }
    }
}
