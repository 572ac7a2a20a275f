//! A server's events: those of its log, and those that its polls show, each once.

use serde::{Deserialize, Serialize};

use crate::limits::{MAX_DETAIL_BYTES, MAX_EVENTS, cut};
use crate::model::{EventKind, ServerEvent, Stamp};

/// A poll shows what the log says up to this much later.
const SAME_EVENT_MS: f64 = 15_000.0;
/// How many events back the same one is looked for.
const LOOK_BACK: usize = 64;

/// The events as they are being read.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct ServerEvents {
    list: Vec<ServerEvent>,
    /// How many events found no room, since that was asked last.
    over: u64,
}

impl ServerEvents {
    /// The log says it.
    pub(super) fn logged(&mut self, event: ServerEvent) {
        match self.same(&event) {
            Some(known) if known.exact => {}
            Some(known) => *known = event,
            None => self.push(event),
        }
    }

    /// A poll shows it.
    pub(super) fn polled(
        &mut self,
        at: Stamp,
        kind: EventKind,
        endpoint: Option<&str>,
        detail: Option<String>,
    ) {
        let event = ServerEvent::new(at, kind, endpoint, detail);
        let known = self.same(&event).is_some_and(|known| known.exact);
        if !known {
            self.push(event);
        }
    }

    /// A poll shows it, in other words than the log's.
    pub(super) fn polled_unless_logged(
        &mut self,
        at: Stamp,
        kind: EventKind,
        endpoint: &str,
        detail: String,
    ) {
        let is_told = self.list.iter().rev().take(LOOK_BACK).any(|known| {
            known.exact
                && (known.kind, known.endpoint.as_deref()) == (kind, Some(endpoint))
                && (known.at_ms - at.at_ms).abs() < SAME_EVENT_MS
        });
        if !is_told {
            self.push(ServerEvent::new(at, kind, Some(endpoint), Some(detail)));
        }
    }

    /// How many events found no room, since this was asked last.
    pub(super) fn over(&mut self) -> u64 {
        std::mem::take(&mut self.over)
    }

    pub(super) fn finish(self) -> Vec<ServerEvent> {
        self.list
    }

    fn same(&mut self, event: &ServerEvent) -> Option<&mut ServerEvent> {
        let known = self.list.iter_mut().rev().take(LOOK_BACK);
        let is_same = |known: &ServerEvent| {
            (known.kind, &known.endpoint, &known.detail) == (event.kind, &event.endpoint, &event.detail)
                && (known.at_ms - event.at_ms).abs() < SAME_EVENT_MS
        };
        let mut same = known.filter(|known| is_same(known));
        same.next()
    }

    fn push(&mut self, mut event: ServerEvent) {
        if self.list.len() >= MAX_EVENTS {
            self.over += 1;
            return;
        }
        if let Some(detail) = event.detail.as_mut().filter(|detail| detail.len() > MAX_DETAIL_BYTES) {
            *detail = format!("{}…", cut(detail, MAX_DETAIL_BYTES));
        }
        self.list.push(event);
    }
}
