//! Stretches of time in which somebody did something, each with the witness that tells of it.

use serde::{Deserialize, Serialize};

/// What somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntervalKind {
    /// Was the dominant speaker, and not silent.
    Speaking,
    /// Had the microphone muted.
    AudioMuted,
    /// Had the camera muted.
    VideoMuted,
    /// Shared a screen.
    Screenshare,
}

/// Who tells of it, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// Their own dump.
    Own,
    /// A bridge's.
    Jvb,
    /// A focus'.
    Jicofo,
    /// Somebody else's.
    Client,
}

/// One stretch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// What was done.
    pub kind: IntervalKind,
    /// Since when, on the conference clock.
    pub from_ms: f64,
    /// Until when; leaving ends everything.
    pub to_ms: f64,
    /// Whether it may have ended earlier: nobody who tells of this could see everybody.
    pub open: bool,
    /// Who tells of it.
    #[serde(rename = "witness")]
    pub source: Source,
    /// The dump that says that it began, or that it had begun before.
    pub file: String,
    /// The line of that dump, counted from 1.
    pub line: u64,
}
