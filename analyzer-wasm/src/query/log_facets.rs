//! The counts of matching log lines by level, by component and by owner (a participant or server). Each count ignores the
//! filter's own restriction of that property, so that the page can show what another choice would find.

use std::collections::BTreeMap;

use crate::extract::Block;
use crate::participants::ConferenceDump;
use crate::report::{LogCount, LogCounts, LogLevel, LogTotals};

/// Counts in progress.
#[derive(Debug, Default)]
pub(crate) struct Facets {
    lines: u64,
    levels: LogCounts,
    components: BTreeMap<String, u64>,
    participants: BTreeMap<String, u64>,
}

impl Facets {
    /// Counts a line. The last parameter: whether its level, its component and its owner match the filter.
    pub(crate) fn line(
        &mut self,
        level: LogLevel,
        component: &str,
        dump: &ConferenceDump<'_>,
        (of_level, of_component, of_wanted): (bool, bool, bool),
    ) {
        if of_component && of_wanted {
            self.levels.add(level, 1);
        }
        if of_level && of_wanted {
            add(&mut self.components, component, 1);
        }
        if of_level && of_component {
            add(&mut self.participants, dump.owner(), 1);
        }
        self.lines += u64::from(of_level && of_component && of_wanted);
    }

    /// Counts all lines of a block, for which the filter gives the same result.
    pub(crate) fn whole(
        &mut self,
        block: &Block,
        dump: &ConferenceDump<'_>,
        (of_level, of_component, of_wanted): (bool, bool, bool),
    ) {
        if of_component && of_wanted {
            self.levels.merge(&block.levels());
        }
        if of_level && of_wanted {
            for (id, lines) in block.components() {
                let name = id.and_then(|id| dump.extract.logs.component(id)).unwrap_or_default();
                add(&mut self.components, name, *lines);
            }
        }
        if of_level && of_component {
            add(&mut self.participants, dump.owner(), block.lines());
            self.lines += if of_wanted { block.lines() } else { 0 };
        }
    }

    /// The totals.
    pub(crate) fn totals(self) -> LogTotals {
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

/// Whether a list of allowed values contains this one. An empty list allows everything.
pub(crate) fn wants<T: PartialEq<U>, U: ?Sized>(wanted: &[T], one: &U) -> bool {
    wanted.is_empty() || wanted.iter().any(|wanted| wanted == one)
}

fn add(counts: &mut BTreeMap<String, u64>, name: &str, lines: u64) {
    match counts.get_mut(name) {
        Some(count) => *count += lines,
        None => {
            counts.insert(name.to_owned(), lines);
        }
    }
}
