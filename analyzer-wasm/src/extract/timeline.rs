//! Chart columns of one connection or server on a shared time column. Neighbouring points are merged when there are
//! too many.

use serde::{Deserialize, Serialize};

use crate::catalog::{Fold, Quantity};
use crate::limits::{MAX_COLUMN_POINTS, MAX_SERVER_VALUES};
use crate::model::Stamp;

/// The fewest points that the columns of a server share room for, however many endpoints it has.
const MIN_SERVER_POINTS: usize = 32;

/// The index of a column in its timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ColumnId(usize);

/// Values at the times of the timeline. A column may begin later than the timeline; NaN means no data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The index of the stream, endpoint or bridge; `None` for the whole connection or server.
    pub stream: Option<u32>,
    /// The quantity.
    pub quantity: Quantity,
    first: usize,
    values: Vec<f32>,
    in_last: u32,
}

/// The polls of a connection or server, and the columns over them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    times_ms: Vec<f64>,
    /// The line of the dump of the first poll of each point.
    lines: Vec<u32>,
    columns: Vec<Column>,
    /// How many polls are merged into one point: a power of two.
    stride: u32,
    in_last: u32,
}

impl Timeline {
    /// Adds a poll.
    pub(super) fn begin_poll(&mut self, at: Stamp) {
        self.begin_poll_within(at, MAX_COLUMN_POINTS);
    }

    /// Adds a poll of a server. Its columns, of which there may be thousands, share a total number of values.
    pub(super) fn begin_server_poll(&mut self, at: Stamp) {
        let points = MAX_SERVER_VALUES / self.columns.len().max(1);
        self.begin_poll_within(at, points.clamp(MIN_SERVER_POINTS, MAX_COLUMN_POINTS));
    }

    fn begin_poll_within(&mut self, at: Stamp, max_points: usize) {
        self.stride = self.stride.max(1);
        if self.in_last > 0 && self.in_last < self.stride {
            self.in_last += 1;
            return;
        }
        while self.times_ms.len() >= max_points {
            self.halve();
        }
        self.times_ms.push(at.at_ms);
        self.lines.push(u32::try_from(at.line).unwrap_or(u32::MAX));
        self.in_last = 1;
        for column in &mut self.columns {
            column.in_last = 0;
        }
    }

    /// Adds a column that begins at the current poll.
    pub(super) fn column(&mut self, stream: Option<u32>, quantity: Quantity) -> ColumnId {
        let first = self.times_ms.len().saturating_sub(1);
        self.columns.push(Column { stream, quantity, first, values: Vec::new(), in_last: 0 });
        ColumnId(self.columns.len() - 1)
    }

    /// Sets a value of the current poll.
    pub(super) fn set(&mut self, id: ColumnId, value: f64) {
        let Some(last) = self.times_ms.len().checked_sub(1) else { return };
        let Some(column) = self.columns.get_mut(id.0) else { return };
        #[expect(clippy::cast_possible_truncation, reason = "seven digits are enough for charts")]
        let value = value as f32;
        column.values.resize(last + 1 - column.first.min(last), f32::NAN);
        let Some(cell) = column.values.last_mut() else { return };
        let count = column.in_last;
        *cell = match column.quantity.info().fold {
            _ if cell.is_nan() => value,
            Fold::Max => cell.max(value),
            Fold::Sum => *cell + value,
            #[expect(clippy::cast_precision_loss, reason = "at most the stride")]
            Fold::Mean => *cell + (value - *cell) / (count + 1) as f32,
        };
        column.in_last += 1;
    }

    /// Halves the number of points by merging each two neighbours.
    fn halve(&mut self) {
        self.times_ms = self.times_ms.chunks(2).filter_map(|pair| pair.first().copied()).collect();
        self.lines = self.lines.chunks(2).filter_map(|pair| pair.first().copied()).collect();
        for column in &mut self.columns {
            let fold = column.quantity.info().fold;
            if column.first % 2 == 1 && !column.values.is_empty() {
                column.values.insert(0, f32::NAN);
            }
            column.first /= 2;
            column.values = column
                .values
                .chunks(2)
                .map(|pair| match *pair {
                    [a, b] if fold == Fold::Max || a.is_nan() || b.is_nan() => a.max(b),
                    [a, b] if fold == Fold::Sum => a + b,
                    [a, b] => f32::midpoint(a, b),
                    [a, ..] => a,
                    [] => f32::NAN,
                })
                .collect();
        }
        self.stride *= 2;
        self.in_last = self.stride;
    }

    /// How many polls are merged into one point.
    #[must_use]
    pub fn stride(&self) -> u32 {
        self.stride.max(1)
    }

    /// The columns.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The time and the line of the dump of each point.
    pub fn polls(&self) -> impl Iterator<Item = (f64, u64)> {
        self.times_ms.iter().zip(&self.lines).map(|(at_ms, line)| (*at_ms, u64::from(*line)))
    }

    /// The values of a column, one for each point of the timeline; NaN means no data.
    pub fn values<'a>(&'a self, column: &'a Column) -> impl Iterator<Item = f64> + 'a {
        let before = std::iter::repeat_n(f32::NAN, column.first);
        let values = before.chain(column.values.iter().copied()).chain(std::iter::repeat(f32::NAN));
        values.take(self.times_ms.len()).map(f64::from)
    }

    /// The points of a column as time and value, from its first on; NaN means no data.
    pub fn points<'a>(&'a self, column: &'a Column) -> impl Iterator<Item = (f64, f64)> + 'a {
        let times = self.times_ms.iter().skip(column.first);
        let values = column.values.iter().copied().chain(std::iter::repeat(f32::NAN));
        times.zip(values).map(|(time, value)| (*time, f64::from(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(polls: u32) -> Timeline {
        let mut timeline = Timeline::default();
        let mut ids = None;
        for poll in 0..polls {
            timeline.begin_poll(Stamp { at_ms: f64::from(poll) * 1_000.0, line: 1 });
            let (rtt, bitrate) = *ids.get_or_insert_with(|| {
                (
                    timeline.column(None, Quantity::RoundTripTime),
                    timeline.column(Some(3), Quantity::BitrateSent),
                )
            });
            timeline.set(rtt, if poll % 100 == 50 { 900.0 } else { 40.0 });
            timeline.set(bitrate, f64::from(poll % 2) * 200.0);
        }
        timeline
    }

    #[test]
    fn merging_bounds_the_points_and_keeps_peaks_and_means() {
        let timeline = filled(10_000);
        let [rtt, bitrate] = timeline.columns() else { panic!("two columns") };
        let points: Vec<_> = timeline.points(rtt).collect();
        assert!(
            points.len() <= MAX_COLUMN_POINTS && points.len() > MAX_COLUMN_POINTS / 2 - 1,
            "{}",
            points.len()
        );
        assert_eq!(points.iter().filter(|(_, value)| *value == 900.0).count(), 100, "no peak is lost");
        assert!(timeline.points(bitrate).all(|(_, value)| (value - 100.0).abs() < 51.0));
        assert!(points.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn a_late_column_has_its_values_at_the_right_times() {
        let mut timeline = Timeline::default();
        for poll in 0..5 {
            timeline.begin_poll(Stamp { at_ms: f64::from(poll), line: 1 });
            if poll == 3 {
                let id = timeline.column(None, Quantity::DownlinkLoss);
                timeline.set(id, 0.5);
            }
        }
        let column = &timeline.columns()[0];
        let points: Vec<_> = timeline.points(column).map(|(time, value)| (time, value.is_nan())).collect();
        assert_eq!(points, [(3.0, false), (4.0, true)]);
    }
}
