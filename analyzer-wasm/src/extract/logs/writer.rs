//! The console lines while a dump is read: each line gets its time, level and component and goes into a block.

use std::collections::HashMap;

use super::block::{Line, OpenBlock};
use super::{ComponentId, Logs};
use crate::input::logs::LogParts;
use crate::limits::{LOG_BLOCK_BYTES, MAX_LOG_BYTES, MAX_LOG_COMPONENT_BYTES, MAX_LOG_COMPONENTS, cut};
use crate::model::Stamp;

/// The console lines read so far.
#[derive(Debug, Default)]
pub(in crate::extract) struct LogWriter {
    logs: Logs,
    open: OpenBlock,
    ids: HashMap<String, ComponentId>,
    latest_ms: Option<f64>,
    bytes: usize,
}

impl LogWriter {
    /// Adds a line with the time at which it was logged, or else sent. Returns whether line and component were kept.
    pub(in crate::extract) fn add(&mut self, at: Stamp, text: &str, count: u64) -> bool {
        let parts = LogParts::of(text);
        self.logs.levels.add(parts.level, count);
        if self.bytes >= MAX_LOG_BYTES {
            return false;
        }
        let (component, kept) = match parts.component {
            Some(name) => self.component(name),
            None => (None, true),
        };
        let at_ms = self.line_time(at.at_ms);
        self.open.push(Line { at_ms, line: at.line, count, level: parts.level, component, len: 0 }, text);
        if self.open.bytes() >= LOG_BLOCK_BYTES {
            self.close();
        }
        kept
    }

    /// Ends the dump and returns the compressed lines.
    pub(in crate::extract) fn finish(mut self) -> Logs {
        self.close();
        self.logs
    }

    /// The id of a component, and whether it is within the limit.
    fn component(&mut self, name: &str) -> (Option<ComponentId>, bool) {
        let name = cut(name, MAX_LOG_COMPONENT_BYTES);
        if let Some(id) = self.ids.get(name) {
            return (Some(*id), true);
        }
        let Ok(id) = ComponentId::try_from(self.logs.components.len()) else { return (None, false) };
        if self.logs.components.len() >= MAX_LOG_COMPONENTS {
            return (None, false);
        }
        self.logs.components.push(name.to_owned());
        self.ids.insert(name.to_owned(), id);
        (Some(id), true)
    }

    /// The time of a line. A line without one gets that of the line before it; lines at the beginning get the first time.
    fn line_time(&mut self, at_ms: f64) -> f64 {
        if !at_ms.is_finite() {
            return self.latest_ms.unwrap_or(f64::NAN);
        }
        if self.latest_ms.replace(at_ms).is_none() {
            self.open.lines_mut().iter_mut().for_each(|line| line.at_ms = at_ms);
        }
        at_ms
    }

    fn close(&mut self) {
        let open = std::mem::take(&mut self.open);
        if let Some(block) = open.close() {
            self.bytes += block.bytes();
            self.logs.blocks.push(block);
        }
    }
}
