//! A short description of the differences between two JSON values.

use std::collections::BTreeSet;

use serde_json::Value;

/// How many places are worth reading.
const ENOUGH: usize = 12;

/// How much of a value is worth reading.
const SHORT: usize = 120;

/// The first places at which two values differ, as `path: left | right`; empty when they are equal.
#[must_use]
pub fn between(left: &Value, right: &Value) -> Vec<String> {
    let mut places = Vec::new();
    compare(left, right, "", &mut places);
    places
}

fn compare(left: &Value, right: &Value, path: &str, places: &mut Vec<String>) {
    if left == right || places.len() >= ENOUGH {
        return;
    }
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            let names: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
            for name in names {
                step(left.get(name), right.get(name), &format!("{path}/{name}"), places);
            }
        }
        (Value::Array(left), Value::Array(right)) => {
            for index in 0..left.len().max(right.len()) {
                step(left.get(index), right.get(index), &format!("{path}/{index}"), places);
            }
        }
        _ => places.push(format!("{path}: {} | {}", short(Some(left)), short(Some(right)))),
    }
}

fn step(left: Option<&Value>, right: Option<&Value>, path: &str, places: &mut Vec<String>) {
    match (left, right) {
        (Some(left), Some(right)) => compare(left, right, path, places),
        _ => places.push(format!("{path}: {} | {}", short(left), short(right))),
    }
}

fn short(value: Option<&Value>) -> String {
    let text = value.map_or_else(|| "(missing)".to_owned(), Value::to_string);
    if text.chars().count() <= SHORT {
        return text;
    }
    text.chars().take(SHORT).chain(" …".chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::between;
    use serde_json::json;

    #[test]
    fn equal_values_have_no_difference() {
        assert_eq!(between(&json!({"a": [1, null]}), &json!({"a": [1, null]})), Vec::<String>::new());
    }

    #[test]
    fn every_place_is_named() {
        let left = json!({"a": [1, 2, 3], "b": "x", "c": null});
        let right = json!({"a": [1, 4], "b": "x", "d": {}});
        assert_eq!(
            between(&left, &right),
            ["/a/1: 2 | 4", "/a/2: 3 | (missing)", "/c: null | (missing)", "/d: (missing) | {}"]
        );
    }
}
