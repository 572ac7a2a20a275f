//! What a report tells, whichever files it was told by.

use analyzer_wasm::report::Report;
use serde_json::{Value, json};

/// The report as JSON, without the names of files and their lines.
#[must_use]
pub fn tale(report: &Report) -> Value {
    let Report { participants, servers, events, conference, summary, .. } = report;
    let mut tale = json!([participants, servers, events, conference, summary]);
    strip(&mut tale);
    tale
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for key in ["file", "line", "files", "other_parts"] {
                members.remove(key);
            }
            members.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}
