//! Small dumps written by hand, and the features extracted from them.

use std::fmt::Display;

use analyzer_wasm::rtcstats_server::Extracted;
use e2e::driver;
pub(crate) use e2e::dump::START;
use serde_json::{Value, json};

/// A desktop Chrome, so that stats are in the standard's format.
pub(crate) const CHROME: &str =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36";
/// A desktop Firefox.
pub(crate) const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0";

/// The header of a client.
pub(crate) fn header(protocol: &str, user_agent: &str) -> String {
    let info = json!({
        "path": "/room",
        "origin": "https://meet.example.org",
        "clientProtocol": protocol,
        "userAgent": user_agent,
    });
    json!(["connectionInfo", null, info, START]).to_string()
}

/// A dump, line by line.
pub(crate) struct Dump(e2e::dump::Dump);

impl Dump {
    /// Of a browser.
    pub(crate) fn of(user_agent: &str) -> Self {
        Self::empty().line(&header("3.1_STANDARD", user_agent))
    }

    pub(crate) fn chrome() -> Self {
        Self::of(CHROME)
    }

    pub(crate) fn empty() -> Self {
        Self(e2e::dump::Dump::empty())
    }

    pub(crate) fn line(mut self, line: &str) -> Self {
        self.0.line(line);
        self
    }

    /// With an entry that belongs to no connection.
    pub(crate) fn entry(mut self, kind: &str, data: &Value, after_ms: u64) -> Self {
        self.0.entry(kind, data, after_ms);
        self
    }

    /// With an entry of a connection.
    pub(crate) fn on(mut self, connection: &str, kind: &str, data: &Value, after_ms: u64) -> Self {
        self.0.entry_on(connection, kind, data, after_ms);
        self
    }

    /// With a poll of `PC_0`, given as text or by `poll!`, since the order of its reports matters.
    pub(crate) fn poll(mut self, reports: impl Display, after_ms: u64) -> Self {
        let poll = format!(r#"{{{reports},"timestamp":{}}}"#, START + after_ms);
        self.0.on_connection("getstats", poll, after_ms);
        self
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.bytes()
    }

    pub(crate) fn extract(&self) -> Extracted {
        extract("dumps/id.gz", self.bytes())
    }

    /// Its features, as JSON.
    pub(crate) fn features(&self) -> Value {
        parse(&self.extract().features)
    }

    /// Its metadata, as JSON.
    pub(crate) fn metadata(&self) -> Value {
        parse(&self.extract().metadata)
    }

    /// The record of `PC_0`.
    pub(crate) fn connection(&self) -> Value {
        self.features()["aggregates"]["PC_0"].clone()
    }
}

pub(crate) fn parse(object: &analyzer_wasm::rtcstats_server::Object) -> Value {
    serde_json::from_str(&object.to_string()).unwrap()
}

pub(crate) fn extract(path: &str, bytes: &[u8]) -> Extracted {
    driver::features_in(path, bytes, driver::WHOLE).unwrap()
}
