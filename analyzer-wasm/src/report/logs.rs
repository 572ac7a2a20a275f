//! The applications' console: how much was logged, what may be asked of the lines, and the lines that answer.

use serde::{Deserialize, Serialize};

/// How serious a console line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// `TRACE`; of servers `FINER` and `FINEST`.
    Trace,
    /// `DEBUG`; of servers `FINE` and `CONFIG`.
    Debug,
    /// `INFO` and `LOG`, and lines that name no level and do not begin like anything else.
    Info,
    /// `WARN` and `WARNING`.
    Warn,
    /// `ERROR`; of servers `SEVERE`.
    Error,
    /// `FATAL`.
    Fatal,
    /// A level that is none of these (a server's in another language, say), or a line that is none of a logger's.
    Unknown,
}

impl LogLevel {
    /// Every level, mildest first.
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

    /// Counts lines.
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

    /// Adds another's counts.
    pub fn merge(&mut self, other: &Self) {
        LogLevel::ALL.into_iter().for_each(|level| self.add(level, other.of(level)));
    }

    /// All of them.
    #[must_use]
    pub fn total(&self) -> u64 {
        LogLevel::ALL.into_iter().map(|level| self.of(level)).fold(0, u64::saturating_add)
    }
}

/// How much somebody's application logged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogSummary {
    /// The participant, by key.
    pub participant: Option<String>,
    /// The server, by name.
    pub server: Option<String>,
    /// Lines by level, repeats included.
    pub levels: LogCounts,
}

/// What is asked of a conference's console lines. What is empty or `null` restricts nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LogQuery {
    /// Text that a line holds anywhere, in upper or lower case.
    pub text: String,
    /// Its level is one of these.
    pub levels: Vec<LogLevel>,
    /// Its component is one of these.
    pub components: Vec<String>,
    /// It is of one of these: participants by key, servers by name.
    pub participants: Vec<String>,
    /// It was logged then or later, on the conference clock.
    pub from_ms: Option<f64>,
    /// It was logged then or earlier.
    pub to_ms: Option<f64>,
    /// It follows this place: [`LogPage::next`] of the page before.
    pub after: Option<LogCursor>,
    /// The most rows that are wanted.
    pub limit: u32,
}

/// A place between two console lines of a conference.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogCursor {
    /// The time of the line before it.
    pub at_ms: f64,
    /// Its dump, by number.
    pub dump: u32,
    /// Its number in that dump.
    pub index: u64,
}

/// Some console lines, by time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LogPage {
    /// The lines.
    pub rows: Vec<LogRow>,
    /// Where the next page begins; `null` after the last.
    pub next: Option<LogCursor>,
    /// What all pages hold together; only with the first.
    pub totals: Option<LogTotals>,
}

/// A console line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogRow {
    /// When it was logged, on the conference clock.
    pub at_ms: f64,
    /// The participant who logged it, by key.
    pub participant: Option<String>,
    /// The server that logged it, by name.
    pub server: Option<String>,
    /// How serious it is.
    pub level: LogLevel,
    /// Whether the line says that itself; else it was told from how the message begins.
    pub level_stated: bool,
    /// The module that logged it: a path, the part before the colon, of servers the class.
    pub component: Option<String>,
    /// The part after the component's colon.
    pub class: Option<String>,
    /// The function that logged it.
    pub function: Option<String>,
    /// What it says, without all that.
    pub message: String,
    /// How often it came in a row.
    pub count: u64,
    /// The dump that holds it.
    pub file: String,
    /// The line of that dump, counted from 1.
    pub line: u64,
}

/// What a query finds in all; a repeated line counts once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LogTotals {
    /// How many lines.
    pub lines: u64,
    /// Whether that is all; `false` is "at least": there was more text than one query looks through.
    pub exact: bool,
    /// By level, as if the query named no level.
    pub levels: LogCounts,
    /// By component, most lines first, as if the query named no component.
    pub components: Vec<LogCount>,
    /// By participant key or server name, as if the query named none.
    pub participants: Vec<LogCount>,
}

/// How many lines there are of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogCount {
    /// Of what; a line without a component counts for the empty one.
    pub name: String,
    /// How many.
    pub lines: u64,
}
