//! Chart metrics and the lines of a chart.

use serde::{Deserialize, Serialize};

use crate::report::{Direction, MediaKind};

/// What a chart can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChartMetric {
    /// Round-trip time by connection, in ms.
    Rtt,
    /// Share of packets lost by stream, 0–1.
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
    /// Time that video stood still by received stream, in ms, booked when it moves again.
    Freeze,
    /// Share of audio that was concealed by received stream, 0–1.
    Concealment,
    /// Share of the time that sent video was limited, 0–1; the facet says by what: `cpu` or `bandwidth`.
    Limited,
}

/// One line of a chart. Its part of the payload is `points` times (`f64`, epoch ms on the conference clock),
/// then `points` values (`f64`; NaN is a gap), little-endian; the parts follow one another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChartLine {
    /// The peer connection, for example `PC_0`.
    pub connection: String,
    /// The stream, where the line is of one.
    pub stream: Option<ChartStream>,
    /// What tells it from another line of the same stream.
    pub facet: Option<String>,
    /// How many points it has.
    pub points: u32,
}

/// The stream of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartStream {
    /// Which way it flows, seen from the participant.
    pub direction: Direction,
    /// Audio or video, where the report says.
    pub kind: Option<MediaKind>,
    /// Its SSRC.
    pub ssrc: Option<u32>,
    /// Who sent what is received here, by participant key, where it is known.
    pub sender: Option<String>,
}
