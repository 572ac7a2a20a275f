//! Call quality, media between participants, and how long it was missing.

use serde::{Deserialize, Serialize};

use super::MediaKind;

/// Estimated quality on the five-point scale of mean opinion scores.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// Audio and video together, 1–5.
    pub score: f64,
    /// Audio, 1–5.
    pub audio: Option<f64>,
    /// Video, 1–5.
    pub video: Option<f64>,
    /// `excellent`, `good`, `fair` or `poor`.
    pub band: String,
    /// Share (0–1) of the time with a score below 2.8.
    pub poor_ratio: f64,
    /// The connection quality that Jitsi Meet computes itself, 0–100.
    pub jitsi: Option<f64>,
}

/// The media that one participant received from another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The key of the sender.
    pub from: String,
    /// The key of the receiver.
    pub to: String,
    /// Audio or video.
    pub kind: MediaKind,
    /// Lost ÷ (lost + received) packets.
    pub loss_ratio: Option<f64>,
    /// Mean jitter.
    pub jitter_ms: Option<f64>,
    /// Time in which video was frozen.
    pub freeze_ms: Option<f64>,
}

/// How long other participants could not hear or see a participant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Impact {
    /// The key of the participant.
    pub participant: String,
    /// Time in which another participant did not receive audio.
    pub unheard_ms: Option<f64>,
    /// Time in which another participant did not receive video.
    pub unseen_ms: Option<f64>,
    /// The keys of those other participants.
    pub by: Vec<String>,
}
