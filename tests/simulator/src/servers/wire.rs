//! The transport of a server's entries to the stats server and their storage: the line formats of each version, and a
//! new part after each cut.

use serde_json::{Value, json};

use super::diff;
use crate::deployment::{Host, Lines};
use crate::dump::{Body, Form};
use crate::random::Random;
use crate::server_truth::TruePart;

/// Random stream of wires; the index of the dump is added.
const PURPOSE: u64 = 4_400;
/// The range of the transport time of a line to the stats server.
const TRAVEL_MS: (u64, u64) = (3, 30);

/// The program that writes the dump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Program {
    Bridge,
    Focus,
}

/// One stored file.
#[derive(Debug)]
struct Part {
    body: Body,
    truth: TruePart,
}

/// A complete file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stored {
    pub(super) bytes: Vec<u8>,
    pub(super) text_bytes: u64,
    pub(super) truth: TruePart,
}

/// The connection from a server to the stats server, for one stats session.
#[derive(Debug)]
pub(super) struct Wire {
    program: Program,
    host: Host,
    session_id: String,
    form: Form,
    /// Epoch ms, true time.
    start_ms: u64,
    parts: Vec<Part>,
    was_cut: bool,
    /// The last timestamp. Lines arrive in order.
    last_ms: u64,
    random: Random,
}

impl Wire {
    /// A connection before its first line.
    pub(super) fn new(
        program: Program,
        host: &Host,
        session_id: &str,
        form: Form,
        (seed, start_ms): (u64, u64),
        number: u64,
    ) -> Self {
        Self {
            program,
            host: host.clone(),
            session_id: session_id.to_owned(),
            form,
            start_ms,
            parts: Vec::new(),
            was_cut: false,
            last_ms: 0,
            random: Random::new(seed, PURPOSE + number),
        }
    }

    /// Sends the identity of the server. Returns whether it was stored.
    pub(super) fn identity(&mut self, at_ms: u64, data: &Value) -> bool {
        let mut text = String::new();
        diff::write(data, &mut text);
        self.send(at_ms, "identity", &text, false)
    }

    /// Sends a state or log lines. Returns whether they were stored.
    pub(super) fn entry(&mut self, at_ms: u64, data: &Value) -> bool {
        let mut text = String::new();
        diff::write(data, &mut text);
        self.send(at_ms, "stats-entry", &text, true)
    }

    fn send(&mut self, at_ms: u64, kind: &str, data: &str, quoted: bool) -> bool {
        let arrives_ms = self.start_ms + at_ms + self.random.whole(TRAVEL_MS.0, TRAVEL_MS.1);
        self.last_ms = self.last_ms.max(arrives_ms);
        let stamp_ms = self.last_ms;
        if self.host.cuts.iter().any(|cut| cut.contains(at_ms)) {
            self.was_cut = true;
            return false;
        }
        if self.parts.is_empty() || std::mem::take(&mut self.was_cut) {
            self.begin_part(stamp_ms);
        }
        let id = &self.session_id;
        let data_member = if quoted { Value::from(data).to_string() } else { data.to_owned() };
        let request = format!("{{\"statsSessionId\":\"{id}\",\"type\":\"{kind}\",\"data\":{data_member}");
        let line = match self.host.lines {
            Lines::Requests => format!("{request}}}"),
            Lines::Bare => data.to_owned(),
            Lines::Enveloped => format!("{request},\"timestamp\":{stamp_ms}}}"),
        };
        self.write(stamp_ms, &line);
        true
    }

    /// Starts a part. The file names of later parts end with a number.
    fn begin_part(&mut self, stamp_ms: u64) {
        let name = match self.parts.len() {
            0 => format!("{}.gz", self.session_id),
            number => format!("{}_{number}.gz", self.session_id),
        };
        self.parts.push(Part {
            body: Body::new(self.form),
            truth: TruePart { file: name, from_ms: stamp_ms, to_ms: stamp_ms, lines: 0 },
        });
        if self.host.lines == Lines::Requests {
            return;
        }
        let mut header = self.header();
        if self.host.lines == Lines::Bare {
            header = Value::from(header.to_string());
        }
        let line = format!("[\"connectionInfo\",null,{header},{stamp_ms}]");
        self.write(stamp_ms, &line);
    }

    fn header(&self) -> Value {
        let (protocol, client) = match self.program {
            Program::Bridge => ("3.0_JVB", "JVB_CLIENT"),
            Program::Focus => ("1.0_JICOFO", "JICOFO_CLIENT"),
        };
        let mut header = json!({
            "path": "/", "origin": self.host.name, "url": format!("{}/", self.host.name),
            "userAgent": "Node v20.11.0", "clientProtocol": protocol, "statsFormat": "unsupported",
        });
        if let (Lines::Enveloped, Some(header)) = (self.host.lines, header.as_object_mut()) {
            header.insert("clientType".to_owned(), client.into());
        }
        header
    }

    fn write(&mut self, stamp_ms: u64, line: &str) {
        if let Some(part) = self.parts.last_mut() {
            part.body.write(line);
            part.body.write("\n");
            part.truth.lines += 1;
            part.truth.to_ms = stamp_ms;
        }
    }

    /// Ends the last part and returns all files.
    pub(super) fn finish(self) -> Vec<Stored> {
        let stored = |part: Part| {
            let (bytes, text_bytes) = part.body.finish();
            Stored { bytes, text_bytes, truth: part.truth }
        };
        self.parts.into_iter().map(stored).collect()
    }
}
