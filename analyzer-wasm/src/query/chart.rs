//! The lines of a participant's chart, on the conference's clock.

use serde::{Deserialize, Serialize};

use crate::catalog::Quantity;
use crate::extract::{Column, ConnectionExtract};
use crate::median::median;
use crate::model::GAP_PERIODS;
use crate::participants::{DumpPresence, ParticipantRecord, Senders};
use crate::report::Direction;
use crate::sessions::Extracts;
use crate::wire::{Answer, ChartLine, ChartMetric, ChartStream, Payload, PayloadSource, Query};
use crate::workspace::Workspace;

/// Asks for a chart's lines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChartColumns {
    /// The conference, as an index of [`super::ConferenceOverviews::conferences`].
    pub conference: usize,
    /// The participant's key.
    pub participant: String,
    /// The quantity.
    pub metric: ChartMetric,
}

/// The lines of a chart with their points.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// The lines. Empty if the conference or the participant does not exist; lines without a value are left out.
    pub lines: Vec<ChartLine>,
    /// For each line all times (epoch ms on the conference's clock), then all values (NaN is a gap). The payload of
    /// the answer.
    #[serde(skip)]
    pub numbers: Vec<f64>,
}

impl Query for ChartColumns {
    type Source = Workspace;
    type Answer = Chart;

    fn answer(&self, workspace: &Workspace) -> Chart {
        let Some(conference) = workspace.conferences().get(self.conference) else { return Chart::default() };
        let Some(index) = conference.records.iter().position(|record| record.key == self.participant) else {
            return Chart::default();
        };
        chart(workspace.extracts(), &conference.records, index, &conference.senders, self.metric)
    }
}

impl Answer for Chart {
    fn take_payload(&mut self) -> Payload {
        Payload::F64(std::mem::take(&mut self.numbers))
    }

    fn restore_payload(&mut self, payload: &dyn PayloadSource) -> bool {
        self.numbers = payload.f64_values();
        self.numbers.len() == self.lines.iter().map(|line| line.points as usize * 2).sum::<usize>()
    }
}

impl Chart {
    /// Adds a line with its times and as many values.
    pub(super) fn add(&mut self, line: ChartLine, times: &[f64], values: &[f64]) {
        self.lines.push(line);
        self.numbers.extend_from_slice(times);
        self.numbers.extend_from_slice(values);
    }

    /// The line at an index, with its times and its values.
    #[must_use]
    pub fn line(&self, index: usize) -> Option<(&ChartLine, &[f64], &[f64])> {
        let line = self.lines.get(index)?;
        let before: usize = self.lines.iter().take(index).map(|line| line.points as usize * 2).sum();
        let (times, rest) = self.numbers.get(before..)?.split_at_checked(line.points as usize)?;
        Some((line, times, rest.get(..line.points as usize)?))
    }
}

/// The lines of a metric for a participant. Streams without a value are left out.
fn chart(
    extracts: &Extracts,
    records: &[ParticipantRecord],
    participant: usize,
    senders: &Senders,
    metric: ChartMetric,
) -> Chart {
    let mut chart = Chart::default();
    for (presence, extract) in records.get(participant).into_iter().flat_map(|record| record.dumps(extracts))
    {
        for connection in &extract.connections {
            for column in connection.timeline.columns() {
                // The round-trip times that RTCP gives for each stream are not shown, only those of the connection.
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
                        Direction::Inbound => senders.of(participant, presence.extract, stream),
                        Direction::Outbound => None,
                    }
                    .and_then(|sender| Some(records.get(sender)?.key.clone())),
                });
                add_line(&mut chart, presence, connection, column, stream);
            }
        }
    }
    chart
}

/// The label that distinguishes lines of one stream in the same chart.
const fn facet(quantity: Quantity) -> Option<&'static str> {
    match quantity {
        Quantity::CpuLimited => Some("cpu"),
        Quantity::BandwidthLimited => Some("bandwidth"),
        _ => None,
    }
}

/// Adds a line if it has values. A NaN separates points that are further apart than a gap.
fn add_line(
    chart: &mut Chart,
    presence: &DumpPresence,
    connection: &ConnectionExtract,
    column: &Column,
    stream: Option<ChartStream>,
) {
    let mut points: Vec<(f64, f64)> =
        connection.timeline.points(column).filter(|(_, value)| !value.is_nan()).collect();
    if points.is_empty() {
        return;
    }
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let poll_ms =
        connection.summary.poll_ms.unwrap_or(f64::INFINITY) * f64::from(connection.timeline.stride());
    let as_share = matches!(column.quantity, Quantity::CpuLimited | Quantity::BandwidthLimited);
    // Values that the other side reports arrive with RTCP, not with every poll.
    let gap_ms = poll_ms.max(median_distance(&points)) * GAP_PERIODS;
    let (mut times, mut values) = (Vec::new(), Vec::new());
    for (at_ms, value) in points {
        let at_ms = presence.shift(at_ms);
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
    chart.add(line, &times, &values);
}

/// The median time between points, ms.
fn median_distance(points: &[(f64, f64)]) -> f64 {
    let distances = points.windows(2).filter_map(|pair| Some(pair.last()?.0 - pair.first()?.0));
    median(distances).unwrap_or(0.0)
}
