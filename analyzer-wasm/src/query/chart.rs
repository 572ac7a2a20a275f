//! A participant's chart lines on the conference's clock.

use crate::catalog::Quantity;
use crate::extract::{Column, ConnectionExtract, Extract};
use crate::median::median;
use crate::model::GAP_PERIODS;
use crate::participants::{Person, Senders, Stay};
use crate::report::Direction;
use crate::wire::{ChartLine, ChartMetric, ChartStream};
use crate::workspace::Workspace;

/// One line of a chart with its points.
#[derive(Debug)]
pub struct ChartColumn {
    /// What it is.
    pub line: ChartLine,
    /// Epoch ms on the conference clock.
    pub times: Vec<f64>,
    /// NaN is a gap.
    pub values: Vec<f64>,
}

impl Workspace {
    /// One chart's lines; none where the conference or the participant is not there.
    #[must_use]
    pub fn chart(&self, conference: usize, participant: &str, metric: ChartMetric) -> Vec<ChartColumn> {
        let Some(call) = self.calls().get(conference) else { return Vec::new() };
        let Some(index) = call.people.iter().position(|person| person.key == participant) else {
            return Vec::new();
        };
        columns(self.extracts(), &call.people, index, &call.senders, metric)
    }
}

/// The lines of a metric. Streams without a single value are left out.
pub(crate) fn columns(
    extracts: &[Extract],
    people: &[Person],
    person: usize,
    senders: &Senders,
    metric: ChartMetric,
) -> Vec<ChartColumn> {
    let mut lines = Vec::new();
    for (stay, extract) in people.get(person).into_iter().flat_map(|person| person.dumps(extracts)) {
        for connection in &extract.connections {
            for column in connection.timeline.columns() {
                // Round trips by RTCP, stream by stream, stand beside the connection's own; the chart shows that.
                if metric == ChartMetric::Rtt && column.stream.is_some() {
                    continue;
                }
                if !metric.quantities().contains(&column.quantity) {
                    continue;
                }
                let streams = connection.summary.streams.iter();
                let stream = streams.into_iter().find(|stream| Some(stream.index) == column.stream);
                let stream = stream.map(|stream| ChartStream {
                    direction: stream.direction,
                    kind: stream.kind,
                    ssrc: stream.ssrc,
                    sender: match stream.direction {
                        Direction::Inbound => senders.of(person, stay.extract, stream),
                        Direction::Outbound => None,
                    }
                    .and_then(|sender| Some(people.get(sender)?.key.clone())),
                });
                lines.extend(line(stay, connection, column, stream));
            }
        }
    }
    lines
}

/// What distinguishes a line of the quantity from the other lines of a stream in the same chart.
const fn facet(quantity: Quantity) -> Option<&'static str> {
    match quantity {
        Quantity::CpuLimited => Some("cpu"),
        Quantity::BandwidthLimited => Some("bandwidth"),
        _ => None,
    }
}

fn line(
    stay: &Stay,
    connection: &ConnectionExtract,
    column: &Column,
    stream: Option<ChartStream>,
) -> Option<ChartColumn> {
    let mut points: Vec<(f64, f64)> =
        connection.timeline.points(column).filter(|(_, value)| !value.is_nan()).collect();
    if points.is_empty() {
        return None;
    }
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let poll_ms =
        connection.summary.poll_ms.unwrap_or(f64::INFINITY) * f64::from(connection.timeline.stride());
    let as_share = matches!(column.quantity, Quantity::CpuLimited | Quantity::BandwidthLimited);
    // What the other side reports comes at RTCP's pace, not with every poll.
    let gap_ms = poll_ms.max(usual_distance(&points)) * GAP_PERIODS;
    let (mut times, mut values) = (Vec::new(), Vec::new());
    for (at_ms, value) in points {
        let at_ms = stay.shift(at_ms);
        let since = times.last().map(|last| at_ms - last).filter(|since| *since <= gap_ms);
        if let Some(last) = times.last().copied().filter(|_| since.is_none()) {
            times.push(f64::midpoint(last, at_ms));
            values.push(f64::NAN);
        }
        times.push(at_ms);
        values.push(if as_share { (value / since.unwrap_or(poll_ms)).clamp(0.0, 1.0) } else { value });
    }
    let count = u32::try_from(times.len()).unwrap_or(u32::MAX);
    let id = connection.summary.id.clone();
    let line =
        ChartLine { connection: id, stream, facet: facet(column.quantity).map(str::to_owned), points: count };
    Some(ChartColumn { line, times, values })
}

/// The median time between points.
fn usual_distance(points: &[(f64, f64)]) -> f64 {
    let distances = points.windows(2).filter_map(|pair| Some(pair.last()?.0 - pair.first()?.0));
    median(distances).unwrap_or(0.0)
}
