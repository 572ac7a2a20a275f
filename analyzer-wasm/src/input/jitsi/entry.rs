//! A client's entry: `[type, connection, data, time, number]`, with the last ones optional.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{IgnoredAny, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::JitsiReader;
use super::order::Clock;
use crate::model::{Sink, Stamp};
use crate::problems::ProblemKind;

/// An entry as written.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) kind: Cow<'a, str>,
    pub(super) connection: Option<Cow<'a, str>>,
    pub(super) data: Option<&'a RawValue>,
    pub(super) at_ms: Option<f64>,
}

impl Entry<'_> {
    /// The data as a value; `null` if there is none.
    pub(super) fn value(&self) -> serde_json::Value {
        self.data.and_then(|data| serde_json::from_str(data.get()).ok()).unwrap_or_default()
    }

    /// The data as text, if it is a string that is not empty.
    pub(super) fn text(&self) -> Option<String> {
        let data = self.data?;
        serde_json::from_str::<String>(data.get()).ok().filter(|text| !text.is_empty())
    }

    /// Whether the data is `true`.
    pub(super) fn is_true(&self) -> bool {
        self.data.is_some_and(|data| data.get() == "true")
    }
}

impl<'de> Deserialize<'de> for Entry<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntryVisitor;
        impl<'de> Visitor<'de> for EntryVisitor {
            type Value = Entry<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an array of type, connection, data and time")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let missing = || serde::de::Error::invalid_length(0, &self);
                let kind: Text<'de> = seq.next_element()?.ok_or_else(missing)?;
                let connection: Option<Text<'de>> = seq.next_element()?.ok_or_else(missing)?;
                let data: Option<&'de RawValue> = seq.next_element()?;
                let time: Option<&'de RawValue> = seq.next_element()?;
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Entry {
                    kind: kind.0,
                    connection: connection.map(|text| text.0),
                    data: data.filter(|data| data.get() != "null"),
                    at_ms: time.and_then(|time| time.get().trim_matches('"').parse().ok()).filter(is_time),
                })
            }
        }

        /// Text, borrowed if it has no escapes.
        #[derive(Deserialize)]
        struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

        deserializer.deserialize_seq(EntryVisitor)
    }
}

/// Whether a number can be epoch milliseconds.
pub(super) fn is_time(at_ms: &f64) -> bool {
    at_ms.is_finite() && *at_ms > 0.0
}

impl JitsiReader {
    /// Reads an entry. One without a time of its own gets the time of its envelope.
    pub(super) fn entry(
        &mut self,
        text: &[u8],
        envelope_ms: Option<f64>,
        line: u64,
        sink: &mut dyn Sink,
    ) -> Result<(), ProblemKind> {
        let Ok(mut entry) = serde_json::from_slice::<Entry<'_>>(text) else {
            let is_json = serde_json::from_slice::<IgnoredAny>(text).is_ok();
            return Err(if is_json { ProblemKind::ForeignLine } else { ProblemKind::BadLine });
        };
        let own_ms = entry.at_ms;
        entry.at_ms = own_ms.or(envelope_ms);
        match &*entry.kind {
            "getstats" | "getStats" => return self.getstats_entry(&entry, line, sink),
            // The type of polls in recordings of call analytics.
            "stats" if entry.connection.is_some() => return self.getstats_entry(&entry, line, sink),
            "connectionInfo" => self.header_entry(&entry, line, sink),
            _ => {
                let at = self.stamp(entry.at_ms, Clock::Entry, line, sink);
                let mut log_offset_ms = 0.0;
                if entry.kind == "logs" && self.is_server() {
                    log_offset_ms = self.servers.log_offset_ms(own_ms, envelope_ms);
                    self.server_logs(&entry.value(), at, log_offset_ms, sink);
                }
                let at = Stamp { at_ms: at.at_ms + log_offset_ms, ..at };
                self.event_entry(&entry, at, sink);
            }
        }
        Ok(())
    }
}
