//! What each chart shows: its words, its unit and where its numbers come from.

use analyzer_wasm::protocol::ChartMetric;

use crate::format;

/// A metric as a chart shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MetricSpec {
    /// Which.
    pub metric: ChartMetric,
    /// Its name in attributes.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What it is, in one sentence, with the identifier of W3C webrtc-stats.
    pub help: &'static str,
    /// The least that the axis spans, in the metric's own unit, so that a little noise does not look like a storm.
    pub least_span: f64,
}

/// A unit for values up to some size: its name, and what one of it is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// Its name.
    pub name: &'static str,
    /// In the metric's own unit.
    pub worth: f64,
}

impl MetricSpec {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 3] = [
        Self {
            metric: ChartMetric::Rtt,
            id: "rtt",
            title: "Round-trip time",
            help: "How long a packet takes to the other end of the connection and back \
                   (candidate-pair.currentRoundTripTime).",
            least_span: 50.0,
        },
        Self {
            metric: ChartMetric::Loss,
            id: "loss",
            title: "Packet loss",
            help: "Share of packets lost since the sample before (packetsLost of inbound-rtp and \
                   remote-inbound-rtp).",
            least_span: 0.01,
        },
        Self {
            metric: ChartMetric::Bitrate,
            id: "bitrate",
            title: "Bitrate",
            help: "RTP payload sent and received since the sample before (bytesSent, bytesReceived).",
            least_span: 10_000.0,
        },
    ];

    /// The unit that suits values up to `max`.
    #[must_use]
    pub fn unit(&self, max: f64) -> Unit {
        match self.metric {
            ChartMetric::Rtt | ChartMetric::Jitter => Unit { name: "ms", worth: 1.0 },
            ChartMetric::Freeze if max >= 1e3 => Unit { name: "s", worth: 1e3 },
            ChartMetric::Freeze => Unit { name: "ms", worth: 1.0 },
            ChartMetric::Loss | ChartMetric::Concealment | ChartMetric::Limited => {
                Unit { name: "%", worth: 0.01 }
            }
            ChartMetric::Bitrate | ChartMetric::Available if max >= 1e6 => {
                Unit { name: "Mbit/s", worth: 1e6 }
            }
            ChartMetric::Bitrate | ChartMetric::Available => Unit { name: "kbit/s", worth: 1e3 },
            ChartMetric::Fps => Unit { name: "fps", worth: 1.0 },
            ChartMetric::Height => Unit { name: "px", worth: 1.0 },
        }
    }

    /// A value with its unit.
    #[must_use]
    pub fn text(&self, value: f64) -> String {
        let unit = self.unit(value);
        match self.metric {
            ChartMetric::Loss | ChartMetric::Concealment | ChartMetric::Limited => {
                format!("{} %", format::percent(value))
            }
            _ => format!("{} {}", format::short_number(value / unit.worth), unit.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_with_a_unit_of_their_size() {
        let [rtt, loss, bitrate] = MetricSpec::ALL;
        assert_eq!(rtt.text(45.2), "45 ms");
        assert_eq!(loss.text(0.0213), "2.1 %");
        assert_eq!(bitrate.text(32_400.0), "32 kbit/s");
        assert_eq!(bitrate.text(2_540_000.0), "2.5 Mbit/s");
    }
}
