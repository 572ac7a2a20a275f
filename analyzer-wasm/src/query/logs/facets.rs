//! Counts of matching log lines by level, component and owner. Each count ignores the filter of its own property,
//! so that the page can show how many lines another choice would match.

use std::collections::BTreeMap;

use crate::extract::Block;
use crate::participants::ConferenceDump;
use crate::report::{LogCount, LogCounts, LogLevel, LogTotals};

/// The counts of a search.
#[derive(Debug, Default)]
pub(super) struct Facets {
    lines: u64,
    levels: LogCounts,
    components: BTreeMap<String, u64>,
    participants: BTreeMap<String, u64>,
}

impl Facets {
    /// Counts a line, given whether its level, its component and its owner pass the filter.
    pub(super) fn line(
        &mut self,
        level: LogLevel,
        component: &str,
        dump: &ConferenceDump<'_>,
        (of_level, of_component, of_owner): (bool, bool, bool),
    ) {
        if of_component && of_owner {
            self.levels.add(level, 1);
        }
        if of_level && of_owner {
            add(&mut self.components, component, 1);
        }
        if of_level && of_component {
            add(&mut self.participants, dump.owner(), 1);
        }
        self.lines += u64::from(of_level && of_component && of_owner);
    }

    /// Counts a block whose lines all have the same result of the filter.
    pub(super) fn whole(
        &mut self,
        block: &Block,
        dump: &ConferenceDump<'_>,
        (of_level, of_component, of_owner): (bool, bool, bool),
    ) {
        if of_component && of_owner {
            self.levels.merge(&block.levels());
        }
        if of_level && of_owner {
            for (id, lines) in block.components() {
                let name = id.and_then(|id| dump.extract.logs.component(id)).unwrap_or_default();
                add(&mut self.components, name, *lines);
            }
        }
        if of_level && of_component {
            add(&mut self.participants, dump.owner(), block.lines());
            self.lines += if of_owner { block.lines() } else { 0 };
        }
    }

    /// The totals of the search.
    pub(super) fn totals(self) -> LogTotals {
        let sorted = |counts: BTreeMap<String, u64>| {
            let mut counts: Vec<LogCount> =
                counts.into_iter().map(|(name, lines)| LogCount { name, lines }).collect();
            counts.sort_by(|a, b| b.lines.cmp(&a.lines).then_with(|| a.name.cmp(&b.name)));
            counts
        };
        LogTotals {
            lines: self.lines,
            exact: true,
            levels: self.levels,
            components: sorted(self.components),
            participants: sorted(self.participants),
        }
    }
}

/// Whether a value passes a filter: the filter is empty or lists the value.
pub(super) fn passes<T: PartialEq<U>, U: ?Sized>(filter: &[T], value: &U) -> bool {
    filter.is_empty() || filter.iter().any(|listed| listed == value)
}

fn add(counts: &mut BTreeMap<String, u64>, name: &str, lines: u64) {
    match counts.get_mut(name) {
        Some(count) => *count += lines,
        None => {
            counts.insert(name.to_owned(), lines);
        }
    }
}
