//! One thing that happened, with the line that says so.

use serde::{Deserialize, Serialize};

/// One event of the call's timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// When, on the conference clock.
    pub at_ms: f64,
    /// The participant it is about, by key: whoever's dump tells it, where it is not about somebody else.
    pub participant: Option<String>,
    /// The server that tells it, by name, else by its dump.
    pub server: Option<String>,
    /// Its family, for example `ice` or `device`; all of them are listed in `docs/events.md`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What exactly, for example `iceconnectionstatechange`.
    pub subtype: String,
    /// What kind of trouble it is, if it is one: `mediaInterruption`, `networkIssue` or `connectionIssue`.
    pub issue: Option<String>,
    /// The new state, error or other words of the entry.
    pub detail: Option<String>,
    /// The peer connection, where it is about one.
    pub connection: Option<String>,
    /// The dump that says so.
    pub file: String,
    /// The line of that dump, counted from 1.
    pub line: u64,
    /// How many entries and console lines tell of it.
    pub count: u64,
    /// Those lines where there are several, this one's own included; the first ones of very many.
    pub sources: Vec<EventSource>,
}

/// One of several lines that tell of one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventSource {
    /// What the line calls it, as in [`Event::subtype`].
    pub subtype: String,
    /// The dump.
    pub file: String,
    /// Its line, counted from 1.
    pub line: u64,
}
