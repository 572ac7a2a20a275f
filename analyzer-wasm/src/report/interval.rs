//! Intervals of a participant's activity, each with the source that reports it.

use serde::{Deserialize, Serialize};

/// An activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntervalKind {
    /// Dominant speaker, and not silent.
    Speaking,
    /// Microphone muted.
    AudioMuted,
    /// Camera muted.
    VideoMuted,
    /// Screen shared.
    Screenshare,
}

/// The source of an interval, the most reliable first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The participant's own dump.
    Own,
    /// A bridge's dump.
    Jvb,
    /// A focus' dump.
    Jicofo,
    /// Another participant's dump.
    Client,
}

/// One interval of activity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The activity.
    pub kind: IntervalKind,
    /// Its start, on the conference clock.
    pub from_ms: f64,
    /// Its end, at most the end of the presence.
    pub to_ms: f64,
    /// Whether it may have ended earlier: no source of it observes all participants.
    pub open: bool,
    /// The source.
    #[serde(rename = "witness")]
    pub source: Source,
    /// The dump that contains its start, or shows that it had started before.
    pub file: String,
    /// The line of that dump, counted from 1.
    pub line: u64,
}
