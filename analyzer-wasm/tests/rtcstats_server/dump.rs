//! Small dumps written by hand, and what is extracted of them.

use analyzer_wasm::rtcstats_server::Extracted;
use e2e::driver;
use serde_json::{Value, json};

/// When the dumps begin.
pub(crate) const START: u64 = 1_700_000_000_000;

/// A desktop Chrome, so that stats are in the standard's format.
pub(crate) const CHROME: &str =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36";
/// A desktop Firefox.
pub(crate) const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0";

/// The header of a client.
pub(crate) fn header(protocol: &str, user_agent: &str) -> String {
    let info = json!({"path": "/room", "origin": "https://meet.example.org", "clientProtocol": protocol, "userAgent": user_agent});
    json!(["connectionInfo", null, info, START]).to_string()
}

/// A dump, line by line.
pub(crate) struct Dump(String);

impl Dump {
    /// Of a browser.
    pub(crate) fn of(user_agent: &str) -> Self {
        Self::empty().line(&header("3.1_STANDARD", user_agent))
    }

    pub(crate) fn chrome() -> Self {
        Self::of(CHROME)
    }

    pub(crate) fn empty() -> Self {
        Self(String::new())
    }

    pub(crate) fn line(mut self, line: &str) -> Self {
        self.0.push_str(line);
        self.0.push('\n');
        self
    }

    /// An entry of the page.
    pub(crate) fn entry(self, kind: &str, data: &Value, after_ms: u64) -> Self {
        self.line(&json!([kind, null, data, START + after_ms]).to_string())
    }

    /// An entry of a connection.
    pub(crate) fn on(self, connection: &str, kind: &str, data: &Value, after_ms: u64) -> Self {
        self.line(&json!([kind, connection, data, START + after_ms]).to_string())
    }

    /// A poll of `PC_0`, as text, since the order of reports matters.
    pub(crate) fn poll(self, reports: &str, after_ms: u64) -> Self {
        let at = START + after_ms;
        self.line(&format!(r#"["getstats","PC_0",{{{reports},"timestamp":{at}}},{at}]"#))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
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
