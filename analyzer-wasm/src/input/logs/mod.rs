//! Log lines, parsed: time, level, component, function and message. There are two grammars, that of the loggers in
//! browsers and that of `java.util.logging`; in any other line everything is message.

mod browser;
mod head;
mod java;
mod record;

pub use record::{starts_record, without_collector_prefix};

use crate::civil_date;
use crate::input::time::is_plausible;
use crate::report::LogLevel;

/// The parts of a log line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogParts<'a> {
    /// The line's own time.
    pub time: Option<LogTime>,
    /// The context that a server's logger adds, for example `room=… participant=…`.
    context: Option<&'a str>,
    /// Its level.
    pub level: LogLevel,
    /// Whether the level is stated, not guessed from the message.
    pub level_stated: bool,
    /// The module; in a server's log, the class.
    pub component: Option<&'a str>,
    /// The part of the module after the colon.
    pub class: Option<&'a str>,
    /// The function.
    pub function: Option<&'a str>,
    /// The rest.
    pub message: &'a str,
}

/// The time that a line begins with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LogTime {
    /// Epoch ms.
    Utc(f64),
    /// Epoch ms as if the writer's time zone were UTC; the line does not have the zone.
    Local(f64),
}

impl<'a> LogParts<'a> {
    /// Parses a line.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        let of_browser = civil_date::parse_start(text, b'T').is_some();
        let java = if of_browser { None } else { java::parts(text) };
        let parts = java.unwrap_or_else(|| browser::parts(text));
        let is_possible = |time: &LogTime| match time {
            LogTime::Utc(at_ms) | LogTime::Local(at_ms) => is_plausible(*at_ms),
        };
        Self { time: parts.time.filter(is_possible), ..parts }
    }

    /// A value of the context, if it is not empty.
    #[must_use]
    pub fn context(&self, key: &str) -> Option<&'a str> {
        let mut pairs = self.context?.split(' ').filter_map(|pair| pair.split_once('='));
        pairs.find(|(name, value)| *name == key && !value.is_empty()).map(|(_, value)| value)
    }

    /// The line's own time in an unknown zone, as if that were UTC.
    #[must_use]
    pub fn local_ms(&self) -> Option<f64> {
        match self.time {
            Some(LogTime::Local(local_ms)) => Some(local_ms),
            _ => None,
        }
    }

    /// The line's own time, if it is in UTC.
    #[must_use]
    pub fn utc_ms(&self) -> Option<f64> {
        match self.time {
            Some(LogTime::Utc(at_ms)) => Some(at_ms),
            _ => None,
        }
    }
}
