//! Every numeric field as a column over its connection's polls.

use std::collections::HashMap;

use crate::limits::MAX_DETAIL_VALUES;
use crate::median::median;
use crate::model::{ReportTable, Stamp};

/// The polls of one connection.
#[derive(Clone, Debug, PartialEq)]
pub struct PollTimes {
    /// The connection.
    pub connection: String,
    /// Epoch ms on the writer's clock.
    pub times_ms: Vec<f64>,
}

impl PollTimes {
    /// The median time between polls; infinite if there are fewer than two.
    pub(super) fn median_ms(&self) -> f64 {
        let pairs = self.times_ms.windows(2);
        let periods = pairs.filter_map(|pair| Some(pair.last()? - pair.first()?));
        median(periods).unwrap_or(f64::INFINITY)
    }
}

/// One field of one report over time.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldColumn {
    /// The index of its connection in [`super::Detail::polls`].
    pub polls: usize,
    /// The report's id.
    pub report: String,
    /// The report's type, by its name in webrtc-stats.
    pub kind: &'static str,
    /// The field's name.
    pub field: String,
    /// The poll at which it starts.
    first: usize,
    /// One value for each poll from there; NaN where the report is absent.
    values: Vec<f64>,
}

impl FieldColumn {
    /// Its points as time and value.
    pub fn points<'a>(&'a self, polls: &'a PollTimes) -> impl Iterator<Item = (f64, f64)> + 'a {
        let points = polls.times_ms.iter().skip(self.first).zip(&self.values);
        points.filter(|(_, value)| !value.is_nan()).map(|(time, value)| (*time, *value))
    }
}

/// Collects columns.
#[derive(Debug, Default)]
pub(super) struct Columns {
    polls: Vec<PollTimes>,
    places: HashMap<String, usize>,
    columns: Vec<FieldColumn>,
    by_name: HashMap<(usize, String), Vec<usize>>,
    values: usize,
}

impl Columns {
    /// Takes a poll; whether all of it was kept.
    pub(super) fn poll(&mut self, at: Stamp, connection: &str, table: &ReportTable) -> bool {
        let place = match self.places.get(connection) {
            Some(place) => *place,
            None => {
                self.polls.push(PollTimes { connection: connection.to_owned(), times_ms: Vec::new() });
                self.places.insert(connection.to_owned(), self.polls.len() - 1);
                self.polls.len() - 1
            }
        };
        let Some(polls) = self.polls.get_mut(place) else { return false };
        let poll = polls.times_ms.len();
        polls.times_ms.push(at.at_ms);
        for report in table.present() {
            let columns = self.by_name.entry((place, report.id().to_owned())).or_default();
            for (field, value) in report.numbers() {
                if self.values >= MAX_DETAIL_VALUES {
                    return false;
                }
                let known = columns
                    .iter()
                    .copied()
                    .find(|column| self.columns.get(*column).is_some_and(|column| column.field == field));
                let column = known.unwrap_or_else(|| {
                    self.columns.push(FieldColumn {
                        polls: place,
                        report: report.id().to_owned(),
                        kind: report.kind().name(),
                        field: field.to_owned(),
                        first: poll,
                        values: Vec::new(),
                    });
                    columns.push(self.columns.len() - 1);
                    self.columns.len() - 1
                });
                let Some(column) = self.columns.get_mut(column) else { return false };
                self.values += poll + 1 - column.first - column.values.len();
                column.values.resize(poll - column.first, f64::NAN);
                column.values.push(value);
            }
        }
        true
    }

    pub(super) fn finish(self) -> (Vec<PollTimes>, Vec<FieldColumn>) {
        (self.polls, self.columns)
    }
}
