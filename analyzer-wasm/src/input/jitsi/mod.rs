//! Jitsi RTCStats dumps: one JSON entry on each line, in every form that clients and servers have written.
//!
//! A line is a client's array `[type, connection, data, time, number]` with 3 to 5 elements, an envelope object
//! `{statsSessionId, type, data, timestamp}` around one, a bare header object of the oldest dumps, or the state of a
//! server. Format: <https://github.com/jitsi/rtcstats-server>, <https://github.com/jitsi/rtcstats>.

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
mod signature;
mod sources;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::input::formats::Format;
use crate::input::framing::Line;
use crate::input::reader::{ByLine, FormatReader, LineReader, ReaderEnd, ReaderOptions};
use crate::limits::MAX_CONNECTIONS;
use crate::model::{FileSink, ReportTable, Sink, SourceKind, Stamp};
use crate::problems::ProblemKind;
use order::{Clock, Placed};

/// A dump of a participant's client.
pub(in crate::input) static CLIENT: Format =
    Format { name: "jitsi-client", is_client: true, signature: signature::is_client, reader };

/// A dump of JVB, Jicofo, Jigasi or Jibri.
pub(in crate::input) static SERVER: Format =
    Format { name: "jitsi-server", is_client: false, signature: signature::is_server, reader };

fn reader(options: ReaderOptions<'_>) -> Box<dyn FormatReader> {
    Box::new(ByLine::new(JitsiReader {
        keeps_all_fields: options.keeps_all_fields,
        order: order::Order::expecting(options.head),
        ..JitsiReader::default()
    }))
}

/// A reader that continues where another part of a server's dump ended.
pub(in crate::input) fn resume(checkpoint: ReaderCheckpoint) -> (&'static Format, Box<dyn FormatReader>) {
    let ReaderCheckpoint { kind, order, mut servers } = checkpoint;
    servers.resume();
    let reader = JitsiReader { kind, order, servers, ..JitsiReader::default() };
    (&SERVER, Box::new(ByLine::new(reader)))
}

/// Reads the lines of one dump.
#[derive(Debug, Default)]
struct JitsiReader {
    tables: HashMap<String, ReportTable>,
    keeps_all_fields: bool,
    order: order::Order,
    console: console_messages::Console,
    kind: Option<SourceKind>,
    client_entries: u64,
    server_entries: u64,
    servers: servers::ServerReader,
}

/// The state of a server's dump at its end: what reading the next part requires.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReaderCheckpoint {
    kind: Option<SourceKind>,
    order: order::Order,
    servers: servers::ServerReader,
}

impl LineReader for JitsiReader {
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) {
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

    fn finish(self, sink: &mut dyn Sink) -> ReaderEnd {
        if let Some(line) = self.order.mostly_implausible() {
            sink.problem(ProblemKind::NoPlausibleTime, line);
        }
        let is_server = self.is_server();
        ReaderEnd {
            has_entries: self.client_entries + self.server_entries > 0,
            // The writer may introduce itself on any line.
            format: Some(if is_server || self.client_entries == 0 { &SERVER } else { &CLIENT }),
            checkpoint: is_server.then_some(ReaderCheckpoint {
                kind: self.kind,
                order: self.order,
                servers: self.servers,
            }),
            ..ReaderEnd::default()
        }
    }
}

impl JitsiReader {
    /// The time of an entry: its own, else that of the entry before it.
    fn stamp(&mut self, at_ms: Option<f64>, clock: Clock, line: u64, sink: &mut dyn FileSink) -> Stamp {
        let problem = match at_ms.map(|at_ms| self.order.place(at_ms, clock, line)) {
            Some(Placed::InOrder) => None,
            Some(Placed::Late) => Some(ProblemKind::LateEntry),
            Some(Placed::Implausible) => Some(ProblemKind::ImplausibleTime),
            None => Some(ProblemKind::MissingTime),
        };
        if let Some(problem) = problem {
            sink.problem(problem, line);
        }
        let own_ms = at_ms.filter(|_| problem != Some(ProblemKind::ImplausibleTime));
        Stamp { at_ms: own_ms.unwrap_or_else(|| self.order.latest_ms()), line }
    }

    /// The stats reports of a connection; `None` if there are too many connections.
    fn table(&mut self, connection: &str, line: u64, sink: &mut dyn FileSink) -> Option<&mut ReportTable> {
        if !self.tables.contains_key(connection) {
            if self.tables.len() >= MAX_CONNECTIONS {
                sink.problem(ProblemKind::OverLimit, line);
                return None;
            }
            let table =
                if self.keeps_all_fields { ReportTable::with_all_fields() } else { ReportTable::default() };
            self.tables.insert(connection.to_owned(), table);
        }
        self.tables.get_mut(connection)
    }
}
