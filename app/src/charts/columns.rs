//! The lines of a chart as a worker sent them, shared without copying.

use std::sync::Arc;

use analyzer_wasm::query::Chart;
use analyzer_wasm::wire::ChartLine;

/// All lines of one answer. Clones share them.
#[derive(Clone, Debug)]
pub struct ChartData(Arc<Chart>);

/// One line: times in ascending order and as many values; NaN is a gap.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Its stream or connection.
    pub head: &'a ChartLine,
    /// Epoch ms on the conference clock.
    pub times: &'a [f64],
    /// In the metric's own unit.
    pub values: &'a [f64],
}

impl ChartData {
    /// How many lines there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.lines.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.lines.is_empty()
    }

    /// The line at an index.
    #[must_use]
    pub fn line(&self, index: usize) -> Option<Line<'_>> {
        let (head, times, values) = self.0.line(index)?;
        Some(Line { head, times, values })
    }

    /// All lines, in the order of the answer.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        (0..self.len()).filter_map(|index| self.line(index))
    }
}

impl From<Arc<Chart>> for ChartData {
    fn from(chart: Arc<Chart>) -> Self {
        Self(chart)
    }
}

#[cfg(test)]
impl ChartData {
    /// An answer for tests.
    pub(crate) fn of(lines: Vec<ChartLine>, numbers: Vec<f64>) -> Self {
        Self(Arc::new(Chart { lines, numbers }))
    }
}

impl PartialEq for ChartData {
    /// Whether it is the same answer; the numbers are not compared.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<'a> Line<'a> {
    /// The part of it within a time span, with the sample before and the one after, which lead the line to the
    /// edges.
    #[must_use]
    pub fn within(&self, from_ms: f64, to_ms: f64) -> Self {
        let first = self.times.partition_point(|time| *time < from_ms).saturating_sub(1);
        let end = (self.times.partition_point(|time| *time <= to_ms) + 1).min(self.times.len());
        Self {
            head: self.head,
            times: self.times.get(first..end).unwrap_or_default(),
            values: self.values.get(first..end).unwrap_or_default(),
        }
    }

    /// Its samples without gaps.
    pub fn samples(&self) -> impl Iterator<Item = (f64, f64)> + use<'a> {
        let (times, values) = (self.times, self.values);
        times.iter().copied().zip(values.iter().copied()).filter(|(_, value)| value.is_finite())
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

    fn head(connection: &str, points: u32) -> ChartLine {
        ChartLine { connection: connection.into(), stream: None, facet: None, points }
    }

    #[test]
    fn lines_are_views_of_one_block() {
        let numbers = vec![10.0, 20.0, 1.0, f64::NAN, 15.0, 7.0];
        let data = ChartData::of(vec![head("a", 2), head("b", 1)], numbers);
        let lines: Vec<_> = data.lines().collect();
        assert_eq!((lines[0].head.connection.as_str(), lines[0].times), ("a", &[10.0, 20.0][..]));
        assert_eq!((lines[1].head.connection.as_str(), lines[1].values), ("b", &[7.0][..]));
        assert_eq!((lines[0].mean(), lines[0].max()), (Some(1.0), Some(1.0)));
    }

    #[test]
    fn a_time_span_includes_a_neighbor_on_either_side() {
        let data = ChartData::of(vec![head("a", 5)], (0..10).map(f64::from).collect());
        let line = data.line(0).unwrap();
        assert_eq!(line.within(1.5, 2.5).times, [1.0, 2.0, 3.0]);
        assert_eq!(line.within(2.0, 2.0).times, [1.0, 2.0, 3.0]);
        assert_eq!(line.within(-9.0, 99.0).times.len(), 5);
        assert_eq!(line.within(2.2, 2.8).times, [2.0, 3.0], "between two samples");
        assert_eq!(line.within(50.0, 60.0).times, [4.0]);
    }
}
