//! One thing that happened, with the line that says so.

use serde::{Deserialize, Serialize};

/// One event of the call's timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// When, on the conference clock.
    pub at_ms: f64,
    /// The participant it belongs to, by key.
    pub participant: Option<String>,
    /// The server that tells it, by name, else by its dump.
    pub server: Option<String>,
    /// Its family, for example `ice` or `device`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What exactly, for example `iceconnectionstatechange`.
    pub subtype: String,
    /// The new state, error or other words of the entry.
    pub detail: Option<String>,
    /// The peer connection, where it is about one.
    pub connection: Option<String>,
    /// The dump that says so.
    pub file: String,
    /// The line of that dump, counted from 1.
    pub line: u64,
}
