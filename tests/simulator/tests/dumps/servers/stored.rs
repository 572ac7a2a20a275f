//! Reads servers' dumps: lines of each format, and states that are merged from their changes.

use serde_json::Value;
use simulator::{Call, Lines, TrueServer, TrueServerDump};

/// One line of a server's dump.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Line {
    Header(Value),
    Identity(Value),
    /// Log lines, and the time of their entry on the server's clock.
    Logs(Vec<String>, u64),
    Change(Value),
}

/// A line with the stats server's timestamp, if it has one.
pub(crate) type Stamped = (Option<u64>, Line);

/// The text of a file.
pub(crate) fn text<'a>(call: &'a Call, file: &str) -> &'a str {
    let dump = call.servers.iter().find(|dump| dump.name == file).unwrap();
    std::str::from_utf8(&dump.bytes).unwrap()
}

/// The lines of a file.
pub(crate) fn lines(text: &str, form: Lines) -> Vec<Stamped> {
    text.lines().map(|line| parse(&serde_json::from_str(line).unwrap(), form)).collect()
}

/// All lines of a stats session, part after part.
pub(crate) fn all_lines(call: &Call, server: &TrueServer, dump: &TrueServerDump) -> Vec<Stamped> {
    dump.parts.iter().flat_map(|part| lines(text(call, &part.file), server.lines)).collect()
}

fn parse(line: &Value, form: Lines) -> Stamped {
    if line[0] == "connectionInfo" {
        let header = match (&line[2], form) {
            (Value::String(text), Lines::Bare) => serde_json::from_str(text).unwrap(),
            (object @ Value::Object(_), Lines::Enveloped) => object.clone(),
            (other, _) => panic!("a header of {form:?}: {other}"),
        };
        return (line[3].as_u64(), Line::Header(header));
    }
    if form == Lines::Bare {
        let is_identity = line.get("applicationName").is_some();
        return (None, if is_identity { Line::Identity(line.clone()) } else { entry(line.clone()) });
    }
    let stamp = line.get("timestamp").map(|stamp| stamp.as_u64().unwrap());
    assert_eq!(stamp.is_some(), form == Lines::Enveloped);
    let line = match line["type"].as_str().unwrap() {
        "identity" => Line::Identity(line["data"].clone()),
        "stats-entry" => entry(serde_json::from_str(line["data"].as_str().unwrap()).unwrap()),
        other => panic!("unexpected line type {other}"),
    };
    (stamp, line)
}

fn entry(data: Value) -> Line {
    if data[0] == "logs" {
        let texts = data[2].as_array().unwrap().iter().map(|line| line["text"].as_str().unwrap().to_owned());
        return Line::Logs(texts.collect(), data[3].as_u64().unwrap());
    }
    Line::Change(data)
}

/// Merges a change into a state. Removed members remain, because removals are not in the changes.
pub(crate) fn merge(state: &mut Value, change: &Value) {
    match (state, change) {
        (Value::Object(state), Value::Object(change)) => {
            for (name, value) in change {
                merge(state.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (Value::Array(state), Value::Object(change)) => {
            for (place, value) in change {
                let place: usize = place.parse().unwrap();
                if state.len() <= place {
                    state.resize(place + 1, Value::Null);
                }
                merge(&mut state[place], value);
            }
        }
        (state, change) => *state = change.clone(),
    }
}

/// Every merged state of some lines, with its change.
pub(crate) fn states(lines: &[Stamped]) -> Vec<(Value, &Value)> {
    let mut state = Value::Object(serde_json::Map::new());
    let changes = lines.iter().filter_map(|(_, line)| match line {
        Line::Change(change) => Some(change),
        _ => None,
    });
    changes
        .map(|change| {
            merge(&mut state, change);
            (state.clone(), change)
        })
        .collect()
}

#[test]
fn changes_of_arrays_are_merged_by_index() {
    use serde_json::json;
    let mut state = json!({"a": [1, {"b": 2}], "c": {"d": 1, "e": 2}});
    merge(&mut state, &json!({"a": {"1": {"b": 3}, "2": 4}, "c": {}, "f": null}));
    assert_eq!(state, json!({"a": [1, {"b": 3}, 4], "c": {"d": 1, "e": 2}, "f": null}));
}
