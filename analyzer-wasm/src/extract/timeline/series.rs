//! The quantities of chart columns, and how their values are merged.

use serde::{Deserialize, Serialize};

/// The quantity of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Series {
    /// Round-trip time of the selected candidate pair, ms.
    Rtt,
    /// `availableOutgoingBitrate`, bit/s.
    AvailableOut,
    /// Share of packets lost, 0–1.
    Loss,
    /// RTP payload rate, bit/s.
    Bitrate,
    /// Jitter, ms.
    Jitter,
    /// Frames per second.
    Fps,
    /// Frame height, pixels.
    Height,
    /// Time in the interval for which video was frozen, ms.
    Frozen,
    /// Share of audio samples that were concealed and not silent, 0–1.
    Concealment,
    /// Packets expected in the interval: those received and lost, or those sent since the last RTCP receiver report.
    Expected,
    /// Packets lost among the expected ones.
    Lost,
    /// Time in the interval for which sent video was limited by the CPU, ms.
    CpuLimited,
    /// Time in the interval for which sent video was limited by bandwidth, ms.
    BandwidthLimited,
    /// Share of the packets of an endpoint that did not reach the bridge in the last 60 s, 0–1.
    LossUp,
    /// Share of the packets of the bridge that did not reach an endpoint in the last 60 s, 0–1.
    LossDown,
    /// Bitrate from an endpoint to the bridge, bit/s.
    BitrateUp,
    /// Bitrate from the bridge to an endpoint, bit/s.
    BitrateDown,
    /// The bridge's bandwidth estimate for the downlink of an endpoint, bit/s.
    Estimate,
    /// Bitrate of everything that an endpoint has requested, bit/s.
    Ideal,
    /// Bitrate that the bridge has allocated to an endpoint, bit/s.
    Target,
    /// Number of sources that are forwarded to an endpoint.
    Forwarded,
    /// Number of sources that are suspended for an endpoint.
    Suspended,
    /// Whether the bridge sends more than its bandwidth estimate: 1 or 0.
    Oversending,
    /// Number of keyframe requests to an endpoint in the interval.
    KeyFrameRequests,
    /// Number of messages from and to an endpoint in the interval.
    Messages,
    /// Load of a bridge (its stress level); 1 is full.
    Stress,
    /// Number of participants in the conference, counted by the focus.
    People,
    /// Number of participants that send audio.
    AudioSenders,
    /// Number of participants that send video.
    VideoSenders,
}

/// How the values of two neighbouring points become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Merging {
    Mean,
    Max,
    Sum,
}

impl Series {
    /// Amounts are added, rates averaged; of quantities whose peaks matter the maximum is kept.
    pub(super) fn merging(self) -> Merging {
        match self {
            Self::Rtt
            | Self::Loss
            | Self::Jitter
            | Self::Concealment
            | Self::LossUp
            | Self::LossDown
            | Self::Suspended
            | Self::Oversending
            | Self::Stress
            | Self::People => Merging::Max,
            Self::AvailableOut
            | Self::Bitrate
            | Self::Fps
            | Self::Height
            | Self::BitrateUp
            | Self::BitrateDown
            | Self::Estimate
            | Self::Ideal
            | Self::Target
            | Self::Forwarded
            | Self::AudioSenders
            | Self::VideoSenders => Merging::Mean,
            Self::Frozen
            | Self::Expected
            | Self::Lost
            | Self::CpuLimited
            | Self::BandwidthLimited
            | Self::KeyFrameRequests
            | Self::Messages => Merging::Sum,
        }
    }
}
