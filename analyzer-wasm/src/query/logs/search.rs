//! Filters the log lines of all dumps block by block, skipping blocks that their index excludes.

use super::facets::{Facets, passes};
use super::page::PageLines;
use crate::extract::{Block, Needle, OpenBlock};
use crate::limits::{MAX_LOG_ROWS, MAX_LOG_SEARCH_BYTES};
use crate::participants::ConferenceDump;
use crate::report::{LogCursor, LogPage, LogQuery, LogTotals};
use crate::time_span::TimeSpan;

/// The state of a search.
struct Search<'a> {
    query: &'a LogQuery,
    needle: Option<Needle>,
    page: PageLines,
    facets: Facets,
    /// How many bytes of text may still be searched.
    budget: usize,
}

/// A page of the matching lines; the first page also has the totals of all pages.
pub(super) fn search(dumps: &[ConferenceDump<'_>], query: &LogQuery) -> LogPage {
    let mut search = Search {
        query,
        needle: (!query.text.is_empty()).then(|| Needle::new(&query.text)),
        page: PageLines::new(query.after, (query.limit as usize).min(MAX_LOG_ROWS)),
        facets: Facets::default(),
        budget: MAX_LOG_SEARCH_BYTES,
    };
    let mut blocks: Vec<(f64, u32, u64, &Block, &ConferenceDump<'_>)> = Vec::new();
    for (number, dump) in (0..).zip(dumps) {
        for (first, block) in dump.extract.logs.blocks() {
            blocks.push((dump.shift(block.span().from_ms), number, first, block, dump));
        }
    }
    blocks.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut exact = true;
    for (_, number, first, block, dump) in blocks {
        exact &= search.block((number, first), block, dump);
    }
    let counts = search.counts_lines();
    let (rows, next) = search.page.rows(dumps);
    LogPage { next, rows, totals: counts.then(|| LogTotals { exact, ..search.facets.totals() }) }
}

impl Search<'_> {
    /// Whether this is the first page, which has the totals.
    fn counts_lines(&self) -> bool {
        self.query.after.is_none()
    }

    /// Takes the matching lines of a block. Returns `false` if the block had to be searched, but the budget is spent.
    fn block(&mut self, place: (u32, u64), block: &Block, dump: &ConferenceDump<'_>) -> bool {
        let TimeSpan { from_ms, to_ms } = block.span().shifted(dump.offset_ms);
        let (after_ms, until_ms) =
            (self.query.from_ms.unwrap_or(f64::NEG_INFINITY), self.query.to_ms.unwrap_or(f64::INFINITY));
        if to_ms < after_ms || until_ms < from_ms {
            return true;
        }
        if self.needle.as_ref().is_some_and(|needle| !block.may_contain(needle)) {
            return true;
        }
        let of_owner = passes(&self.query.participants, dump.owner());
        let gives_rows = of_owner && self.page.may_take(from_ms, to_ms);
        let counts = self.counts_lines();
        let is_whole = self.needle.is_none() && after_ms <= from_ms && to_ms <= until_ms;
        let known = if is_whole { self.by_index(block, dump) } else { None };
        if counts && let Some((of_level, of_component)) = known {
            self.facets.whole(block, dump, (of_level, of_component, of_owner));
        }
        let answers = known.is_none_or(|(of_level, of_component)| of_level && of_component);
        let must_count = counts && known.is_none();
        let may_give = gives_rows && answers;
        if !must_count && !may_give {
            return true;
        }
        if block.raw_bytes() > self.budget {
            return false;
        }
        self.budget -= block.raw_bytes();
        let open = block.open();
        let containing = self.needle.as_ref().map(|needle| open.lines_containing(needle));
        self.lines(&open, containing.as_deref(), place, dump, (of_owner, must_count));
        true
    }

    /// Whether the levels and the components of a block's lines pass the filter, by its index: (level, component), each the same
    /// for all lines; `None` if they differ from line to line.
    fn by_index(&self, block: &Block, dump: &ConferenceDump<'_>) -> Option<(bool, bool)> {
        let levels = block.levels();
        let of_level: u64 = match self.query.levels.as_slice() {
            [] => block.lines(),
            listed => listed.iter().map(|level| levels.of(*level)).sum(),
        };
        let name = |id: Option<_>| id.and_then(|id| dump.extract.logs.component(id)).unwrap_or_default();
        let components = block.components().iter();
        let of_component: u64 = components
            .filter(|(id, _)| passes(&self.query.components, name(*id)))
            .map(|(_, lines)| lines)
            .sum();
        let all_or_none = |lines: u64| match lines {
            0 => Some(false),
            lines if lines == block.lines() => Some(true),
            _ => None,
        };
        Some((all_or_none(of_level)?, all_or_none(of_component)?))
    }

    /// Takes and counts the matching lines of a decompressed block; `containing` is whether each line contains the text.
    fn lines(
        &mut self,
        open: &OpenBlock,
        containing: Option<&[bool]>,
        (number, first): (u32, u64),
        dump: &ConferenceDump<'_>,
        (of_owner, counts): (bool, bool),
    ) {
        let (from_ms, to_ms) =
            (self.query.from_ms.unwrap_or(f64::NEG_INFINITY), self.query.to_ms.unwrap_or(f64::INFINITY));
        for (at, (line, text)) in open.lines().enumerate() {
            let at_ms = dump.shift(line.at_ms);
            let contains = containing.is_none_or(|containing| containing.get(at) == Some(&true));
            if !contains || at_ms < from_ms || to_ms < at_ms {
                continue;
            }
            let component = line.component.and_then(|id| dump.extract.logs.component(id)).unwrap_or_default();
            let of_level = passes(&self.query.levels, &line.level);
            let of_component = passes(&self.query.components, component);
            if counts {
                self.facets.line(line.level, component, dump, (of_level, of_component, of_owner));
            }
            if of_level && of_component && of_owner {
                let place = LogCursor { at_ms, dump: number, index: first + at as u64 };
                self.page.take(place, line, text);
            }
        }
    }
}
