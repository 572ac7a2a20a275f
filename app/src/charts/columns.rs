//! A chart's numbers as the coordinator hands them over: one block, shared, never copied again.

use std::sync::Arc;

use analyzer_wasm::protocol::{ChartLine, ChartStream};
use analyzer_wasm::report::{Direction, MediaKind};

/// All lines of one chart. Clones share them.
#[derive(Clone, Debug)]
pub struct ChartData(Arc<Block>);

#[derive(Debug)]
struct Block {
    lines: Vec<ChartLine>,
    labels: Vec<String>,
    numbers: Vec<f64>,
}

/// One line: as many times as values, in time order; NaN is a gap.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// What it is.
    pub label: &'a str,
    /// Epoch ms on the conference clock.
    pub times: &'a [f64],
    /// In the metric's own unit.
    pub values: &'a [f64],
}

impl ChartData {
    /// Takes a payload; `None` where it is shorter than its lines say.
    #[must_use]
    pub fn new(lines: Vec<ChartLine>, numbers: Vec<f64>) -> Option<Self> {
        let wanted: usize = lines.iter().map(|line| line.points as usize * 2).sum();
        let labels = lines.iter().map(label).collect();
        (numbers.len() >= wanted).then(|| Self(Arc::new(Block { lines, labels, numbers })))
    }

    /// Its lines in the coordinator's order.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let mut rest = self.0.numbers.as_slice();
        self.0.lines.iter().zip(&self.0.labels).map_while(move |(line, label)| {
            let (times, after) = rest.split_at_checked(line.points as usize)?;
            let (values, after) = after.split_at_checked(line.points as usize)?;
            rest = after;
            Some(Line { label, times, values })
        })
    }

    /// Whether there is any value to draw.
    #[must_use]
    pub fn has_values(&self) -> bool {
        self.lines().any(|line| line.values.iter().any(|value| value.is_finite()))
    }

    /// The time from the first sample to the last.
    #[must_use]
    pub fn extent(&self) -> Option<(f64, f64)> {
        let first = self.lines().filter_map(|line| line.times.first().copied()).reduce(f64::min)?;
        let last = self.lines().filter_map(|line| line.times.last().copied()).reduce(f64::max)?;
        Some((first, last))
    }
}

/// `PC_0`, or `PC_0 received video 1127975251`.
fn label(line: &ChartLine) -> String {
    let direction = |stream: &ChartStream| match stream.direction {
        Direction::Inbound => "received",
        Direction::Outbound => "sent",
    };
    let kind = |kind: MediaKind| match kind {
        MediaKind::Audio => "audio",
        MediaKind::Video => "video",
    };
    let stream = line.stream.as_ref();
    let parts = [
        Some(line.connection.clone()),
        stream.map(|stream| direction(stream).to_owned()),
        stream.and_then(|stream| stream.kind).map(|stream| kind(stream).to_owned()),
        stream.and_then(|stream| stream.ssrc).map(|ssrc| ssrc.to_string()),
        line.facet.clone(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

impl PartialEq for ChartData {
    /// The same answer of the coordinator; its numbers are not compared.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Line<'_> {
    /// Its samples that are no gaps.
    pub fn samples(&self) -> impl Iterator<Item = (f64, f64)> {
        self.times.iter().copied().zip(self.values.iter().copied()).filter(|(_, value)| value.is_finite())
    }

    /// Its largest value.
    #[must_use]
    pub fn max(&self) -> Option<f64> {
        self.samples().map(|(_, value)| value).reduce(f64::max)
    }

    /// The mean of its samples.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "no line has 2^53 samples")]
    pub fn mean(&self) -> Option<f64> {
        let (sum, count) =
            self.samples().fold((0.0, 0_u64), |(sum, count), (_, value)| (sum + value, count + 1));
        (count > 0).then(|| sum / count as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_views_of_one_block() {
        let line = |id: &str, points| ChartLine { connection: id.into(), stream: None, facet: None, points };
        let numbers = vec![10.0, 20.0, 1.0, f64::NAN, 15.0, 7.0];
        let data = ChartData::new(vec![line("a", 2), line("b", 1)], numbers).unwrap();
        let lines: Vec<_> = data.lines().collect();
        assert_eq!((lines[0].label, lines[0].times), ("a", &[10.0, 20.0][..]));
        assert_eq!((lines[1].label, lines[1].values), ("b", &[7.0][..]));
        assert_eq!((lines[0].mean(), lines[0].max()), (Some(1.0), Some(1.0)));
        assert_eq!(data.extent(), Some((10.0, 20.0)));
        assert!(data.has_values());
    }

    #[test]
    fn a_short_payload_is_refused_and_an_empty_one_has_nothing() {
        let line = ChartLine { connection: "a".into(), stream: None, facet: None, points: 2 };
        assert!(ChartData::new(vec![line], vec![1.0; 3]).is_none());
        let empty = ChartData::new(vec![], vec![]).unwrap();
        assert_eq!((empty.extent(), empty.has_values()), (None, false));
    }
}
