//! A search for log lines in all dumps of a conference, in time order, one page at a time.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use serde::{Deserialize, Serialize};

use super::log_facets::{Facets, wants};
use crate::extract::{Block, Line, Needle, OpenBlock};
use crate::input::logs::LogParts;
use crate::limits::{MAX_LOG_MESSAGE_BYTES, MAX_LOG_ROWS, MAX_LOG_SEARCH_BYTES, cut};
use crate::participants::ConferenceDump;
use crate::report::{LogCursor, LogPage, LogQuery, LogRow, LogTotals};
use crate::time_span::TimeSpan;
use crate::wire::{Answer, Query};
use crate::workspace::Workspace;

/// Asks for the log lines of a conference that match a filter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogSearch {
    /// The conference, as an index of [`super::ConferenceOverviews::conferences`].
    pub conference: usize,
    /// The filter, and which page of the matching lines.
    pub filter: LogQuery,
}

impl Query for LogSearch {
    type Source = Workspace;
    /// Empty if the conference does not exist.
    type Answer = LogPage;

    fn answer(&self, workspace: &Workspace) -> LogPage {
        let call = workspace.calls().get(self.conference);
        call.map(|call| search(&call.dumps(workspace.extracts()), &self.filter)).unwrap_or_default()
    }
}

impl Answer for LogPage {}

/// A matching line; ordered as in pages.
#[derive(Debug, PartialEq)]
struct Found {
    place: LogCursor,
    line: Line,
    text: String,
}

impl Eq for Found {}

impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Found {
    fn cmp(&self, other: &Self) -> Ordering {
        order(&self.place, &other.place)
    }
}

fn order(a: &LogCursor, b: &LogCursor) -> Ordering {
    a.at_ms.total_cmp(&b.at_ms).then(a.dump.cmp(&b.dump)).then(a.index.cmp(&b.index))
}

/// A search in progress.
struct Search<'a> {
    query: &'a LogQuery,
    needle: Option<Needle>,
    limit: usize,
    /// The first matching lines after the cursor, at most one more than the limit.
    found: BinaryHeap<Found>,
    facets: Facets,
    /// The number of bytes of text that may still be searched.
    budget: usize,
}

