//! What each chart shows: its words, its scale, where its numbers come from and what judges them.

use analyzer_wasm::report::{Connection, Direction, Stream};
use analyzer_wasm::wire::ChartMetric;

use super::scale::Scale;

/// A chart of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MetricSpec {
    /// Its name in attributes.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What it is, in one sentence, with the identifier of W3C webrtc-stats.
    pub help: &'static str,
    /// What its lines are of.
    pub metric: ChartMetric,
    /// Only streams of this direction.
    pub direction: Option<Direction>,
    /// What it is compared with, in a line of its own.
    pub beside: Option<ChartMetric>,
    /// The finding code whose limits are drawn.
    pub judged_by: Option<&'static str>,
    /// How its numbers are written.
    pub scale: Scale,
    /// The least that the axis spans, in the metric's own unit, so that a little noise does not look like a storm.
    pub least_span: f64,
}

impl MetricSpec {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 10] = [
        Self {
            id: "loss",
            title: "Packet loss",
            help: "Share of packets lost since the sample before (packetsLost of inbound-rtp; of sent streams what \
                   the other side reports, remote-inbound-rtp).",
            judged_by: Some("downlink-loss"),
            ..Self::of(ChartMetric::Loss, Scale::Share, 0.01)
        },
        Self {
            id: "rtt",
            title: "Round-trip time",
            help: "How long a packet takes to the other end of the connection and back \
                   (candidate-pair.currentRoundTripTime).",
            judged_by: Some("high-rtt"),
            ..Self::of(ChartMetric::Rtt, Scale::Ms, 50.0)
        },
        Self {
            id: "bitrate",
            title: "Bitrate received",
            help: "RTP payload received since the sample before (inbound-rtp.bytesReceived).",
            direction: Some(Direction::Inbound),
            ..Self::of(ChartMetric::Bitrate, Scale::Bits, 10_000.0)
        },
        Self {
            id: "bitrate-sent",
            title: "Bitrate sent",
            help: "RTP payload sent since the sample before (outbound-rtp.bytesSent), and what the sender thought the \
                   network would take (candidate-pair.availableOutgoingBitrate).",
            direction: Some(Direction::Outbound),
            beside: Some(ChartMetric::Available),
            ..Self::of(ChartMetric::Bitrate, Scale::Bits, 10_000.0)
        },
        Self {
            id: "jitter",
            title: "Jitter",
            help: "Variation of the packets' arrival, as measured by whoever received them (jitter of inbound-rtp and \
                   remote-inbound-rtp).",
            ..Self::of(ChartMetric::Jitter, Scale::Ms, 20.0)
        },
        Self {
            id: "concealment",
            title: "Concealed audio",
            help: "Share of received audio that was made up for lost packets (inbound-rtp.concealedSamples without \
                   silentConcealedSamples ÷ totalSamplesReceived).",
            ..Self::of(ChartMetric::Concealment, Scale::Share, 0.01)
        },
        Self {
            id: "freeze",
            title: "Freezes",
            help: "How long received video had stood still when it moved again \
                   (inbound-rtp.totalFreezesDuration).",
            ..Self::of(ChartMetric::Freeze, Scale::LongMs, 500.0)
        },
        Self {
            id: "fps",
            title: "Frame rate",
            help: "Frames per second, received and sent (framesPerSecond).",
            ..Self::of(ChartMetric::Fps, Scale::Of("fps"), 10.0)
        },
        Self {
            id: "height",
            title: "Resolution",
            help: "Height of the picture, received and sent (frameHeight).",
            ..Self::of(ChartMetric::Height, Scale::Of("px"), 90.0)
        },
        Self {
            id: "limited",
            title: "Quality limitation",
            help: "Share of the time in which sent video was reduced, by this machine's CPU or by the network \
                   (outbound-rtp.qualityLimitationDurations).",
            ..Self::of(ChartMetric::Limited, Scale::Share, 0.1)
        },
    ];

    const fn of(metric: ChartMetric, scale: Scale, least_span: f64) -> Self {
        let (id, title, help) = ("", "", "");
        Self { id, title, help, metric, direction: None, beside: None, judged_by: None, scale, least_span }
    }

    /// Whether there will be anything to draw, by what the report says of the connections.
    #[must_use]
    pub fn has_data(&self, connections: &[Connection]) -> bool {
        let mut streams = connections.iter().flat_map(|one| &one.streams);
        match self.metric {
            ChartMetric::Rtt => connections.iter().any(|one| one.rtt_ms.is_some()),
            ChartMetric::Available => connections.iter().any(|one| one.available_out_bps.is_some()),
            _ => streams.any(|stream| {
                self.direction.is_none_or(|direction| direction == stream.direction)
                    && self.has_data_of(stream)
            }),
        }
    }

    fn has_data_of(&self, stream: &Stream) -> bool {
        match self.metric {
            ChartMetric::Loss => stream.loss_ratio.is_some(),
            ChartMetric::Jitter => stream.jitter_ms.is_some(),
            ChartMetric::Bitrate => stream.bitrate_bps.is_some(),
            ChartMetric::Fps => stream.fps.is_some(),
            ChartMetric::Height => stream.height.is_some(),
            ChartMetric::Freeze => stream.freeze_ms.is_some(),
            ChartMetric::Concealment => stream.concealed_ratio.is_some(),
            ChartMetric::Limited => stream.cpu_limited_ms.or(stream.bandwidth_limited_ms).is_some(),
            ChartMetric::Rtt | ChartMetric::Available => false,
        }
    }
}

/// The chart that shows what a finding of this code is about, by its name in attributes.
#[must_use]
pub fn chart_of(code: &str) -> Option<&'static str> {
    Some(match code {
        "downlink-loss" | "uplink-loss" | "high-bridge-loss" => "loss",
        "high-rtt" | "relay-transport" | "tcp-transport" | "distant-bridge" => "rtt",
        "high-jitter" => "jitter",
        "audio-concealment" => "concealment",
        "video-freeze" => "freeze",
        "low-frame-rate" => "fps",
        "cpu-limited" | "bandwidth-limited" => "limited",
        "low-send-bitrate" | "no-outbound-media" | "silent-microphone" => "bitrate-sent",
        "ice-failure" | "ice-disconnect" | "ice-restart" | "dtls-failure" | "connection-failed"
        | "media-interruption" | "one-way-media" => "bitrate",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::{connection, stream};
    use analyzer_wasm::report::MediaKind;

    fn spec(id: &str) -> MetricSpec {
        *MetricSpec::ALL.iter().find(|spec| spec.id == id).unwrap()
    }

    #[test]
    fn findings_lead_to_charts_that_exist() {
        for code in ["downlink-loss", "high-rtt", "video-freeze", "cpu-limited", "ice-failure", "high-jitter"]
        {
            assert_eq!(spec(chart_of(code).unwrap()).id, chart_of(code).unwrap());
        }
        assert_eq!(chart_of("clock-skew"), None);
    }

    #[test]
    fn a_chart_is_expected_where_the_report_knows_its_numbers() {
        let mut sent = stream(Direction::Outbound, MediaKind::Video, 1);
        sent.bitrate_bps = Some(1e6);
        let connections = [connection("PC_0", vec![sent])];
        let told: Vec<_> =
            MetricSpec::ALL.iter().filter(|spec| spec.has_data(&connections)).map(|spec| spec.id).collect();
        assert_eq!(told, ["bitrate-sent"]);
    }
}
