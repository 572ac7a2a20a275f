//! rtcstats files: lines since version 3 (of rtcstats-js, or exported by Chrome), one document in 2016.
//!
//! Formats: <https://github.com/rtcstats/rtcstats>, <https://github.com/fippo/rtcstats-server>.

use super::GIVE_JITSI;
use crate::error::Refused;
use crate::input::formats::Unsupported;
use crate::input::head::Start;
use crate::input::json::{Scanner, Value};

/// The line format: `RTCStatsDump`, a header with `fileFormat`, then arrays whose last element is the time since the
/// line before. Methods are numbers where rtcstats-js writes them and names where Chrome does.
pub(in crate::input) static LINES: Unsupported = Unsupported {
    refused: Refused {
        name: "rtcstats",
        title: "this is an rtcstats file (RTCStatsDump), which is not read yet",
        hint: GIVE_JITSI,
    },
    signature: |start| match start.line.first() {
        Some(b'[') => is_entry(start.line),
        Some(b'{') => is_header(start),
        _ => start.line.starts_with(b"RTCStatsDump"),
    },
};

/// The document of 2016: connections under `peerConnections`, beside an empty `PeerConnections`.
pub(in crate::input) static DOCUMENT: Unsupported = Unsupported {
    refused: Refused {
        name: "rtcstats-2016",
        title: "this is an rtcstats document of 2016, which is not read",
        hint: GIVE_JITSI,
    },
    signature: |start| {
        let outline = start.outline();
        let is_internals = outline.has_any(&["PeerConnections", "getUserMedia"]);
        outline.has("peerConnections") || is_internals && outline.has("userAgent")
    },
};

fn is_header(start: &Start<'_>) -> bool {
    let version = start.outline().value("fileFormat").and_then(|version| version.parse::<u32>().ok());
    version.is_some_and(|version| version >= 3)
}

/// Whether a line is an entry of such a file and of no other: its method is a number, its connection a pair of numbers
/// (`92-1`), or it is what Chrome writes of the machine first.
fn is_entry(line: &[u8]) -> bool {
    let mut scanner = Scanner::new(line);
    let Ok(method) = scanner.expect(b'[').and_then(|()| scanner.value()) else { return false };
    let Ok(connection) = scanner.expect(b',').and_then(|()| scanner.value()) else { return false };
    match (method, connection) {
        (Value::Number(_), Value::Null | Value::Text(_)) => true,
        (Value::Text(method), Value::Null) => method.bytes == b"create",
        (Value::Text(_), Value::Text(connection)) => is_pair_of_numbers(connection.bytes),
        _ => false,
    }
}

fn is_pair_of_numbers(text: &[u8]) -> bool {
    let mut parts = text.split(|byte| *byte == b'-');
    let is_number = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    let both = parts.next().is_some_and(is_number) && parts.next().is_some_and(is_number);
    both && parts.next().is_none()
}
