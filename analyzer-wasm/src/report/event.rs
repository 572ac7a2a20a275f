//! Events of the call, with the lines of the dumps that contain them.

use serde::{Deserialize, Serialize};

/// One event of the call's timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The time, on the conference clock.
    pub at_ms: f64,
    /// The key of the participant it is about; where the event names none, the participant of the dump.
    pub participant: Option<String>,
    /// The server whose dump contains it, by name, else by file name.
    pub server: Option<String>,
    /// Its family, for example `ice` or `device`; `docs/events.md` lists all.
    #[serde(rename = "type")]
    pub kind: String,
    /// The event, for example `iceconnectionstatechange`.
    pub subtype: String,
    /// The kind of problem, if it is one: `mediaInterruption`, `networkIssue` or `connectionIssue`.
    pub issue: Option<String>,
    /// The new state, the error or another value of the entry.
    pub detail: Option<String>,
    /// The peer connection, if it is about one.
    pub connection: Option<String>,
    /// The dump, by file name.
    pub file: String,
    /// The line of that dump, counted from 1.
    pub line: u64,
    /// Number of entries and console lines that report it.
    pub count: u64,
    /// Those lines if there are several, including this one; only the first of very many.
    pub sources: Vec<EventSource>,
}

/// One of several lines that report the same event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventSource {
    /// The event by this line, as in [`Event::subtype`].
    pub subtype: String,
    /// The dump.
    pub file: String,
    /// Its line, counted from 1.
    pub line: u64,
}
