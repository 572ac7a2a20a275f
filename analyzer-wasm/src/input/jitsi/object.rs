//! Lines that are objects: envelopes around entries, headers of the oldest dumps, and states of servers.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::JitsiReader;
use super::entry::is_time;
use super::identity::{identity_of_header, identity_of_object};
use super::order::Clock;
use crate::input::time::is_plausible;
use crate::model::{ClientSink, Identity, ServerSink, Sink, Stamp};
use crate::problems::ProblemKind;

/// The members by which the kind of an object is recognized; its data is not read yet.
#[derive(Deserialize)]
struct Object<'a> {
    #[serde(borrow, rename = "statsSessionId")]
    session_id: Option<&'a RawValue>,
    #[serde(borrow, rename = "type")]
    kind: Option<&'a RawValue>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
    #[serde(borrow)]
    timestamp: Option<&'a RawValue>,
    #[serde(borrow, rename = "userAgent")]
    user_agent: Option<&'a RawValue>,
    #[serde(borrow, rename = "applicationName")]
    app: Option<&'a RawValue>,
}

fn text_of(raw: Option<&RawValue>) -> Option<String> {
    raw.and_then(|raw| serde_json::from_str(raw.get()).ok())
}

impl JitsiReader {
    /// Reads a line that is an object.
    pub(super) fn object(&mut self, text: &[u8], line: u64, sink: &mut dyn Sink) -> Result<(), ProblemKind> {
        let object: Object<'_> = serde_json::from_slice(text).map_err(|_| ProblemKind::BadLine)?;
        let at_ms = object.timestamp.and_then(|raw| raw.get().parse().ok()).filter(is_time);
        let kind = text_of(object.kind);
        if let (Some(session_id), Some(kind)) = (text_of(object.session_id), kind.as_deref()) {
            let identity = Identity { session_id: Some(session_id), ..Identity::default() };
            let at = Stamp { at_ms: at_ms.unwrap_or_else(|| self.order.latest_ms()), line };
            sink.identity(at, identity);
            return self.envelope(kind, object.data, at_ms, line, sink);
        }
        if object.user_agent.is_some() {
            let header = serde_json::from_slice(text).unwrap_or_default();
            self.header(&header, None, line, sink);
            return Ok(());
        }
        if object.app.is_some() {
            return self.server_identity(text, at_ms, line, sink);
        }
        self.server_state(text, line, sink)
    }

    fn envelope(
        &mut self,
        kind: &str,
        data: Option<&RawValue>,
        at_ms: Option<f64>,
        line: u64,
        sink: &mut dyn Sink,
    ) -> Result<(), ProblemKind> {
        let Some(data) = data else { return Err(ProblemKind::ForeignLine) };
        // Entries and states are text within the envelope; identities mostly are objects.
        let decoded = text_of(Some(data));
        let json = decoded.as_deref().unwrap_or(data.get()).trim();
        match (kind, json.as_bytes().first()) {
            (_, Some(b'[')) => self.entry(json.as_bytes(), at_ms, line, sink),
            ("identity", Some(b'{')) => self.server_identity(json.as_bytes(), at_ms, line, sink),
            // Only servers send objects.
            ("stats-entry", Some(b'{')) => self.state_line(json.as_bytes(), at_ms, line, sink),
            _ => Err(ProblemKind::ForeignLine),
        }
    }

    fn server_identity(
        &mut self,
        text: &[u8],
        at_ms: Option<f64>,
        line: u64,
        sink: &mut dyn ServerSink,
    ) -> Result<(), ProblemKind> {
        let value: serde_json::Value = serde_json::from_slice(text).map_err(|_| ProblemKind::BadLine)?;
        let identity = identity_of_object(&value);
        self.kind = identity.kind.or(self.kind);
        self.server_entries += 1;
        self.server_identified(&identity);
        let at = match at_ms {
            // Without a time of its own it gets the latest one so far.
            None => Stamp { at_ms: self.order.latest_ms(), line },
            Some(_) => self.stamp(at_ms, Clock::Store, line, sink),
        };
        sink.identity(at, identity);
        Ok(())
    }

    /// Reads a bare object, which is a state if a server's identity came before it.
    fn server_state(&mut self, text: &[u8], line: u64, sink: &mut dyn ServerSink) -> Result<(), ProblemKind> {
        if !self.is_server() {
            return Err(ProblemKind::ForeignLine);
        }
        // Its time, if it has one, is the server's own: there is no envelope.
        self.state_line(text, None, line, sink)
    }

    /// Takes the header of the connection, bare or from an entry. `stamp_ms` is the time at which the server received it.
    pub(super) fn header(
        &mut self,
        header: &serde_json::Value,
        stamp_ms: Option<f64>,
        line: u64,
        sink: &mut dyn ClientSink,
    ) {
        self.client_entries += 1;
        let at = Stamp { at_ms: f64::NAN, line: 1 };
        let identity = identity_of_header(header);
        self.kind = identity.kind.or(self.kind);
        sink.identity(at, identity);
        match stamp_ms {
            Some(stamp_ms) if is_plausible(stamp_ms) => sink.server_stamp(stamp_ms),
            Some(_) => sink.problem(ProblemKind::ImplausibleTime, line),
            None => {}
        }
    }
}
