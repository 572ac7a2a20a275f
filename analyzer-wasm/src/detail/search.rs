//! Finds fields by words and returns their points.

use std::cmp::Reverse;

use super::unit::unit;
use super::{Detail, FieldColumn, PollTimes};
use crate::model::GAP_PERIODS;
use crate::wire::{ChartLine, FieldMatch};

impl Detail {
    /// The number of fields that match all words, and the first `limit` of them. Fields whose own name matches best come
    /// first.
    #[must_use]
    pub fn search(&self, words: &str, limit: usize) -> (usize, Vec<FieldMatch>) {
        let words: Vec<String> = words
            .split([' ', '\t', ',', '.'])
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let mut found: Vec<(Reverse<usize>, usize)> = Vec::new();
        for (number, column) in self.columns.iter().enumerate() {
            let Some(polls) = self.polls.get(column.polls) else { continue };
            let name = column.field.to_lowercase();
            let around = format!("{} {} {}", polls.connection, column.report, column.kind).to_lowercase();
            if words.iter().all(|word| name.contains(word) || around.contains(word)) {
                let best = words.iter().map(|word| match_rank(&name, word)).max().unwrap_or_default();
                found.push((Reverse(best), number));
            }
        }
        found.sort();
        let matches = found.iter().take(limit).filter_map(|(_, number)| self.summarized(*number)).collect();
        (found.len(), matches)
    }

    /// A field by its number, and its polls.
    #[must_use]
    pub fn field(&self, number: usize) -> Option<(&FieldColumn, &PollTimes)> {
        let column = self.columns.get(number)?;
        Some((column, self.polls.get(column.polls)?))
    }

    /// A field as a line of a chart: its times with the offset added, and its values, with a NaN where polls are missing or
    /// the report is absent from more than one.
    #[must_use]
    pub fn line(&self, number: usize, offset_ms: f64) -> Option<(ChartLine, Vec<f64>, Vec<f64>)> {
        let (column, polls) = self.field(number)?;
        let gap_ms = polls.median_ms() * GAP_PERIODS;
        let (mut times, mut values) = (Vec::new(), Vec::new());
        for (at_ms, value) in column.points(polls) {
            let at_ms = at_ms + offset_ms;
            if let Some(last) = times.last().copied().filter(|last| at_ms - last > gap_ms) {
                times.push(f64::midpoint(last, at_ms));
                values.push(f64::NAN);
            }
            times.push(at_ms);
            values.push(value);
        }
        let line = ChartLine {
            connection: polls.connection.clone(),
            stream: None,
            facet: Some(format!("{} {}.{}", column.report, column.kind, column.field)),
            points: u32::try_from(times.len()).ok()?,
        };
        Some((line, times, values))
    }

    fn summarized(&self, number: usize) -> Option<FieldMatch> {
        let (column, polls) = self.field(number)?;
        let mut points = 0;
        let (mut min, mut max, mut last) = (f64::INFINITY, f64::NEG_INFINITY, f64::NAN);
        for (_, value) in column.points(polls) {
            points += 1;
            min = min.min(value);
            max = max.max(value);
            last = value;
        }
        Some(FieldMatch {
            field: u32::try_from(number).ok()?,
            connection: polls.connection.clone(),
            report: column.report.clone(),
            kind: column.kind.to_owned(),
            name: column.field.clone(),
            unit: unit(&column.field).map(str::to_owned),
            points,
            min,
            max,
            last,
        })
    }
}

/// How well a word matches the name of a field: 3 for all of it, 2 for its start, 1 for a part, 0 for none.
fn match_rank(name: &str, word: &str) -> usize {
    if name == word {
        3
    } else if name.starts_with(word) {
        2
    } else {
        usize::from(name.contains(word))
    }
}
