//! The events of a server: those of its log and those that its polls show, without duplicates.

use serde::{Deserialize, Serialize};

use crate::limits::{MAX_DETAIL_BYTES, MAX_EVENTS, cut};
use crate::model::{EventKind, ServerEvent, Stamp};

/// An event of the log is in a poll at most this much later.
const SAME_EVENT_MS: f64 = 15_000.0;
/// How many events back duplicates are searched.
const LOOK_BACK: usize = 64;

/// The events read so far.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct ServerEvents {
    list: Vec<ServerEvent>,
    /// The events beyond the limit since [`Self::take_dropped`] was called.
    dropped: u64,
}

impl ServerEvents {
    /// Adds an event of the log, which replaces the same event of a poll.
    pub(super) fn logged(&mut self, event: ServerEvent) {
        match self.find_same(&event) {
            Some(known) if known.exact => {}
            Some(known) => *known = event,
            None => self.push(event),
        }
    }

    /// Adds an event that a poll shows, unless the log has it.
    pub(super) fn polled(
        &mut self,
        at: Stamp,
        kind: EventKind,
        endpoint: Option<&str>,
        detail: Option<String>,
    ) {
        let event = ServerEvent::new(at, kind, endpoint, detail);
        let known = self.find_same(&event).is_some_and(|known| known.exact);
        if !known {
            self.push(event);
        }
    }

    /// Adds an event that a poll shows, unless the log has one of the same kind with any detail.
    pub(super) fn polled_unless_logged(
        &mut self,
        at: Stamp,
        kind: EventKind,
        endpoint: &str,
        detail: String,
    ) {
        let is_logged = self.list.iter().rev().take(LOOK_BACK).any(|known| {
            known.exact
                && (known.kind, known.endpoint.as_deref()) == (kind, Some(endpoint))
                && (known.at_ms - at.at_ms).abs() < SAME_EVENT_MS
        });
        if !is_logged {
            self.push(ServerEvent::new(at, kind, Some(endpoint), Some(detail)));
        }
    }

    /// The number of events beyond the limit since the last call.
    pub(super) fn take_dropped(&mut self) -> u64 {
        std::mem::take(&mut self.dropped)
    }

    pub(super) fn finish(self) -> Vec<ServerEvent> {
        self.list
    }

    fn find_same(&mut self, event: &ServerEvent) -> Option<&mut ServerEvent> {
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
            self.dropped += 1;
            return;
        }
        if let Some(detail) = event.detail.as_mut().filter(|detail| detail.len() > MAX_DETAIL_BYTES) {
            *detail = format!("{}…", cut(detail, MAX_DETAIL_BYTES));
        }
        self.list.push(event);
    }
}
