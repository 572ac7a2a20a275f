//! The client's compression of polls: only the changed fields of each report, and 0 for the poll's own timestamp.
//!
//! As in <https://github.com/jitsi/rtcstats> since 7.0.0: fields equal to the previous poll are dropped, objects
//! never do; the poll's timestamp is the latest that is left, and reports with that timestamp have 0. A report without
//! changes stays as an empty object, so that one that is absent is gone.

use std::fmt::Write as _;
use std::sync::Arc;

use super::snapshot::{Head, Snapshot, Value};

/// One connection's polls.
#[derive(Debug, Default)]
pub struct DeltaEncoder {
    previous: Vec<Previous>,
    spare: Vec<Previous>,
}

/// A report of the previous poll.
#[derive(Debug)]
struct Previous {
    id: Arc<str>,
    timestamp_ms: f64,
    fields: Vec<(&'static str, Value)>,
}

impl DeltaEncoder {
    /// Writes a poll as JSON and keeps it as the base of the next one.
    pub fn encode(&mut self, snapshot: &Snapshot, out: &mut String) {
        let mut before = std::mem::take(&mut self.previous);
        let mut places = Vec::with_capacity(snapshot.heads.len());
        let mut latest = f64::NEG_INFINITY;
        let mut next = 0;
        for (head, _) in snapshot.reports() {
            let place = place_of(&before, &head.id, next);
            next = place.map_or(next, |place| place + 1);
            let known = place.and_then(|place| before.get(place));
            if known.is_none_or(|known| known.timestamp_ms != head.timestamp_ms) {
                latest = latest.max(head.timestamp_ms);
            }
            places.push(place);
        }
        out.push('{');
        for ((head, fields), place) in snapshot.reports().zip(places) {
            text(out, &head.id);
            out.push_str(":{");
            let known = place.and_then(|place| before.get_mut(place));
            let kept = match known {
                Some(known) => {
                    report(out, head, fields, Some(known), latest);
                    std::mem::take(&mut known.fields)
                }
                None => {
                    report(out, head, fields, None, latest);
                    self.spare.pop().map(|spare| spare.fields).unwrap_or_default()
                }
            };
            out.push_str("},");
            self.previous.push(remember(head, fields, kept));
        }
        out.push_str("\"timestamp\":");
        if latest.is_finite() {
            number(out, latest);
        } else {
            out.push_str("null");
        }
        out.push('}');
        self.spare = before;
    }
}

/// The index of a report in the previous poll: polls have the same order, so the next index is tried first.
fn place_of(before: &[Previous], id: &Arc<str>, next: usize) -> Option<usize> {
    let is_it = |known: &Previous| Arc::ptr_eq(&known.id, id) || *known.id == **id;
    match before.get(next) {
        Some(known) if is_it(known) => Some(next),
        _ => before.iter().position(is_it),
    }
}

fn remember(head: &Head, fields: &[(&'static str, Value)], mut kept: Vec<(&'static str, Value)>) -> Previous {
    kept.clear();
    kept.extend_from_slice(fields);
    Previous { id: head.id.clone(), timestamp_ms: head.timestamp_ms, fields: kept }
}

/// Writes the members of a report that differ from the previous poll.
fn report(
    out: &mut String,
    head: &Head,
    fields: &[(&'static str, Value)],
    known: Option<&Previous>,
    latest: f64,
) {
    let begin = out.len();
    if known.is_none_or(|known| known.timestamp_ms != head.timestamp_ms) {
        out.push_str("\"timestamp\":");
        number(out, if head.timestamp_ms == latest { 0.0 } else { head.timestamp_ms });
        out.push(',');
    }
    for (place, (name, value)) in fields.iter().enumerate() {
        if known.is_some_and(|known| same(known, place, name, value)) {
            continue;
        }
        let _ = write!(out, "\"{name}\":");
        write_value(out, value);
        out.push(',');
    }
    if out.len() > begin {
        out.pop();
    }
}

/// Whether a field is unchanged.
fn same(known: &Previous, place: usize, name: &str, value: &Value) -> bool {
    let at_place = known.fields.get(place).filter(|(known, _)| *known == name);
    let old = at_place.or_else(|| known.fields.iter().find(|(known, _)| *known == name));
    old.is_some_and(|(_, old)| old == value && !matches!(value, Value::Record(_)))
}

fn write_value(out: &mut String, value: &Value) {
    match value {
        Value::Whole(whole) => {
            let _ = write!(out, "{whole}");
        }
        Value::Real(real) => number(out, *real),
        Value::Flag(yes) => out.push_str(if *yes { "true" } else { "false" }),
        Value::Word(word) => text(out, word),
        Value::Text(words) => text(out, words),
        Value::Record(members) => {
            out.push('{');
            for (place, (name, member)) in members.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                let _ = write!(out, "\"{name}\":");
                number(out, *member);
            }
            out.push('}');
        }
    }
}

/// Writes a number as JavaScript does, or in a form that parses to the same value.
fn number(out: &mut String, number: f64) {
    let _ = if number.is_finite() { write!(out, "{number}") } else { write!(out, "null") };
}

/// Writes text with its quotes.
fn text(out: &mut String, text: &str) {
    let plain = text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
    if plain {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&serde_json::Value::from(text).to_string());
    }
}
