//! Every measured quantity: its id, source, unit, how it is folded over time, label and explanation.

use serde::{Deserialize, Serialize};

/// The declaration of one quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuantityInfo {
    /// Its stable id, in kebab case.
    pub id: &'static str,
    /// Where it is read: the report type and field of W3C webrtc-stats, or the server and its field.
    pub source: &'static str,
    /// The unit of its values.
    pub unit: Unit,
    /// How neighbouring values become one where a column has more points than its bound.
    pub fold: Fold,
    /// Its name in a heading.
    pub label: &'static str,
    /// Its name where there is little room, as in a table's head.
    pub short: &'static str,
    /// What it is, in one sentence.
    pub explanation: &'static str,
}

/// The unit of a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Milliseconds.
    Milliseconds,
    /// Seconds.
    Seconds,
    /// A share of one, shown in percent.
    Ratio,
    /// Bits per second.
    BitsPerSecond,
    /// Frames per second.
    FramesPerSecond,
    /// Pixels.
    Pixels,
    /// A number of things.
    Count,
}

impl Unit {
    /// Its symbol in a report's `unit`; empty for a count.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Milliseconds => "ms",
            Self::Seconds => "s",
            Self::Ratio => "ratio",
            Self::BitsPerSecond => "bit/s",
            Self::FramesPerSecond => "fps",
            Self::Pixels => "px",
            Self::Count => "",
        }
    }
}

/// How neighbouring values of a column become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// Their arithmetic mean.
    Mean,
    /// The largest: a peak must stay visible.
    Max,
    /// Their sum: amounts of an interval add up.
    Sum,
}

macro_rules! quantities {
    ($($variant:ident = $id:literal, $source:literal, $unit:ident, $fold:ident, $label:literal, $short:literal, $explanation:literal;)*) => {
        /// A measured quantity.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Quantity { $(#[doc = $explanation] $variant,)* }

        impl Quantity {
            /// Every quantity: those of clients first, then those of servers.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Its declaration.
            #[must_use]
            pub const fn info(self) -> &'static QuantityInfo {
                match self {
                    $(Self::$variant => &QuantityInfo {
                        id: $id,
                        source: $source,
                        unit: Unit::$unit,
                        fold: Fold::$fold,
                        label: $label,
                        short: $short,
                        explanation: $explanation,
                    },)*
                }
            }
        }
    };
}

