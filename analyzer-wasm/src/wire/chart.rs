//! Chart metrics and the lines of a chart.

use serde::{Deserialize, Serialize};

use crate::report::{Direction, MediaKind};

/// A quantity that has a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChartMetric {
    /// Round-trip time by connection, in ms.
    Rtt,
    /// Packet loss by stream, as a share of the packets, 0–1.
    Loss,
    /// Interarrival jitter by stream, in ms.
    Jitter,
    /// RTP payload rate by stream, in bit/s.
    Bitrate,
    /// `availableOutgoingBitrate` by connection, in bit/s.
    Available,
    /// Frame rate by video stream.
    Fps,
    /// Frame height by video stream, in pixels.
    Height,
    /// Freeze duration by received video stream, in ms, counted at the end of the freeze.
    Freeze,
    /// Concealed samples by received audio stream, as a share of all samples, 0–1.
    Concealment,
    /// The share of the time during which a sent video was limited (`qualityLimitationDurations`), 0–1; the facet is the
    /// reason, `cpu` or `bandwidth`.
    Limited,
}

/// One line of a chart. Its points are in [`crate::query::Chart::numbers`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChartLine {
    /// The peer connection, for example `PC_0`.
    pub connection: String,
    /// The RTP stream, unless the line is about a whole connection.
    pub stream: Option<ChartStream>,
    /// What distinguishes this line from another one of the same stream or connection.
    pub facet: Option<String>,
    /// The number of points.
    pub points: u32,
}

/// The RTP stream of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartStream {
    /// The direction, seen from the participant.
    pub direction: Direction,
    /// Audio or video, if the dump says.
    pub kind: Option<MediaKind>,
    /// The SSRC.
    pub ssrc: Option<u32>,
    /// The participant (by key) who sends a received stream, if known.
    pub sender: Option<String>,
}
