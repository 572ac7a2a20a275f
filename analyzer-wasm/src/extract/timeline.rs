//! Chart columns of one connection on a shared time column, folded so that they never exceed their bound.

use serde::{Deserialize, Serialize};

use crate::catalog::{Fold, Quantity};
use crate::limits::{MAX_COLUMN_POINTS, MAX_SERVER_VALUES};
use crate::model::Stamp;

/// However many endpoints a server has, their columns have this many points.
const MIN_SERVER_POINTS: usize = 32;

/// A column's place in its timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ColumnId(usize);

/// Values at the timeline's times; it may begin later and NaN is no data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Whose it is: a stream's index, or the connection's own.
    pub stream: Option<u32>,
    /// What it shows.
    pub quantity: Quantity,
    first: usize,
    values: Vec<f32>,
    in_last: u32,
}

/// The polls of a connection and the columns over them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    times_ms: Vec<f64>,
    /// The dump's line of each point's first poll.
    lines: Vec<u32>,
    columns: Vec<Column>,
    /// How many polls one point stands for: a power of two.
    stride: u32,
    in_last: u32,
}

impl Timeline {
    /// A poll was made.
    pub(super) fn begin_poll(&mut self, at: Stamp) {
        self.begin_poll_within(at, MAX_COLUMN_POINTS);
    }

    /// A poll of a server was made: it may have very many columns, which share what room there is.
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
            self.fold();
        }
        self.times_ms.push(at.at_ms);
        self.lines.push(u32::try_from(at.line).unwrap_or(u32::MAX));
        self.in_last = 1;
        for column in &mut self.columns {
            column.in_last = 0;
        }
    }

    /// A column to set values in.
    pub(super) fn column(&mut self, stream: Option<u32>, quantity: Quantity) -> ColumnId {
        let first = self.times_ms.len().saturating_sub(1);
        self.columns.push(Column { stream, quantity, first, values: Vec::new(), in_last: 0 });
        ColumnId(self.columns.len() - 1)
    }

    /// A value of this poll.
    pub(super) fn set(&mut self, id: ColumnId, value: f64) {
        let Some(last) = self.times_ms.len().checked_sub(1) else { return };
        let Some(column) = self.columns.get_mut(id.0) else { return };
        #[expect(clippy::cast_possible_truncation, reason = "charts need seven digits")]
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

    /// Halves the points: each two neighbours become one.
    fn fold(&mut self) {
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

    /// How many polls one point stands for.
    #[must_use]
    pub fn stride(&self) -> u32 {
        self.stride.max(1)
    }

    /// The columns.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// When the points were polled and on which line of the dump.
    pub fn polls(&self) -> impl Iterator<Item = (f64, u64)> {
        self.times_ms.iter().zip(&self.lines).map(|(at_ms, line)| (*at_ms, u64::from(*line)))
    }

    /// A column's values, one for each point of the timeline, NaN where it has no data.
    pub fn values<'a>(&'a self, column: &'a Column) -> impl Iterator<Item = f64> + 'a {
        let before = std::iter::repeat_n(f32::NAN, column.first);
        let values = before.chain(column.values.iter().copied()).chain(std::iter::repeat(f32::NAN));
        values.take(self.times_ms.len()).map(f64::from)
    }

    /// A column's points, NaN where it has no data.
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
    fn folding_bounds_the_points_and_keeps_peaks_and_means() {
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
    fn a_column_that_begins_late_has_its_values_at_its_times() {
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