quantities! {
    // Of clients, by their getstats polls.
    Present = "present", "time from the first to the last entry of each dump", Milliseconds, Sum,
        "Time present", "Present",
        "How long the participant was in the call, without the gaps between presences.";
    RoundTripTime = "rtt", "candidate-pair.currentRoundTripTime", Milliseconds, Max,
        "Round-trip time", "RTT",
        "Time for a packet to reach the other end of the connection and come back.";
    Jitter = "jitter", "inbound-rtp.jitter", Milliseconds, Max,
        "Jitter", "Jitter",
        "Variation of the packets' transit time (RFC 3550), measured by the receiver of the stream.";
    DownlinkLoss = "downlink-packet-loss", "inbound-rtp.packetsLost", Ratio, Max,
        "Downlink packet loss", "Downlink loss",
        "Share of packets lost towards the participant: lost ÷ (lost + received).";
    UplinkLoss = "uplink-packet-loss", "remote-inbound-rtp.packetsLost", Ratio, Max,
        "Uplink packet loss", "Uplink loss",
        "Share of the participant's packets that the other side reports as lost: lost ÷ sent.";
    ExpectedPackets = "expected-packets", "inbound-rtp.packetsReceived", Count, Sum,
        "Expected packets", "Expected",
        "Packets received and lost in the interval; of a sent stream, packets sent since the other side's last report.";
    LostPackets = "lost-packets", "inbound-rtp.packetsLost", Count, Sum,
        "Lost packets", "Lost",
        "Packets lost in the interval, out of the expected ones.";
    BitrateSent = "bitrate-sent", "outbound-rtp.bytesSent", BitsPerSecond, Mean,
        "Bitrate sent", "Sent",
        "Rate of the RTP payload sent.";
    BitrateReceived = "bitrate", "inbound-rtp.bytesReceived", BitsPerSecond, Mean,
        "Bitrate received", "Received",
        "Rate of the RTP payload received.";
    AvailableBitrate = "available-bitrate", "candidate-pair.availableOutgoingBitrate", BitsPerSecond, Mean,
        "Available outgoing bitrate", "Available",
        "The sender's estimate of the bitrate that the network carries.";
    FrameRate = "fps", "inbound-rtp.framesPerSecond", FramesPerSecond, Mean,
        "Frame rate", "Frame rate",
        "Frames per second of a video stream, received or sent.";
    FrameHeight = "height", "inbound-rtp.frameHeight", Pixels, Mean,
        "Resolution", "Height",
        "Height of the picture of a video stream, received or sent.";
    FreezeCount = "freezes", "inbound-rtp.freezeCount", Count, Sum,
        "Number of freezes", "Freezes",
        "How often received video froze.";
    FreezeTime = "freeze", "inbound-rtp.totalFreezesDuration", Milliseconds, Sum,
        "Freezes", "Frozen",
        "Time in which received video was frozen, reported when it continues.";
    PauseTime = "pause", "inbound-rtp.totalPausesDuration", Milliseconds, Sum,
        "Pauses", "Paused",
        "Time without a received frame for more than 5 s: an outage, or a camera switched off.";
    Concealment = "concealment", "inbound-rtp.concealedSamples", Ratio, Max,
        "Concealed audio", "Concealed",
        "Share of received audio that was synthesized for lost packets: (concealedSamples − silentConcealedSamples) ÷ totalSamplesReceived.";
    CpuLimited = "cpu-limited-time", "outbound-rtp.qualityLimitationDurations.cpu", Milliseconds, Sum,
        "Limited by CPU", "CPU",
        "Time in which sent video was reduced because the device's CPU was too slow.";
    BandwidthLimited = "bandwidth-limited-time", "outbound-rtp.qualityLimitationDurations.bandwidth", Milliseconds, Sum,
        "Limited by bandwidth", "Bandwidth",
        "Time in which sent video was reduced because the estimated bandwidth was too low.";
    // Of an endpoint, by its bridge.
    BridgeUplinkLoss = "bridge-uplink-packet-loss", "JVB endpoint: packets received and lost", Ratio, Max,
        "Uplink packet loss at the bridge", "Uplink loss",
        "Share of an endpoint's packets that did not reach the bridge in the last 60 s.";
    BridgeDownlinkLoss = "bridge-downlink-packet-loss", "JVB endpoint: packets acknowledged and lost", Ratio, Max,
        "Downlink packet loss at the bridge", "Downlink loss",
        "Share of the bridge's packets that did not reach an endpoint in the last 60 s.";
    BridgeBitrateReceived = "bridge-bitrate-received", "JVB endpoint: bytes received", BitsPerSecond, Mean,
        "Bitrate received by the bridge", "Received",
        "Rate from an endpoint to the bridge.";
    BridgeBitrateSent = "bridge-bitrate-sent", "JVB endpoint: bytes sent", BitsPerSecond, Mean,
        "Bitrate sent by the bridge", "Sent",
        "Rate from the bridge to an endpoint.";
    BridgeEstimate = "bridge-bandwidth-estimate", "JVB endpoint: bandwidth estimate", BitsPerSecond, Mean,
        "Bandwidth estimate of the bridge", "Estimate",
        "The bridge's estimate of the bitrate that the network carries to an endpoint.";
    IdealBitrate = "bridge-ideal-bitrate", "JVB endpoint: idealBps", BitsPerSecond, Mean,
        "Ideal bitrate", "Ideal",
        "Bitrate of all layers that an endpoint requests.";
    TargetBitrate = "bridge-target-bitrate", "JVB endpoint: targetBps", BitsPerSecond, Mean,
        "Target bitrate", "Target",
        "Bitrate that the bridge allocated to an endpoint.";
    ForwardedSources = "forwarded-sources", "JVB endpoint: forwarded sources", Count, Mean,
        "Forwarded sources", "Forwarded",
        "Sources that the bridge forwards to an endpoint.";
    SuspendedSources = "suspended-sources", "JVB endpoint: suspended sources", Count, Max,
        "Suspended sources", "Suspended",
        "Sources that the bridge suspended for an endpoint because of its bandwidth.";
    Oversending = "oversending", "JVB endpoint: oversending", Ratio, Max,
        "Oversending", "Oversending",
        "Whether the bridge sends an endpoint more than the estimated bandwidth: 1 or 0.";
    KeyFrameRequests = "keyframe-requests", "JVB endpoint: PLI and FIR sent", Count, Sum,
        "Keyframe requests", "Keyframe requests",
        "Keyframe requests (PLI and FIR) that the bridge sent to an endpoint in the interval.";
    ChannelMessages = "channel-messages", "JVB endpoint: bridge channel messages", Count, Sum,
        "Bridge channel messages", "Messages",
        "Bridge channel messages from and to an endpoint in the interval.";
    // Of a bridge and of a conference, by the focus.
    BridgeStress = "bridge-stress", "Jicofo: bridge stress", Ratio, Max,
        "Bridge stress", "Stress",
        "Load of a bridge; 1 is full.";
    ConferenceParticipants = "conference-participants", "Jicofo: participants", Count, Max,
        "Participants", "Participants",
        "Participants in the conference, as the focus counts them.";
    AudioSenders = "audio-senders", "Jicofo: audio senders", Count, Mean,
        "Audio senders", "Audio senders",
        "Participants who send audio, as the focus counts them.";
    VideoSenders = "video-senders", "Jicofo: video senders", Count, Mean,
        "Video senders", "Video senders",
        "Participants who send video, as the focus counts them.";
}
