//! How Jitsi dumps are recognized: by an entry in any form that clients and servers have written.

use super::entry::Entry;
use crate::input::head::Start;
use crate::input::json::{Scanner, Value};
use crate::input::time::is_plausible;

/// Types that no other format has.
const TYPES: [&[u8]; 4] = [b"connectionInfo", b"identity", b"getstats", b"logs"];

/// A client's entry, or the bare header of the oldest dumps.
pub(super) fn is_client(start: &Start<'_>) -> bool {
    match start.line.first() {
        Some(b'[') => is_entry(start.line),
        Some(b'{') => start.outline().has("userAgent"),
        _ => false,
    }
}

/// An envelope around an entry or a state, or a server's bare identity.
pub(super) fn is_server(start: &Start<'_>) -> bool {
    start.outline().has_any(&["statsSessionId", "applicationName"])
}

/// Whether a line is `[type, connection, data, time, …]`: of a type or with a connection id (`PC_0`) that only such
/// dumps have, or with epoch milliseconds in the place of the time. The line's end may be missing.
fn is_entry(line: &[u8]) -> bool {
    let mut scanner = Scanner::new(line);
    let Ok(kind) = scanner.expect(b'[').and_then(|()| scanner.text()) else { return false };
    let Ok(connection) = scanner.expect(b',').and_then(|()| scanner.value()) else { return false };
    match connection {
        Value::Null if TYPES.contains(&kind.bytes) => true,
        Value::Text(id) if TYPES.contains(&kind.bytes) || id.bytes.starts_with(b"PC_") => true,
        Value::Null | Value::Text(_) => {
            let entry = serde_json::from_slice::<Entry<'_>>(line).ok();
            entry.and_then(|entry| entry.at_ms).is_some_and(is_plausible)
        }
        _ => false,
    }
}
