//! Dumps of JVB and Jicofo: polls of their state, recorded as changes, and lines of their logs.

mod change;
mod jicofo;
mod jvb;
mod logs;
mod state;
mod zone;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::JitsiReader;
use super::entry::is_time;
use super::order::Clock;
use crate::limits::MAX_SOURCES;
use crate::model::{EventKind, Identity, ServerSink, SourceKind, Stamp};
use crate::problems::ProblemKind;
use jicofo::Jicofo;
use jvb::Jvb;
use zone::Zone;

/// The state of reading a server's dump.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct ServerReader {
    jvb: Jvb,
    jicofo: Jicofo,
    zone: Zone,
    /// Whether the name of the conference is known.
    is_named: bool,
    /// Whether states have no time of their own, so that the time at which they were stored is used.
    is_timeless: bool,
    /// The shortest time from the writing of an entry to its storing, each by its own clock.
    stored_after_ms: Option<f64>,
}

impl ServerReader {
    /// The time zone of its log, as far as it is known.
    pub(super) fn zone(&self) -> Zone {
        self.zone
    }

    /// Prepares for the next part of the dump.
    pub(super) fn resume(&mut self) {
        self.jicofo.resume();
    }
}

impl ServerReader {
    /// The offset from the clock of log entries to that of the states.
    pub(super) fn log_offset_ms(&mut self, own_ms: Option<f64>, stored_ms: Option<f64>) -> f64 {
        if let Some(after_ms) = stored_ms.zip(own_ms).map(|(stored_ms, own_ms)| stored_ms - own_ms) {
            self.stored_after_ms = Some(self.stored_after_ms.map_or(after_ms, |least| least.min(after_ms)));
        }
        self.stored_after_ms.filter(|_| self.is_timeless).unwrap_or(0.0)
    }
}

impl JitsiReader {
    /// Whether the writer is known to be a server.
    pub(super) fn is_server(&self) -> bool {
        self.kind.is_some_and(|kind| kind != SourceKind::Client)
    }

    /// Reads a state. Its own time is by the server's clock; without one, the time at which it was stored is used.
    pub(super) fn state_line(
        &mut self,
        text: &[u8],
        stored_ms: Option<f64>,
        line: u64,
        sink: &mut dyn ServerSink,
    ) -> Result<(), ProblemKind> {
        let reads: change::Reads = match self.kind {
            Some(SourceKind::Jvb) => jvb::reads,
            Some(SourceKind::Jicofo) => jicofo::keeps,
            _ => |_| true,
        };
        let change = change::read(text, reads).map_err(|_| ProblemKind::BadLine)?;
        self.server_entries += 1;
        let own_ms = state::number(state::at(&change, &["timestamp"])).filter(is_time);
        if let Some(stored_ms) = stored_ms {
            sink.stored(own_ms.unwrap_or(stored_ms), stored_ms);
        }
        self.servers.is_timeless = own_ms.is_none() && stored_ms.is_some();
        let clock = if own_ms.is_some() { Clock::State } else { Clock::Store };
        let at = self.stamp(own_ms.or(stored_ms), clock, line, sink);
        let kind = self.kind.filter(|kind| *kind != SourceKind::Client).or_else(|| kind_of(&change));
        if self.kind.is_none() && kind.is_some() {
            self.kind = kind;
            sink.identity(at, Identity { kind, ..Identity::default() });
        }
        self.name_conference(&change, at, sink);
        let applied = match kind {
            Some(SourceKind::Jvb) => self.servers.jvb.take(change, at, sink),
            Some(SourceKind::Jicofo) => self.servers.jicofo.take(change, at, sink),
            _ => {
                sink.problem(ProblemKind::ServerState, line);
                return Ok(());
            }
        };
        if applied.is_full {
            sink.full_state();
        }
        if applied.without_base {
            sink.problem(ProblemKind::NoBaseState, line);
        }
        if applied.over_limit {
            sink.problem(ProblemKind::OverLimit, line);
        }
        Ok(())
    }

    /// Takes the name of the conference from a state, for dumps without an identity.
    fn name_conference(&mut self, change: &Value, at: Stamp, sink: &mut dyn ServerSink) {
        if self.servers.is_named {
            return;
        }
        let word = |key| state::text(state::at(change, &[key])).map(str::to_owned);
        let (room, meeting_id) = (word("name"), word("meeting_id"));
        if room.is_some() || meeting_id.is_some() {
            self.servers.is_named = true;
            sink.identity(at, Identity { room, meeting_id, ..Identity::default() });
        }
    }

    /// Notes that a server's identity was read, which has the name of the conference.
    pub(super) fn server_identified(&mut self, identity: &Identity) {
        self.servers.is_named |= identity.meeting_id.is_some();
    }

    /// Reads the events in a batch of a server's log lines. `at` is when the batch was sent, by the clock of the log;
    /// `log_offset_ms` is added to its times.
    pub(super) fn server_logs(
        &mut self,
        batch: &Value,
        at: Stamp,
        log_offset_ms: f64,
        sink: &mut dyn ServerSink,
    ) {
        let ServerReader { jicofo, zone, .. } = &mut self.servers;
        let items = batch.as_array().into_iter().flatten();
        let texts: Vec<&str> =
            items.filter_map(|item| item.as_str().or_else(|| item.get("text")?.as_str())).collect();
        zone.set_log_offset(log_offset_ms);
        logs::read(&texts, at, zone, sink, &mut |event| match (event.kind, &event.endpoint) {
            (EventKind::MemberJoined, Some(id)) => jicofo.joined(id),
            (EventKind::MemberLeft | EventKind::MemberKicked, Some(id)) => jicofo.left(id),
            _ => {}
        });
    }
}

/// The server whose state it can be, for dumps without an identity.
fn kind_of(change: &Value) -> Option<SourceKind> {
    let has = |keys: &[&str]| keys.iter().any(|key| change.get(key).is_some());
    if has(&["colibri_session_manager", "chat_room", "conference_sources", "participant_count"]) {
        Some(SourceKind::Jicofo)
    } else if has(&["endpoints", "speech_activity", "speechActivity"]) {
        Some(SourceKind::Jvb)
    } else {
        None
    }
}

/// Whether this source was not passed on before. Beyond the limit every source counts as new.
fn is_new_source(known: &mut BTreeSet<(u32, String)>, ssrc: u32, endpoint: &str) -> bool {
    let source = (ssrc, endpoint.to_owned());
    !known.contains(&source) && (known.len() >= MAX_SOURCES || known.insert(source))
}
