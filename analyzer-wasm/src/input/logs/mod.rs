//! Console lines taken apart: when, how serious, by what, and what they say. Two grammars exist, that of browsers'
//! loggers and that of `java.util.logging`; a line of neither is all message.

mod browser;
mod head;
mod java;
mod record;

pub use record::{starts_record, without_collector_prefix};

use crate::civil_date;
use crate::input::time::is_plausible;
use crate::report::LogLevel;

/// The parts of a console line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogParts<'a> {
    /// The line's own time.
    pub time: Option<LogTime>,
    /// What a server adds, for example `room=… participant=…`.
    context: Option<&'a str>,
    /// How serious it is.
    pub level: LogLevel,
    /// Whether the line says that itself.
    pub level_stated: bool,
    /// The module, of servers the class.
    pub component: Option<&'a str>,
    /// What follows the colon in the module.
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
    /// Epoch ms as if the writer's time zone were UTC; the line does not say which it is.
    Local(f64),
}

impl<'a> LogParts<'a> {
    /// Takes a line apart.
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

    /// A value of what a server adds; an empty one is none.
    #[must_use]
    pub fn context(&self, key: &str) -> Option<&'a str> {
        let mut pairs = self.context?.split(' ').filter_map(|pair| pair.split_once('='));
        pairs.find(|(name, value)| *name == key && !value.is_empty()).map(|(_, value)| value)
    }

    /// The line's own time in a zone that it does not tell, as if that were UTC.
    #[must_use]
    pub fn local_ms(&self) -> Option<f64> {
        match self.time {
            Some(LogTime::Local(local_ms)) => Some(local_ms),
            _ => None,
        }
    }

    /// The line's own time, where it is one that everybody understands.
    #[must_use]
    pub fn utc_ms(&self) -> Option<f64> {
        match self.time {
            Some(LogTime::Utc(at_ms)) => Some(at_ms),
            _ => None,
        }
    }
}
