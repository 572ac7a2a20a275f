//! The compression of states: each entry has only the changes since the previous state.
//!
//! Compatible with deep-object-diff 1.1 followed by JSON: arrays are compared like objects, by index. A removed member
//! is `undefined`, which JSON omits, so an object with removed members and no other change is written as `{}`.

use std::fmt::Write as _;

use serde_json::{Map, Value};

/// The changes from one state to the next; an empty object if there are none.
#[must_use]
pub fn difference(before: &Value, after: &Value) -> Value {
    between(before, after).unwrap_or_else(|| Value::Object(Map::new()))
}

/// The changes of a value, if there are any.
fn between(before: &Value, after: &Value) -> Option<Value> {
    match (before, after) {
        (Value::Object(_) | Value::Array(_), Value::Object(new)) => {
            within(before, new.iter().map(|(name, value)| (name.clone(), value)), |name| {
                new.contains_key(name)
            })
        }
        (Value::Object(_) | Value::Array(_), Value::Array(new)) => {
            let members = new.iter().enumerate().map(|(place, value)| (place.to_string(), value));
            within(before, members, |name| name.parse().is_ok_and(|place: usize| place < new.len()))
        }
        // JavaScript has only one number type.
        (Value::Number(old), Value::Number(new)) if old.as_f64() == new.as_f64() => None,
        _ => (before != after).then(|| after.clone()),
    }
}

/// The changes of a container, from its new members and a test whether a name is among them.
fn within<'a>(
    before: &Value,
    new: impl Iterator<Item = (String, &'a Value)>,
    is_there: impl Fn(&str) -> bool,
) -> Option<Value> {
    let gone = match before {
        Value::Object(old) => old.keys().any(|name| !is_there(name)),
        Value::Array(old) => (0..old.len()).any(|place| !is_there(&place.to_string())),
        _ => false,
    };
    let mut changed = Map::new();
    for (name, value) in new {
        let known = match before {
            Value::Array(old) => name.parse().ok().and_then(|place: usize| old.get(place)),
            _ => before.get(&name),
        };
        let change = known.map_or_else(|| Some(value.clone()), |known| between(known, value));
        if let Some(change) = change {
            changed.insert(name, change);
        }
    }
    (gone || !changed.is_empty()).then_some(Value::Object(changed))
}

/// Writes JSON in the format of JavaScript: integer names come first in ascending order, and whole numbers have no
/// decimal point.
pub(super) fn write(value: &Value, out: &mut String) {
    match value {
        Value::Object(object) => {
            let mut members: Vec<(Option<u32>, &String, &Value)> =
                object.iter().map(|(name, value)| (number(name), name, value)).collect();
            members.sort_by_key(|(number, ..)| number.map_or(u64::MAX, u64::from));
            out.push('{');
            for (place, (_, name, value)) in members.into_iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                let _ = write!(out, "{}:", Value::from(name.as_str()));
                write(value, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Number(number) if number.is_f64() => {
            let _ = write!(out, "{}", number.as_f64().unwrap_or_default());
        }
        other => {
            let _ = write!(out, "{other}");
        }
    }
}

/// The array index of a name, if it is one.
fn number(name: &str) -> Option<u32> {
    name.parse().ok().filter(|number: &u32| number.to_string() == name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn states_differ_as_deep_object_diff_says() {
        for (before, after, expect) in [
            (json!({}), json!({"a": [1, 2]}), json!({"a": [1, 2]})),
            (json!({"a": [1, 2, 3]}), json!({"a": [1, 5, 3]}), json!({"a": {"1": 5}})),
            (json!({"a": [1, 2, 3]}), json!({"a": [1, 3]}), json!({"a": {"1": 3}})),
            (json!({"a": [1, 2, 3]}), json!({"a": [1, 2]}), json!({"a": {}})),
            (json!({"a": {"b": 1, "c": 2}}), json!({"a": {"c": 2}}), json!({"a": {}})),
            (json!({"a": {"b": 1, "c": 2}}), json!({"a": {"c": 3}}), json!({"a": {"c": 3}})),
            (json!({"a": {"b": 1}, "d": 1}), json!({"a": {}, "d": 1}), json!({"a": {}})),
            (json!({"a": 1, "b": 2}), json!({"a": 1}), json!({})),
            (json!({"a": {"b": 1}}), json!({"a": null}), json!({"a": null})),
            (json!({"a": null}), json!({"a": {"b": 1}}), json!({"a": {"b": 1}})),
            (json!({"a": []}), json!({"a": [{"b": 1}]}), json!({"a": {"0": {"b": 1}}})),
            (json!({"a": 1, "b": {}}), json!({"a": 1.0, "b": {}}), json!({})),
        ] {
            assert_eq!(difference(&before, &after), expect, "{before} to {after}");
        }
    }

    #[test]
    fn it_is_written_as_javascript_would() {
        let mut text = String::new();
        write(&json!({"b": 1.0, "10": [2.5, null], "9": "\"", "01": {}}), &mut text);
        assert_eq!(text, r#"{"9":"\"","10":[2.5,null],"01":{},"b":1}"#);
    }
}
