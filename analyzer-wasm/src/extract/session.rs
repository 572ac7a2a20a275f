//! The state of one file while it is read: every entry goes to the connection, the server or the log that it is about.

use std::collections::{BTreeSet, HashMap};

use super::client::{ConnectionState, Totals};
use super::logs::LogWriter;
use super::parts::{Part, RetainedText};
use super::server::ServerState;
use super::{ConnectionExtract, EXTRACT_VERSION, Extract, FileInfo};
use crate::input::ReaderCheckpoint;
use crate::limits::{MAX_CONNECTIONS, MAX_DETAIL_BYTES, MAX_EVENTS, MAX_SOURCES, cut};
use crate::model::{
    BridgePoll, ClientSink, Event, FileSink, FocusPoll, Identity, MediaSource, ReportTable, ServerEvent,
    ServerSink, Stamp,
};
use crate::problems::{ProblemKind, Problems};
use crate::time_span::TimeSpan;

/// The part of a file that has been read so far.
#[derive(Debug, Default)]
pub(super) struct Session {
    problems: Problems,
    identity: Identity,
    span: Option<TimeSpan>,
    joined_ms: Option<f64>,
    server_stamp_ms: Option<f64>,
    totals: Totals,
    connections: Connections,
    events: Vec<Event>,
    logs: LogWriter,
    sources: BTreeSet<MediaSource>,
    server: Option<Box<ServerState>>,
    text: RetainedText,
}

/// The peer connections by id, in order of appearance.
#[derive(Debug, Default)]
struct Connections {
    list: Vec<ConnectionState>,
    by_id: HashMap<String, usize>,
}

impl Connections {
    /// The connection with this id, which is added if it is new; `None` when there are too many.
    fn get(&mut self, id: &str) -> Option<&mut ConnectionState> {
        let index = match self.by_id.get(id) {
            Some(index) => *index,
            None if self.list.len() >= MAX_CONNECTIONS => return None,
            None => {
                self.list.push(ConnectionState::new(id));
                self.by_id.insert(id.to_owned(), self.list.len() - 1);
                self.list.len() - 1
            }
        };
        self.list.get_mut(index)
    }
}

impl Session {
    /// Continues where another file of the same server ended.
    pub(super) fn resume(server: ServerState) -> Self {
        Self { server: Some(Box::new(server)), text: RetainedText::not_needed(), ..Self::default() }
    }

    fn extend_span(&mut self, at_ms: f64) {
        if at_ms.is_finite() {
            let now = TimeSpan::new(at_ms, at_ms);
            self.span = Some(self.span.map_or(now, |span| span.union(now)));
        }
    }

    fn push_event(&mut self, mut event: Event) {
        if !event.at_ms.is_finite() {
            return;
        }
        if self.events.len() >= MAX_EVENTS {
            self.problems.add(ProblemKind::OverLimit, event.line);
            return;
        }
        if let Some(detail) = event.detail.as_mut().filter(|detail| detail.len() > MAX_DETAIL_BYTES) {
            *detail = format!("{}…", cut(detail, MAX_DETAIL_BYTES));
        }
        self.events.push(event);
    }

    /// Ends the file.
    pub(super) fn finish(mut self, file: FileInfo, checkpoint: Option<&ReaderCheckpoint>) -> Extract {
        if self.problems.count(ProblemKind::NoPlausibleTime) > 0 {
            self.span = None;
            self.joined_ms = None;
        }
        let is_named = self.identity.session_id.is_some() || file.session_id.is_some();
        let checkpoint = checkpoint.filter(|_| is_named);
        let part = Part::new(checkpoint, self.server.as_deref(), self.text, &mut self.problems);
        let server = self.server.map(|server| Box::new(server.finish(&file)));
        let mut totals = self.totals;
        let connections: Vec<ConnectionExtract> = self
            .connections
            .list
            .into_iter()
            .map(|connection| connection.finish(&file.name, &mut totals))
            .collect();
        Extract {
            version: EXTRACT_VERSION,
            file,
            problems: self.problems,
            identity: self.identity,
            span: self.span,
            joined_ms: self.joined_ms,
            server_stamp_ms: self.server_stamp_ms,
            totals,
            connections,
            events: self.events,
            logs: self.logs.finish(),
            sources: self.sources.into_iter().collect(),
            server,
            part,
        }
    }
}

