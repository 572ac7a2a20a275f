//! Dumps of the Jitsi client written by hand, line by line, for tests of small cases.

use std::fmt::{self, Display, Write as _};

use serde_json::{Value, json};

/// Epoch ms of the first line of a dump; all times are given in ms after it.
pub const START: u64 = 1_700_000_000_000;

/// A dump that is being written.
#[derive(Clone, Debug, Default)]
pub struct Dump(String);

impl Dump {
    /// A dump of the endpoint `abcd1234` in the meeting `m-1`, with a header and an identity.
    #[must_use]
    pub fn new() -> Self {
        let mut dump = Self::empty();
        dump.header(&json!({
            "url": "https://meet.example.org/room",
            "userAgent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36",
            "clientProtocol": "3.1_STANDARD",
        }));
        dump.identity(
            &json!({
                "confName": "room",
                "confID": "meet.example.org/room",
                "endpointId": "abcd1234",
                "displayName": "Ada-x1y",
                "meetingUniqueId": "m-1",
            }),
            0,
        );
        dump
    }

    /// A dump of this endpoint in the meeting `m-1`, with an identity and no header.
    #[must_use]
    pub fn of(endpoint: &str) -> Self {
        let mut dump = Self::empty();
        dump.identity(&json!({"endpointId": endpoint, "meetingUniqueId": "m-1"}), 0);
        dump
    }

    /// A dump without any line.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// Adds a line as it is.
    pub fn line(&mut self, line: &str) -> &mut Self {
        self.0.push_str(line);
        self.0.push('\n');
        self
    }

    /// Adds the header that the server writes first.
    pub fn header(&mut self, info: &Value) -> &mut Self {
        self.entry("connectionInfo", info, 0)
    }

    /// Adds an identity; keys of a later one replace those of an earlier one.
    pub fn identity(&mut self, identity: &Value, after_ms: u64) -> &mut Self {
        self.entry("identity", identity, after_ms)
    }

    /// Adds an entry that belongs to no connection; `data` is JSON.
    pub fn entry(&mut self, kind: &str, data: impl Display, after_ms: u64) -> &mut Self {
        self.line(&format!(r#"["{kind}",null,{data},{}]"#, START + after_ms))
    }

    /// Adds an entry of a connection; `data` is JSON.
    pub fn entry_on(&mut self, connection: &str, kind: &str, data: impl Display, after_ms: u64) -> &mut Self {
        self.line(&format!(r#"["{kind}","{connection}",{data},{}]"#, START + after_ms))
    }

    /// Adds an entry of the connection `PC_0`.
    pub fn on_connection(&mut self, kind: &str, data: impl Display, after_ms: u64) -> &mut Self {
        self.entry_on("PC_0", kind, data, after_ms)
    }

    /// Adds a line of the application's console with a time of its own, in a batch that is sent 5 s later.
    pub fn log(&mut self, message: &str, after_ms: u64) -> &mut Self {
        // START is 2023-11-14T22:13:20Z.
        let at_ms = 13 * 60_000 + 20_000 + after_ms;
        let time = format!("{:02}:{:02}.{:03}", at_ms / 60_000, at_ms / 1_000 % 60, at_ms % 1_000);
        let text = format!("2023-11-14T22:{time}Z [DEBUG] [app:test] <f>: {message}");
        self.logs(&[&text], after_ms + 5_000)
    }

    /// Adds console lines as they are, in one batch.
    pub fn logs(&mut self, lines: &[&str], after_ms: u64) -> &mut Self {
        let items: Vec<Value> = lines.iter().map(|text| json!({"text": text, "count": 1})).collect();
        self.entry("logs", json!(items), after_ms)
    }

    /// Adds a stats poll of the connection `PC_0`.
    pub fn poll(&mut self, reports: &Reports, after_ms: u64) -> &mut Self {
        self.poll_on("PC_0", reports, after_ms)
    }

    /// Adds a stats poll of a connection.
    pub fn poll_on(&mut self, connection: &str, reports: &Reports, after_ms: u64) -> &mut Self {
        self.entry_on(connection, "getstats", reports.at(START + after_ms), after_ms)
    }

    /// The bytes written so far.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// The stats reports of one poll, as deltas: a report without a type continues that of the previous poll.
///
/// Made by [`poll!`](crate::poll).
#[derive(Clone, Debug, Default)]
pub struct Reports(String);

impl Reports {
    /// Adds a report. Its timestamp is 0, which stands for the time of the poll, unless `timestamp` is a field.
    /// Fields whose value is null are left out.
    #[must_use]
    pub fn with(mut self, id: &str, kind: Option<&str>, fields: &[(&str, Value)]) -> Self {
        let own_time = fields.iter().find(|(name, _)| *name == "timestamp");
        let timestamp = own_time.map_or_else(|| json!(0), |(_, at_ms)| at_ms.clone());
        let comma = if self.0.is_empty() { "" } else { "," };
        let kind = kind.map(|kind| format!(",\"type\":\"{kind}\"")).unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = write!(self.0, "{comma}\"{id}\":{{\"timestamp\":{timestamp}{kind}");
        for (name, value) in fields.iter().filter(|(name, value)| *name != "timestamp" && !value.is_null()) {
            let _ = write!(self.0, ",\"{name}\":{value}");
        }
        self.0.push('}');
        self
    }

    /// Adds the reports of `more`.
    #[must_use]
    pub fn and(mut self, more: &Self) -> Self {
        if !self.0.is_empty() && !more.0.is_empty() {
            self.0.push(',');
        }
        self.0.push_str(&more.0);
        self
    }

    /// The JSON object of a poll at this epoch ms.
    fn at(&self, at_ms: u64) -> String {
        let comma = if self.0.is_empty() { "" } else { "," };
        format!("{{{}{comma}\"timestamp\":{at_ms}}}", self.0)
    }
}

impl Display for Reports {
    /// The reports as members of a JSON object.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromIterator<Reports> for Reports {
    fn from_iter<I: IntoIterator<Item = Self>>(reports: I) -> Self {
        reports.into_iter().fold(Self::default(), |all, more| all.and(&more))
    }
}

/// The reports of a poll: `poll!["IT" => "inbound-rtp" {kind: "audio", packetsReceived: 5}, "CP" => {nominated: true}]`.
///
/// A report without a type continues that of the previous poll. Fields keep their order.
#[macro_export]
macro_rules! poll {
    ($($id:expr => $($kind:literal)? {$($field:ident: $value:expr),* $(,)?}),* $(,)?) => {
        $crate::dump::Reports::default()$(.with(
            $id.as_ref(),
            $crate::poll!(@kind $($kind)?),
            &[$((stringify!($field), $crate::serde_json::json!($value))),*],
        ))*
    };
    (@kind) => { None };
    (@kind $kind:literal) => { Some($kind) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_poll_is_written_as_the_client_writes_it() {
        let packets = 5;
        let reports =
            poll!["IT" => "inbound-rtp" {kind: "audio", packetsReceived: packets}, "RI" => {timestamp: 7}];
        let mut dump = Dump::empty();
        dump.poll(&reports, 1).poll(&poll![], 2);
        assert_eq!(
            dump.0.lines().collect::<Vec<_>>(),
            [
                r#"["getstats","PC_0",{"IT":{"timestamp":0,"type":"inbound-rtp","kind":"audio","packetsReceived":5},"RI":{"timestamp":7},"timestamp":1700000000001},1700000000001]"#,
                r#"["getstats","PC_0",{"timestamp":1700000000002},1700000000002]"#,
            ]
        );
    }
}
