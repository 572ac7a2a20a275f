//! The page of a log search: the first matching lines after a cursor, in order of time, dump and line.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::extract::Line;
use crate::input::logs::LogParts;
use crate::limits::{MAX_LOG_MESSAGE_BYTES, cut};
use crate::participants::ConferenceDump;
use crate::report::{LogCursor, LogRow};

/// A matching line. Lines are ordered by their places.
#[derive(Debug, PartialEq)]
struct Match {
    place: LogCursor,
    line: Line,
    text: String,
}

impl Eq for Match {}

impl PartialOrd for Match {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Match {
    fn cmp(&self, other: &Self) -> Ordering {
        order(&self.place, &other.place)
    }
}

fn order(a: &LogCursor, b: &LogCursor) -> Ordering {
    a.at_ms.total_cmp(&b.at_ms).then(a.dump.cmp(&b.dump)).then(a.index.cmp(&b.index))
}

/// The first matching lines after a cursor, and one more, which shows that there is a further page.
#[derive(Debug)]
pub(super) struct PageLines {
    after: Option<LogCursor>,
    /// The most lines of a page.
    limit: usize,
    /// A max-heap, so that a line of an earlier place replaces the last one.
    lines: BinaryHeap<Match>,
}

impl PageLines {
    pub(super) fn new(after: Option<LogCursor>, limit: usize) -> Self {
        Self { after, limit, lines: BinaryHeap::new() }
    }

    /// Whether a line between these times can still be on the page.
    pub(super) fn may_take(&self, from_ms: f64, to_ms: f64) -> bool {
        let is_full = self.limit == 0 || self.lines.len() > self.limit;
        let too_late = is_full && self.lines.peek().is_none_or(|last| last.place.at_ms < from_ms);
        let passed = self.after.is_some_and(|after| to_ms < after.at_ms);
        !too_late && !passed
    }

    /// Adds a line if it is among the first ones after the cursor.
    pub(super) fn take(&mut self, place: LogCursor, line: &Line, text: &str) {
        if self.after.is_some_and(|after| order(&place, &after).is_le()) {
            return;
        }
        let is_full = self.lines.len() > self.limit;
        if is_full && self.lines.peek().is_some_and(|last| order(&last.place, &place).is_lt()) {
            return;
        }
        if is_full {
            self.lines.pop();
        }
        self.lines.push(Match { place, line: *line, text: text.to_owned() });
    }

    /// The rows of the page, and the cursor of the next page if there is one.
    pub(super) fn rows(self, dumps: &[ConferenceDump<'_>]) -> (Vec<LogRow>, Option<LogCursor>) {
        let mut lines = self.lines.into_sorted_vec();
        let more = lines.len() > self.limit;
        lines.truncate(self.limit);
        let next = if more { lines.last().map(|last| last.place) } else { None };
        (lines.iter().filter_map(|line| row(line, dumps)).collect(), next)
    }
}

fn row(matched: &Match, dumps: &[ConferenceDump<'_>]) -> Option<LogRow> {
    let dump = dumps.get(matched.place.dump as usize)?;
    let parts = LogParts::of(&matched.text);
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let message = cut(parts.message, MAX_LOG_MESSAGE_BYTES);
    Some(LogRow {
        at_ms: matched.place.at_ms,
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
        count: matched.line.count,
        file: dump.extract.file.name.clone(),
        line: matched.line.line,
    })
}