/// A page of lines; the first page has the totals of all pages.
fn search(dumps: &[ConferenceDump<'_>], query: &LogQuery) -> LogPage {
    let mut search = Search {
        query,
        needle: (!query.text.is_empty()).then(|| Needle::new(&query.text)),
        limit: (query.limit as usize).min(MAX_LOG_ROWS),
        found: BinaryHeap::new(),
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
    search.page(dumps, exact)
}

impl Search<'_> {
    fn wants_totals(&self) -> bool {
        self.query.after.is_none()
    }

    /// Searches a block. Returns `false` if the block had to be skipped because the limit of text was reached.
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
        let of_wanted = wants(&self.query.participants, dump.owner());
        let is_full = self.limit == 0 || self.found.len() > self.limit;
        let too_late = is_full && self.found.peek().is_none_or(|last| last.place.at_ms < from_ms);
        let passed = self.query.after.is_some_and(|after| to_ms < after.at_ms);
        let gives_rows = of_wanted && !too_late && !passed;
        let counts = self.wants_totals();
        let is_whole = self.needle.is_none() && after_ms <= from_ms && to_ms <= until_ms;
        let known = if is_whole { self.by_index(block, dump) } else { None };
        if counts && let Some((of_level, of_component)) = known {
            self.facets.whole(block, dump, (of_level, of_component, of_wanted));
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
        let holding = self.needle.as_ref().map(|needle| open.lines_containing(needle));
        self.lines(&open, holding.as_deref(), place, dump, (of_wanted, must_count));
        true
    }

    /// Whether the level and the component of a block's lines match the filter, if that is the same for all lines of the
    /// block; otherwise `None`.
    fn by_index(&self, block: &Block, dump: &ConferenceDump<'_>) -> Option<(bool, bool)> {
        let levels = block.levels();
        let of_level: u64 = match self.query.levels.as_slice() {
            [] => block.lines(),
            wanted => wanted.iter().map(|level| levels.of(*level)).sum(),
        };
        let name = |id: Option<_>| id.and_then(|id| dump.extract.logs.component(id)).unwrap_or_default();
        let components = block.components().iter();
        let of_component: u64 = components
            .filter(|(id, _)| wants(&self.query.components, name(*id)))
            .map(|(_, lines)| lines)
            .sum();
        let all_or_none = |lines: u64| match lines {
            0 => Some(false),
            lines if lines == block.lines() => Some(true),
            _ => None,
        };
        Some((all_or_none(of_level)?, all_or_none(of_component)?))
    }

    fn lines(
        &mut self,
        open: &OpenBlock,
        holding: Option<&[bool]>,
        (number, first): (u32, u64),
        dump: &ConferenceDump<'_>,
        (of_wanted, counts): (bool, bool),
    ) {
        let (from_ms, to_ms) =
            (self.query.from_ms.unwrap_or(f64::NEG_INFINITY), self.query.to_ms.unwrap_or(f64::INFINITY));
        for (at, (line, text)) in open.lines().enumerate() {
            let at_ms = dump.shift(line.at_ms);
            let holds = holding.is_none_or(|holding| holding.get(at) == Some(&true));
            if !holds || at_ms < from_ms || to_ms < at_ms {
                continue;
            }
            let component = line.component.and_then(|id| dump.extract.logs.component(id)).unwrap_or_default();
            let of_level = wants(&self.query.levels, &line.level);
            let of_component = wants(&self.query.components, component);
            if counts {
                self.facets.line(line.level, component, dump, (of_level, of_component, of_wanted));
            }
            if of_level && of_component && of_wanted {
                let place = LogCursor { at_ms, dump: number, index: first + at as u64 };
                self.take(place, line, text);
            }
        }
    }

    /// Keeps a line if it is among the first ones after the cursor.
    fn take(&mut self, place: LogCursor, line: &Line, text: &str) {
        if self.query.after.is_some_and(|after| order(&place, &after).is_le()) {
            return;
        }
        let is_full = self.found.len() > self.limit;
        if is_full && self.found.peek().is_some_and(|last| order(&last.place, &place).is_lt()) {
            return;
        }
        if is_full {
            self.found.pop();
        }
        self.found.push(Found { place, line: *line, text: text.to_owned() });
    }

    fn page(self, dumps: &[ConferenceDump<'_>], exact: bool) -> LogPage {
        let counts = self.wants_totals();
        let mut found = self.found.into_sorted_vec();
        let more = found.len() > self.limit;
        found.truncate(self.limit);
        LogPage {
            next: if more { found.last().map(|last| last.place) } else { None },
            rows: found.iter().filter_map(|found| row(found, dumps)).collect(),
            totals: counts.then(|| LogTotals { exact, ..self.facets.totals() }),
        }
    }
}

fn row(found: &Found, dumps: &[ConferenceDump<'_>]) -> Option<LogRow> {
    let dump = dumps.get(found.place.dump as usize)?;
    let parts = LogParts::of(&found.text);
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let message = cut(parts.message, MAX_LOG_MESSAGE_BYTES);
    Some(LogRow {
        at_ms: found.place.at_ms,
        participant: owned(dump.participant_key),
        server: owned(dump.server),
        level: parts.level,
        level_stated: parts.level_stated,
        component: owned(parts.component),
        class: owned(parts.class),
        function: owned(parts.function),
        message: if message.len() < parts.message.len() {
            format!("{message}…")
        } else {
            message.to_owned()
        },
        count: found.line.count,
        file: dump.extract.file.name.clone(),
        line: found.line.line,
    })
}
