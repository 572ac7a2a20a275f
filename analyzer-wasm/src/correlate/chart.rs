//! A participant's chart lines on the conference's clock.

use super::person::{Person, Stay};
use crate::extract::{Column, ConnectionExtract, Extract, GAP_PERIODS, Series};
use crate::protocol::{ChartLine, ChartMetric};
use crate::report::{Direction, MediaKind};

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

/// The lines of a metric. Streams without a single value are left out.
pub(super) fn columns(extracts: &[Extract], person: &Person, metric: ChartMetric) -> Vec<ChartColumn> {
    let series = match metric {
        ChartMetric::Rtt => Series::Rtt,
        ChartMetric::Loss => Series::Loss,
        ChartMetric::Bitrate => Series::Bitrate,
    };
    let mut lines = Vec::new();
    for (stay, extract) in person.dumps(extracts) {
        for connection in &extract.connections {
            for column in connection.timeline.columns() {
                // Round trips by RTCP, stream by stream, stand beside the connection's own; the chart shows that.
                let wanted =
                    column.series == series && (metric != ChartMetric::Rtt || column.stream.is_none());
                if wanted {
                    lines.extend(line(stay, connection, column));
                }
            }
        }
    }
    lines
}

fn line(stay: &Stay, connection: &ConnectionExtract, column: &Column) -> Option<ChartColumn> {
    let mut points: Vec<(f64, f64)> =
        connection.timeline.points(column).filter(|(_, value)| !value.is_nan()).collect();
    if points.is_empty() {
        return None;
    }
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let poll_ms =
        connection.summary.poll_ms.unwrap_or(f64::INFINITY) * f64::from(connection.timeline.stride());
    // What the other side reports comes at RTCP's pace, not with every poll.
    let gap_ms = poll_ms.max(usual_distance(&points)) * GAP_PERIODS;
    let (mut times, mut values) = (Vec::new(), Vec::new());
    for (at_ms, value) in points {
        let at_ms = stay.shift(at_ms);
        if let Some(last) = times.last().copied().filter(|last| at_ms - last > gap_ms) {
            times.push(f64::midpoint(last, at_ms));
            values.push(f64::NAN);
        }
        times.push(at_ms);
        values.push(value);
    }
    let label = label(connection, column);
    let count = u32::try_from(times.len()).unwrap_or(u32::MAX);
    Some(ChartColumn { line: ChartLine { label, points: count }, times, values })
}

/// The median time between points.
fn usual_distance(points: &[(f64, f64)]) -> f64 {
    let mut distances: Vec<f64> =
        points.windows(2).filter_map(|pair| Some(pair.last()?.0 - pair.first()?.0)).collect();
    distances.sort_by(f64::total_cmp);
    distances.get(distances.len() / 2).copied().unwrap_or(0.0)
}

/// `PC_0`, or `PC_0 received video 1127975251`.
fn label(connection: &ConnectionExtract, column: &Column) -> String {
    let id = &connection.summary.id;
    let stream = column
        .stream
        .and_then(|index| connection.summary.streams.iter().find(|stream| stream.index == index));
    let Some(stream) = stream else { return id.clone() };
    let direction = match stream.direction {
        Direction::Inbound => "received",
        Direction::Outbound => "sent",
    };
    let kind = match stream.kind {
        Some(MediaKind::Audio) => " audio",
        Some(MediaKind::Video) => " video",
        None => "",
    };
    let ssrc = stream.ssrc.map(|ssrc| format!(" {ssrc}")).unwrap_or_default();
    format!("{id} {direction}{kind}{ssrc}")
}
