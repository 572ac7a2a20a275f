//! Console logs: counts by level, queries over the lines, and pages of lines.

use serde::{Deserialize, Serialize};

/// The level of a console line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// `TRACE`; of servers `FINER` and `FINEST`.
    Trace,
    /// `DEBUG`; of servers `FINE` and `CONFIG`.
    Debug,
    /// `INFO` and `LOG`, and lines that state no level and whose text does not imply another one.
    Info,
    /// `WARN` and `WARNING`.
    Warn,
    /// `ERROR`; of servers `SEVERE`.
    Error,
    /// `FATAL`.
    Fatal,
    /// Any other level (for example of a server in another language), and lines that are not from a logger.
    Unknown,
}

impl LogLevel {
    /// Every level, from the least to the most severe.
    pub const ALL: [Self; 7] =
        [Self::Trace, Self::Debug, Self::Info, Self::Warn, Self::Error, Self::Fatal, Self::Unknown];

    /// Its name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trace => "trace",
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
            Self::Fatal => "fatal",
            Self::Unknown => "unknown",
        }
    }
}

/// Console lines by level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogCounts {
    /// See [`LogLevel::Trace`].
    pub trace: u64,
    /// See [`LogLevel::Debug`].
    pub debug: u64,
    /// See [`LogLevel::Info`].
    pub info: u64,
    /// See [`LogLevel::Warn`].
    pub warn: u64,
    /// See [`LogLevel::Error`].
    pub error: u64,
    /// See [`LogLevel::Fatal`].
    pub fatal: u64,
    /// See [`LogLevel::Unknown`].
    pub unknown: u64,
}

impl LogCounts {
    /// The count of a level.
    #[must_use]
    pub const fn of(&self, level: LogLevel) -> u64 {
        match level {
            LogLevel::Trace => self.trace,
            LogLevel::Debug => self.debug,
            LogLevel::Info => self.info,
            LogLevel::Warn => self.warn,
            LogLevel::Error => self.error,
            LogLevel::Fatal => self.fatal,
            LogLevel::Unknown => self.unknown,
        }
    }

    /// Adds lines of a level.
    pub const fn add(&mut self, level: LogLevel, lines: u64) {
        let count = match level {
            LogLevel::Trace => &mut self.trace,
            LogLevel::Debug => &mut self.debug,
            LogLevel::Info => &mut self.info,
            LogLevel::Warn => &mut self.warn,
            LogLevel::Error => &mut self.error,
            LogLevel::Fatal => &mut self.fatal,
            LogLevel::Unknown => &mut self.unknown,
        };
        *count = count.saturating_add(lines);
    }

    /// Adds other counts to these.
    pub fn merge(&mut self, other: &Self) {
        LogLevel::ALL.into_iter().for_each(|level| self.add(level, other.of(level)));
    }

    /// The number of lines of all levels.
    #[must_use]
    pub fn total(&self) -> u64 {
        LogLevel::ALL.into_iter().map(|level| self.of(level)).fold(0, u64::saturating_add)
    }
}

/// The number of console lines of a participant or server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogSummary {
    /// The participant, by key.
    pub participant: Option<String>,
    /// The server, by name.
    pub server: Option<String>,
    /// Lines by level, including repeated ones.
    pub levels: LogCounts,
}

/// A query over the console lines of a conference. Empty and `null` fields do not restrict it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LogQuery {
    /// Only lines that contain this text, ignoring case.
    pub text: String,
    /// Only lines of these levels.
    pub levels: Vec<LogLevel>,
    /// Only lines of these components.
    pub components: Vec<String>,
    /// Only lines of these participants (by key) and servers (by name).
    pub participants: Vec<String>,
    /// Only lines from this time on, on the conference clock.
    pub from_ms: Option<f64>,
    /// Only lines up to this time, on the conference clock.
    pub to_ms: Option<f64>,
    /// Only lines after this position: [`LogPage::next`] of the previous page.
    pub after: Option<LogCursor>,
    /// The maximum number of rows.
    pub limit: u32,
}

/// A position between two console lines of a conference.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogCursor {
    /// The time of the line before it.
    pub at_ms: f64,
    /// The number of that line's dump.
    pub dump: u32,
    /// The number of that line in the dump.
    pub index: u64,
}

/// A page of console lines, by time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LogPage {
    /// The lines.
    pub rows: Vec<LogRow>,
    /// The position of the next page; `null` after the last.
    pub next: Option<LogCursor>,
    /// The totals over all pages; only on the first page.
    pub totals: Option<LogTotals>,
}

/// A console line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogRow {
    /// The time, on the conference clock.
    pub at_ms: f64,
    /// The participant who logged it, by key.
    pub participant: Option<String>,
    /// The server that logged it, by name.
    pub server: Option<String>,
    /// The level.
    pub level: LogLevel,
    /// Whether the line states the level; else it is derived from the start of the message.
    pub level_stated: bool,
    /// The module that logged it: a path, or the part before the colon; of servers the class.
    pub component: Option<String>,
    /// The part after the component's colon.
    pub class: Option<String>,
    /// The function that logged it.
    pub function: Option<String>,
    /// The message without these parts.
    pub message: String,
    /// Number of consecutive repetitions, at least 1.
    pub count: u64,
    /// The dump, by file name.
    pub file: String,
    /// The line of that dump, counted from 1.
    pub line: u64,
}

/// The totals of a query; a repeated line counts once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LogTotals {
    /// Number of lines.
    pub lines: u64,
    /// Whether all lines were counted. If not, the numbers are lower bounds: one query reads a limited amount of text.
    pub exact: bool,
    /// By level, without the query's restriction of levels.
    pub levels: LogCounts,
    /// By component, most lines first, without the query's restriction of components.
    pub components: Vec<LogCount>,
    /// By participant key or server name, without the query's restriction of participants.
    pub participants: Vec<LogCount>,
}

/// The number of lines of one component, participant or server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogCount {
    /// The component, the participant's key or the server's name; empty for lines without a component.
    pub name: String,
    /// Number of lines.
    pub lines: u64,
}
