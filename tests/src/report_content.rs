//! The content of a report, whichever files it was made from.

use analyzer_wasm::report::Report;
use serde_json::{Value, json};

/// Participants, servers, events, conference and summary as JSON, without file names and line numbers.
///
/// Two ways to store the same call (one file or several parts, another name) have equal content.
#[must_use]
pub fn report_content(report: &Report) -> Value {
    let Report { participants, servers, events, conference, summary, .. } = report;
    let mut content = json!([participants, servers, events, conference, summary]);
    remove_positions(&mut content);
    content
}

fn remove_positions(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for key in ["file", "line", "files", "other_parts"] {
                members.remove(key);
            }
            members.values_mut().for_each(remove_positions);
        }
        Value::Array(items) => items.iter_mut().for_each(remove_positions),
        _ => {}
    }
}
