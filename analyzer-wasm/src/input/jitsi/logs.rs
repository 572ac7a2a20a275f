//! `logs` entries: batches of the application's console lines, as objects with a count or as bare text.

use serde_json::Value;

use super::console_messages::Console;
use super::sources;
use crate::input::logs::LogParts;
use crate::model::{ClientSink, Event, Identity, Stamp};

/// A line that lib-jitsi-meet logs when it starts.
const VERSION_MARK: &str = "lib-jitsi-meet version:";

/// Passes on the lines of a batch, and the events in those that have a time of their own. `utc_ms` maps times in a
/// server's log, whose zone the lines do not have.
pub(super) fn read(
    batch: &Value,
    at: Stamp,
    console: &mut Console,
    utc_ms: &dyn Fn(f64) -> Option<f64>,
    sink: &mut dyn ClientSink,
) {
    for item in batch.as_array().into_iter().flatten() {
        let text = item.as_str().or_else(|| item.get("text").and_then(Value::as_str));
        let Some(text) = text else { continue };
        let count = item.get("count").and_then(Value::as_u64).unwrap_or(1);
        if let Some(version) = version_of(text) {
            let identity = Identity { app_version: Some(version.to_owned()), ..Identity::default() };
            sink.identity(at, identity);
        }
        let parts = LogParts::of(text);
        if let Some(source) = sources::in_console_line(parts.message) {
            sink.source(source);
        }
        sink.log(at, parts.utc_ms().or_else(|| utc_ms(parts.local_ms()?)), text, count);
        if let Some(at_ms) = parts.utc_ms()
            && let Some((kind, detail)) = console.event_in(&parts)
        {
            sink.console_event(Event { at_ms, line: at.line, connection: None, kind, detail });
        }
    }
}

fn version_of(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once(VERSION_MARK)?;
    rest.split_whitespace().next()
}
