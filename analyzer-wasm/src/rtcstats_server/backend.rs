//! The dump of a server or an unsupported client: its identity, and its first and last time.

use super::LineResult;
use super::header::{ClientType, Header};
use super::metadata::{DumpPath, Identity};
use super::value::{Object, Value};

/// The part of a server's dump that has been read so far.
#[derive(Debug)]
pub(super) struct Backend {
    header: Header,
    identity: Identity,
    start_ms: Option<f64>,
    end_ms: Option<f64>,
}

impl Backend {
    pub(super) fn new(header: Header) -> Self {
        Self { header, identity: Identity::default(), start_ms: None, end_ms: None }
    }

    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    /// Adds a line. The state in a line is not read, nor is the time in that state.
    pub(super) fn line(&mut self, line: &Object) -> LineResult {
        if let Some(at_ms) = line.get("timestamp").and_then(Value::as_number).filter(|at_ms| *at_ms != 0.0) {
            self.start_ms.get_or_insert(at_ms);
            self.end_ms = Some(self.end_ms.unwrap_or_default().max(at_ms));
        }
        let identity = match line.get("type").and_then(Value::as_text) {
            Some("identity") => line.get("data").and_then(Value::as_object),
            // An identity without envelope, as older servers wrote it. With a header rtcstats-server ignores it.
            None if !self.header.stated && line.get("applicationName").is_some() => Some(line),
            _ => None,
        };
        let whole = identity.is_none_or(|identity| self.identity.merge(identity));
        if whole { LineResult::Whole } else { LineResult::InPart }
    }

    /// `dumpMetadata` and `features`. Where no line has a time, rtcstats-server writes the time at which it reads the
    /// dump; here it is `null`.
    pub(super) fn finish(mut self, path: &DumpPath) -> (Object, Object) {
        if !self.header.stated && self.header.client == ClientType::Unsupported {
            self.header.client = ClientType::of_application(self.identity.application());
        }
        let mut features = Object::default();
        for (name, at_ms) in [("sessionStartTime", self.start_ms), ("sessionEndTime", self.end_ms)] {
            features.set(name, at_ms.map_or(Value::Null, Value::Number));
        }
        (self.identity.server_metadata(path, &self.header), features)
    }
}
