//! What is extracted of a server's dump, or of one of an unsupported client: who it is, and from when to when.

use super::Taken;
use super::header::{ClientType, Header};
use super::metadata::{Identity, Place};
use super::value::{Object, Value};

/// A server's dump so far.
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

    /// Takes a line. The state that a line holds is not looked into, nor is the time in it.
    pub(super) fn line(&mut self, line: &Object) -> Taken {
        if let Some(at_ms) = line.get("timestamp").and_then(Value::as_number).filter(|at_ms| *at_ms != 0.0) {
            self.start_ms.get_or_insert(at_ms);
            self.end_ms = Some(self.end_ms.unwrap_or_default().max(at_ms));
        }
        let identity = match line.get("type").and_then(Value::as_text) {
            Some("identity") => line.get("data").and_then(Value::as_object),
            // As servers wrote it before there were envelopes. With a header the server passes over it.
            None if !self.header.stated && line.get("applicationName").is_some() => Some(line),
            _ => None,
        };
        let whole = identity.is_none_or(|identity| self.identity.merge(identity));
        if whole { Taken::Whole } else { Taken::InPart }
    }

    /// `dumpMetadata` and `features`. Where no line has a time, the server takes the time at which it works,
    /// which says nothing about the dump: here it is `null`.
    pub(super) fn finish(mut self, place: &Place) -> (Object, Object) {
        if !self.header.stated && self.header.client == ClientType::Unsupported {
            self.header.client = ClientType::of_application(self.identity.application());
        }
        let mut features = Object::default();
        for (name, at_ms) in [("sessionStartTime", self.start_ms), ("sessionEndTime", self.end_ms)] {
            features.set(name, at_ms.map_or(Value::Null, Value::Number));
        }
        (self.identity.server_metadata(place, &self.header), features)
    }
}
