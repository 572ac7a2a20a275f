//! Chart metrics and the lines of a chart.

use serde::{Deserialize, Serialize};

use crate::catalog::Quantity;
use crate::report::{Direction, MediaKind};

/// What a chart shows: one or several quantities of the catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChartMetric {
    /// Round-trip time by connection.
    Rtt,
    /// Packet loss by stream.
    Loss,
    /// Jitter by stream.
    Jitter,
    /// Bitrate by stream.
    Bitrate,
    /// Available outgoing bitrate by connection.
    Available,
    /// Frame rate by video stream.
    Fps,
    /// Frame height by video stream.
    Height,
    /// Freezes by received video stream.
    Freeze,
    /// Concealed audio by received stream.
    Concealment,
    /// Share of the time in which sent video was limited; the facet is the cause: `cpu` or `bandwidth`.
    Limited,
}

impl ChartMetric {
    /// The quantities that the chart shows, in the unit that the catalog gives them; of `Limited`, as a share of the
    /// time since the sample before.
    #[must_use]
    pub const fn quantities(self) -> &'static [Quantity] {
        match self {
            Self::Rtt => &[Quantity::RoundTripTime],
            Self::Loss => &[Quantity::DownlinkLoss, Quantity::UplinkLoss],
            Self::Jitter => &[Quantity::Jitter],
            Self::Bitrate => &[Quantity::BitrateReceived, Quantity::BitrateSent],
            Self::Available => &[Quantity::AvailableBitrate],
            Self::Fps => &[Quantity::FrameRate],
            Self::Height => &[Quantity::FrameHeight],
            Self::Freeze => &[Quantity::FreezeTime],
            Self::Concealment => &[Quantity::Concealment],
            Self::Limited => &[Quantity::CpuLimited, Quantity::BandwidthLimited],
        }
    }
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