impl FileSink for Session {
    fn problem(&mut self, kind: ProblemKind, line: u64) {
        if kind == ProblemKind::NoBaseState {
            self.text.need(line, &mut self.problems);
        }
        self.problems.add(kind, line);
    }

    fn raw_line(&mut self, number: u64, bytes: &[u8]) {
        self.text.line(bytes, number, &mut self.problems);
    }

    fn identity(&mut self, at: Stamp, identity: Identity) {
        self.extend_span(at.at_ms);
        let renamed = identity.display_name.is_some() && identity.display_name != self.identity.display_name;
        if renamed && self.identity.first_display_name.is_none() {
            self.identity.first_display_name.clone_from(&self.identity.display_name);
        }
        if identity.endpoint_id.is_some() && at.at_ms.is_finite() {
            self.joined_ms.get_or_insert(at.at_ms);
        }
        self.identity.merge(identity);
    }

    fn log(&mut self, at: Stamp, own_ms: Option<f64>, text: &str, count: u64) {
        self.extend_span(at.at_ms);
        if !self.logs.add(Stamp { at_ms: own_ms.unwrap_or(at.at_ms), ..at }, text, count) {
            self.problems.add(ProblemKind::OverLimit, at.line);
        }
    }

    fn source(&mut self, source: MediaSource) {
        if self.sources.len() < MAX_SOURCES {
            self.sources.insert(source);
        } else if !self.sources.contains(&source) {
            self.problems.note(ProblemKind::OverLimit);
        }
    }
}

impl ClientSink for Session {
    fn server_stamp(&mut self, epoch_ms: f64) {
        self.server_stamp_ms.get_or_insert(epoch_ms);
    }

    fn event(&mut self, event: Event) {
        self.text.drop_undecided();
        self.extend_span(event.at_ms);
        if let Some(id) = &event.connection {
            match self.connections.get(id) {
                Some(connection) => connection.add_event(&event),
                None => self.problems.add(ProblemKind::OverLimit, event.line),
            }
        }
        self.push_event(event);
    }

    fn console_event(&mut self, event: Event) {
        self.push_event(event);
    }

    fn stats(&mut self, at: Stamp, connection: &str, table: &ReportTable) {
        self.text.drop_undecided();
        self.extend_span(at.at_ms);
        if !at.at_ms.is_finite() {
            return;
        }
        match self.connections.get(connection) {
            Some(connection) => connection.add_poll(at, table, &mut self.totals, &mut self.problems),
            None => self.problems.add(ProblemKind::OverLimit, at.line),
        }
    }
}

impl ServerSink for Session {
    fn full_state(&mut self) {
        self.text.drop_undecided();
    }

    fn bridge(&mut self, at: Stamp, poll: &BridgePoll) {
        self.extend_span(at.at_ms);
        self.server.get_or_insert_default().bridge(at, poll, &mut self.problems);
    }

    fn focus(&mut self, at: Stamp, poll: &FocusPoll) {
        self.extend_span(at.at_ms);
        self.server.get_or_insert_default().focus(at, poll, &mut self.problems);
    }

    fn server_event(&mut self, event: ServerEvent) {
        self.extend_span(event.at_ms);
        self.server.get_or_insert_default().event(event, &mut self.problems);
    }

    fn stored(&mut self, own_ms: f64, stored_ms: f64) {
        self.server.get_or_insert_default().stored(own_ms, stored_ms);
    }
}
