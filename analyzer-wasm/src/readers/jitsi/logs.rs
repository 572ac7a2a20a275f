//! `logs` entries: batches of the application's console lines, as objects with a count or as bare text.

use serde_json::Value;

use crate::model::{Identity, Sink, Stamp};

/// What lib-jitsi-meet logs at its start.
const VERSION_MARK: &str = "lib-jitsi-meet version:";

/// Hands out the lines of a batch.
pub(super) fn read(batch: &Value, at: Stamp, sink: &mut dyn Sink) {
    for item in batch.as_array().into_iter().flatten() {
        let text = item.as_str().or_else(|| item.get("text").and_then(Value::as_str));
        let Some(text) = text else { continue };
        let count = item.get("count").and_then(Value::as_u64).unwrap_or(1);
        if let Some(version) = version_of(text) {
            let identity = Identity { app_version: Some(version.to_owned()), ..Identity::default() };
            sink.identity(at, identity);
        }
        sink.log(at, text, count);
    }
}

fn version_of(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once(VERSION_MARK)?;
    rest.split_whitespace().next()
}
