//! What each chart shows: the quantities of the catalog, their scale, and the finding code whose limits it draws.

use analyzer_wasm::catalog::Quantity;
use analyzer_wasm::judge::{FINDINGS, finding_info};
use analyzer_wasm::report::{Connection, Direction, Stream};
use analyzer_wasm::wire::ChartMetric;

use super::scale::Scale;
use crate::format::quantity;

/// A chart of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MetricSpec {
    /// Its name in attributes.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What its lines show.
    quantities: &'static [Quantity],
    /// The query that gives the lines.
    pub metric: ChartMetric,
    /// Only streams of this direction.
    pub direction: Option<Direction>,
    /// What it is compared with, in a line of its own.
    pub beside: Option<ChartMetric>,
    /// How its numbers are written.
    pub scale: Scale,
    /// The least that the axis spans, in the quantity's unit, so that noise does not fill the chart.
    pub least_span: f64,
}

impl MetricSpec {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 10] = [
        Self {
            id: "loss",
            title: "Packet loss",
            ..Self::of(Quantity::DownlinkLoss, ChartMetric::Loss, 0.01)
        },
        Self::of(Quantity::RoundTripTime, ChartMetric::Rtt, 50.0),
        Self {
            quantities: &[Quantity::BitrateReceived],
            direction: Some(Direction::Inbound),
            ..Self::of(Quantity::BitrateReceived, ChartMetric::Bitrate, 10_000.0)
        },
        Self {
            quantities: &[Quantity::BitrateSent],
            direction: Some(Direction::Outbound),
            beside: Some(ChartMetric::Available),
            ..Self::of(Quantity::BitrateSent, ChartMetric::Bitrate, 10_000.0)
        },
        Self::of(Quantity::Jitter, ChartMetric::Jitter, 20.0),
        Self::of(Quantity::Concealment, ChartMetric::Concealment, 0.01),
        Self::of(Quantity::FreezeTime, ChartMetric::Freeze, 500.0),
        Self::of(Quantity::FrameRate, ChartMetric::Fps, 10.0),
        Self::of(Quantity::FrameHeight, ChartMetric::Height, 90.0),
        Self {
            id: "limited",
            title: "Quality limitation",
            scale: Scale::Share,
            ..Self::of(Quantity::CpuLimited, ChartMetric::Limited, 0.1)
        },
    ];

    /// A chart with the name, heading and unit of its first quantity.
    const fn of(first: Quantity, metric: ChartMetric, least_span: f64) -> Self {
        let info = first.info();
        Self {
            id: info.id,
            title: info.label,
            quantities: metric.quantities(),
            metric,
            direction: None,
            beside: None,
            scale: Scale::of_quantity(first),
            least_span,
        }
    }

    /// What it shows, in a sentence for each quantity.
    #[must_use]
    pub fn help(&self) -> String {
        let beside = self.beside.map_or(&[][..], ChartMetric::quantities);
        let sentences: Vec<String> =
            self.quantities.iter().chain(beside).map(|one| quantity::explanation(*one)).collect();
        sentences.join("\n")
    }

    /// The finding code whose limits are drawn.
    #[must_use]
    pub fn judged_by(&self) -> Option<&'static str> {
        let shown = FINDINGS.iter().find(|info| self.shows(info.shown_by) && info.chart_limits().is_some());
        shown.map(|info| info.code)
    }

    fn shows(&self, quantity: Quantity) -> bool {
        self.quantities.contains(&quantity)
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

/// The chart that shows a finding of this code best, by its name in attributes.
#[must_use]
pub fn chart_of(code: &str) -> Option<&'static str> {
    let shown_by = finding_info(code)?.shown_by;
    MetricSpec::ALL.iter().find(|spec| spec.shows(shown_by)).map(|spec| spec.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::{connection, stream};
    use analyzer_wasm::report::MediaKind;

    #[test]
    fn every_finding_has_a_chart() {
        for info in FINDINGS {
            assert!(chart_of(info.code).is_some(), "{}", info.code);
        }
        assert_eq!(chart_of("clock-skew"), None);
    }

    #[test]
    fn limits_are_drawn_where_they_have_the_unit_of_the_chart() {
        let judged: Vec<_> =
            MetricSpec::ALL.iter().filter(|spec| spec.judged_by().is_some()).map(|spec| spec.id).collect();
        assert_eq!(judged, ["loss", "rtt"]);
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
