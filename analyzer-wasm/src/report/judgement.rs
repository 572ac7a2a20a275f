//! What is judged between people: quality, links and who went unheard.

use serde::{Deserialize, Serialize};

use super::MediaKind;

/// How good it was, as an estimate on the five-point scale of opinion scores.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// 1–5.
    pub score: f64,
    /// 1–5, audio alone.
    pub audio: Option<f64>,
    /// 1–5, video alone.
    pub video: Option<f64>,
    /// `excellent`, `good`, `fair` or `poor`.
    pub band: String,
    /// Share of the time below 2.8.
    pub poor_ratio: f64,
    /// Jitsi's own connection quality, 0–100.
    pub jitsi: Option<f64>,
}

/// What one person's media went through on the way to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The sender, by key.
    pub from: String,
    /// The receiver, by key.
    pub to: String,
    /// Audio or video.
    pub kind: MediaKind,
    /// Share of packets lost.
    pub loss_ratio: Option<f64>,
    /// Mean jitter.
    pub jitter_ms: Option<f64>,
    /// Time that video stood still.
    pub freeze_ms: Option<f64>,
}

/// How long one person could not be heard or seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Impact {
    /// The person, by key.
    pub participant: String,
    /// Time in which somebody could not hear them.
    pub unheard_ms: Option<f64>,
    /// Time in which somebody could not see them.
    pub unseen_ms: Option<f64>,
    /// Who could not, by key.
    pub by: Vec<String>,
}
