//! Jitsi RTCStats dumps: one JSON line for each entry, in every form that clients and servers have written.
//!
//! A line is a client's array `[type, connection, data, time, number]` (3 to 5 wide), an envelope object
//! `{statsSessionId, type, data, timestamp}` around one, a bare header object of the oldest dumps, or a
//! server's state. Format: <https://github.com/jitsi/rtcstats-server>, <https://github.com/jitsi/rtcstats>.

mod console_messages;
mod entry;
mod events;
mod getstats;
mod identity;
mod legacy;
mod logs;
mod media;
mod object;
mod order;
mod servers;
mod sources;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::input::formats::Format;
use crate::input::framing::Line;
use crate::limits::MAX_CONNECTIONS;
use crate::model::{ReportTable, Sink, SourceKind, Stamp};
use crate::problems::ProblemKind;
use order::Clock;

/// Reads the lines of one dump.
#[derive(Debug, Default)]
pub(super) struct JitsiReader {
    tables: HashMap<String, ReportTable>,
    keep_extras: bool,
    order: order::Order,
    console: console_messages::Console,
    kind: Option<SourceKind>,
    client_entries: u64,
    server_entries: u64,
    servers: servers::ServerReader,
}

/// How a server's dump stands: what the part that goes on from there needs to be read.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ReaderCheckpoint {
    kind: Option<SourceKind>,
    order: order::Order,
    servers: servers::ServerReader,
}

impl JitsiReader {
    /// One that goes on where another file ended.
    pub(super) fn resume(checkpoint: ReaderCheckpoint) -> Self {
        let ReaderCheckpoint { kind, order, mut servers } = checkpoint;
        servers.resume();
        Self { kind, order, servers, ..Self::default() }
    }

    /// How a server's dump stands; of a client's nothing can go on.
    pub(super) fn into_checkpoint(self) -> Option<ReaderCheckpoint> {
        let Self { kind, order, servers, .. } = self;
        matches!(kind, Some(kind) if kind != SourceKind::Client).then_some(ReaderCheckpoint {
            kind,
            order,
            servers,
        })
    }

    pub(super) fn with_extras() -> Self {
        Self { keep_extras: true, ..Self::default() }
    }

    /// Takes the next line.
    pub(super) fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) {
        let text = line.bytes.trim_ascii();
        let read = match text.first() {
            _ if line.too_long => Err(ProblemKind::LineTooLong),
            None => Err(ProblemKind::BlankLine),
            Some(b'[') if getstats::is_getstats(text) => self.getstats_line(text, line.number, sink),
            Some(b'[') => self.entry(text, None, line.number, sink),
            Some(b'{') => self.object(text, line.number, sink),
            Some(_) if serde_json::from_slice::<serde::de::IgnoredAny>(text).is_ok() => {
                Err(ProblemKind::ForeignLine)
            }
            Some(_) => Err(ProblemKind::BadLine),
        };
        if let Err(problem) = read {
            let torn = !line.ended && matches!(problem, ProblemKind::BadLine | ProblemKind::BadStats);
            sink.problem(if torn { ProblemKind::TornLine } else { problem }, line.number);
        }
    }

    /// What the lines so far are, if any of them was an entry.
    pub(super) fn format(&self) -> Option<Format> {
        let server = self.kind.is_some_and(|kind| kind != SourceKind::Client);
        match (self.client_entries, self.server_entries) {
            (0, 0) => None,
            (0, _) => Some(Format::JitsiServer),
            _ if server => Some(Format::JitsiServer),
            _ => Some(Format::JitsiClient),
        }
    }

    /// When an entry was written, by its own time, else by the entry before it.
    fn stamp(&mut self, at_ms: Option<f64>, clock: Clock, line: u64, sink: &mut dyn Sink) -> Stamp {
        match at_ms {
            Some(at_ms) if self.order.is_late(at_ms, clock) => sink.problem(ProblemKind::LateEntry, line),
            Some(_) => {}
            None => sink.problem(ProblemKind::MissingTime, line),
        }
        Stamp { at_ms: at_ms.unwrap_or_else(|| self.order.latest_ms()), line }
    }

    /// The stats of a connection as they stand.
    fn table(&mut self, connection: &str, line: u64, sink: &mut dyn Sink) -> Option<&mut ReportTable> {
        if !self.tables.contains_key(connection) {
            if self.tables.len() >= MAX_CONNECTIONS {
                sink.problem(ProblemKind::OverLimit, line);
                return None;
            }
            let table = if self.keep_extras { ReportTable::with_extras() } else { ReportTable::default() };
            self.tables.insert(connection.to_owned(), table);
        }
        self.tables.get_mut(connection)
    }
}
