//! Ways to read dumps in tests, and small dumps written by hand.

use std::io::Write as _;

use analyzer_wasm::error::Error;
use analyzer_wasm::extract::Extract;
use analyzer_wasm::report::{Participant, Report};
use e2e::driver;
use e2e::workspace::recorded_call;
use flate2::Compression;
use flate2::write::GzEncoder;

/// The extract of a dump that arrives in chunks, as bytes: its columns hold NaN, which equals nothing.
pub(crate) fn bytes_in(name: &str, bytes: &[u8], chunk: usize) -> Result<Vec<u8>, Error> {
    driver::extract_in(name, bytes, chunk).map(|extract| extract.to_bytes())
}

/// The extract of a dump that arrives in one piece.
pub(crate) fn extract(bytes: &[u8]) -> Extract {
    driver::extract("dump", bytes).unwrap()
}

/// The only report of a dump.
pub(crate) fn report(bytes: &[u8]) -> Report {
    driver::report([("dump", bytes)]).unwrap()
}

/// The only report of these dumps.
pub(crate) fn report_of(dumps: &[(&str, &Dump)]) -> Report {
    driver::report(dumps.iter().map(|(name, dump)| (*name, dump.bytes()))).unwrap()
}

/// The only participant of a dump.
pub(crate) fn participant(bytes: &[u8]) -> Participant {
    let [participant] = <[Participant; 1]>::try_from(report(bytes).participants).unwrap();
    participant
}

/// The kinds of problems of a dump with their count and first line.
pub(crate) fn problems(bytes: &[u8]) -> Vec<(String, u64, Option<u64>)> {
    let file = report(bytes).files.remove(0);
    file.problems.into_iter().map(|problem| (problem.kind, problem.count, problem.first_line)).collect()
}

/// The text, compressed.
pub(crate) fn gzip(text: &[u8]) -> Vec<u8> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::default());
    writer.write_all(text).unwrap();
    writer.finish().unwrap()
}

/// Bytes of a recorded dump of this repository.
pub(crate) fn recorded(name: &str) -> Vec<u8> {
    let path = recorded_call().into_iter().find(|path| path.ends_with(name)).unwrap();
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The text of a recorded dump.
pub(crate) fn recorded_text(name: &str) -> Vec<u8> {
    let mut text = Vec::new();
    let bytes = recorded(name);
    std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(&*bytes), &mut text).unwrap();
    text
}

/// When the dumps written by hand begin.
pub(crate) const START: u64 = 1_700_000_000_000;

/// A dump written by hand, line by line.
pub(crate) struct Dump(String);

impl Dump {
    /// With a header and an identity.
    pub(crate) fn new() -> Self {
        let mut dump = Self(String::new());
        dump.line(&format!(
            r#"["connectionInfo",null,{{"url":"https://meet.example.org/room","userAgent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36","clientProtocol":"3.1_STANDARD"}},{START}]"#
        ));
        dump.line(&format!(
            r#"["identity",null,{{"confName":"room","confID":"meet.example.org/room","endpointId":"abcd1234","displayName":"Ada-x1y","meetingUniqueId":"m-1"}},{START}]"#
        ));
        dump
    }

    /// Of somebody in the meeting `m-1`.
    pub(crate) fn of(endpoint: &str) -> Self {
        let mut dump = Self::empty();
        dump.entry("identity", &format!(r#"{{"endpointId":"{endpoint}","meetingUniqueId":"m-1"}}"#), 0);
        dump
    }

    /// A line of the application's console, with its own time.
    pub(crate) fn log(&mut self, message: &str, after_ms: u64) -> &mut Self {
        // START is 2023-11-14T22:13:20Z.
        let at_ms = 13 * 60_000 + 20_000 + after_ms;
        let time = format!("{:02}:{:02}.{:03}", at_ms / 60_000, at_ms / 1_000 % 60, at_ms % 1_000);
        let text = format!("2023-11-14T22:{time}Z [DEBUG] [app:test] <f>: {message}");
        // Consoles are sent in batches, some seconds later.
        self.entry("logs", &serde_json::json!([{"text": text, "count": 1}]).to_string(), after_ms + 5_000)
    }

    /// Without anything.
    pub(crate) fn empty() -> Self {
        Self(String::new())
    }

    pub(crate) fn line(&mut self, line: &str) -> &mut Self {
        self.0.push_str(line);
        self.0.push('\n');
        self
    }

    /// An entry of the page.
    pub(crate) fn entry(&mut self, kind: &str, data: &str, after_ms: u64) -> &mut Self {
        self.line(&format!(r#"["{kind}",null,{data},{}]"#, START + after_ms))
    }

    /// An entry of `PC_0`.
    pub(crate) fn on_connection(&mut self, kind: &str, data: &str, after_ms: u64) -> &mut Self {
        self.line(&format!(r#"["{kind}","PC_0",{data},{}]"#, START + after_ms))
    }

    /// A poll of `PC_0`: the reports, `{T` stands for `{"timestamp":0`.
    pub(crate) fn poll(&mut self, reports: &str, after_ms: u64) -> &mut Self {
        let at = START + after_ms;
        let reports = reports.replace("{T", r#"{"timestamp":0"#);
        let comma = if reports.is_empty() { "" } else { "," };
        self.line(&format!(r#"["getstats","PC_0",{{{reports}{comma}"timestamp":{at}}},{at}]"#))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}
