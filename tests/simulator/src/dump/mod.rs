//! Writes a dump: the server's header, the client's entries with their numbers, polls compressed.

mod body;
mod delta;
mod snapshot;

use std::fmt::Write as _;

use serde_json::json;

use super::scenario::Scenario;
use super::script::Entry;
use super::session::Session;

pub(super) use body::Body;
pub use body::Form;
pub use delta::DeltaEncoder;
pub use snapshot::{Fields, Snapshot, Value};

/// Time from the start of the page until the server accepts the connection.
const HEADER_MS: u64 = 900;

/// A dump that is being written.
#[derive(Debug)]
pub(super) struct Writer {
    body: Body,
    line: String,
    number: u32,
    /// The client's clock when true time was 0.
    client_zero_ms: f64,
}

impl Writer {
    /// Begins a dump with the server's entry about the connection.
    pub(super) fn new(scenario: &Scenario, session: &Session, form: Form) -> Self {
        let mut writer = Self {
            body: Body::new(form),
            line: String::new(),
            number: 0,
            client_zero_ms: scenario.start_ms as f64 + session.details.clock_ahead_ms as f64,
        };
        let path = format!("/{}", scenario.room);
        let header = json!({
            "path": path,
            "origin": "https://meet.example.org",
            "url": format!("https://meet.example.org{path}?statsSessionId={}&isReconnect=false", session.presence.session_id),
            "userAgent": session.details.browser.user_agent(),
            "clientProtocol": "3.1_STANDARD",
            "statsFormat": "chrome_standard",
            "clientType": "RTCSTATS_CLIENT",
        });
        let stamp_ms = scenario.start_ms + session.time().from_ms + HEADER_MS;
        let _ = write!(writer.line, "[\"connectionInfo\",null,{header},{stamp_ms}]");
        writer.end_line();
        writer
    }

    /// An instant of true time, after the call's start, on the client's clock.
    pub(super) fn client_ms(&self, true_ms: f64) -> f64 {
        self.client_zero_ms + true_ms
    }

    /// Writes an entry.
    pub(super) fn entry(&mut self, entry: &Entry) {
        let _ = write!(self.line, "[\"{}\",", entry.kind);
        let _ = match entry.connection {
            Some(connection) => write!(self.line, "\"PC_{connection}\","),
            None => write!(self.line, "null,"),
        };
        self.line.push_str(&entry.data);
        self.end_entry(entry.at_ms as f64);
    }

    /// Writes a poll.
    pub(super) fn poll(
        &mut self,
        connection: u32,
        true_ms: f64,
        poll: &Snapshot,
        encoder: &mut DeltaEncoder,
    ) {
        let _ = write!(self.line, "[\"getstats\",\"PC_{connection}\",");
        encoder.encode(poll, &mut self.line);
        self.end_entry(true_ms);
    }

    /// Ends the dump; returns its bytes and the size of its text in bytes.
    pub(super) fn finish(self) -> (Vec<u8>, u64) {
        self.body.finish()
    }

    fn end_entry(&mut self, true_ms: f64) {
        self.number += 1;
        let at_ms = self.client_ms(true_ms).floor();
        let _ = write!(self.line, ",{at_ms},{}]", self.number);
        self.end_line();
    }

    fn end_line(&mut self) {
        self.line.push('\n');
        self.body.write(&self.line);
        self.line.clear();
    }
}
