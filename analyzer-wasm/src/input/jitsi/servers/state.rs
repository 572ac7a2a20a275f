//! The state of a server, rebuilt from the changes in its dump.
//!
//! A change has the members that were added or changed, at every level; arrays are written as objects of indices. Deleted
//! members are not written: a container that only lost members comes as `{}`, and the reader of the state must find out
//! which they are.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::limits::{MAX_STATE_ARRAY, MAX_STATE_VALUES};

/// The state so far.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct State {
    #[serde(with = "as_text")]
    root: Value,
    values: usize,
    /// Whether a change was applied.
    begun: bool,
}

/// Serializes a JSON value as text, since postcard has no type for it.
mod as_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use serde_json::Value;

    pub(super) fn serialize<S: Serializer>(value: &Value, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&value.to_string())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        let text = String::deserialize(deserializer)?;
        serde_json::from_str(&text).map_err(D::Error::custom)
    }
}

/// The outcome of applying a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Applied {
    /// Whether it was a full state, not a change of one.
    pub(super) is_full: bool,
    /// Whether it is the first and not a full state: the state that it changes is in another file or lost.
    pub(super) without_base: bool,
    /// Whether some of it was left out because the state is at its limit.
    pub(super) over_limit: bool,
}

impl State {
    /// Applies a change. Members for which `keeps` is false are left out.
    pub(super) fn apply(&mut self, change: Value, keeps: fn(&str) -> bool) -> Applied {
        // The name of the conference never changes, so only a full state has it.
        let is_full = change.get("name").is_some();
        let mut applied = Applied { is_full, without_base: !is_full && !self.begun, over_limit: false };
        self.begun = true;
        if is_full || !self.root.is_object() {
            self.root = Value::Object(Map::new());
            self.values = 0;
        }
        let mut room = MAX_STATE_VALUES.saturating_sub(self.values);
        if room == 0 {
            self.values = count(&self.root);
            room = MAX_STATE_VALUES.saturating_sub(self.values);
        }
        let before = room;
        merge(&mut self.root, change, keeps, &mut room, &mut applied.over_limit);
        self.values += before - room;
        applied
    }

    /// The state.
    pub(super) fn root(&self) -> &Value {
        &self.root
    }

    /// The object at this path, for removing members.
    pub(super) fn object_mut(&mut self, path: &[&str]) -> Option<&mut Map<String, Value>> {
        path.iter().try_fold(&mut self.root, |value, key| value.get_mut(key))?.as_object_mut()
    }
}

fn merge(place: &mut Value, change: Value, keeps: fn(&str) -> bool, room: &mut usize, over: &mut bool) {
    match (place, change) {
        (Value::Object(old), Value::Object(new)) => {
            for (key, value) in new {
                if !keeps(&key) {
                    continue;
                }
                match old.get_mut(&key) {
                    Some(place) => merge(place, value, keeps, room, over),
                    None => {
                        if let Some(value) = pruned(value, keeps, room, over) {
                            old.insert(key, value);
                        }
                    }
                }
            }
        }
        (Value::Array(old), Value::Object(new)) if new.keys().all(|key| key.parse::<usize>().is_ok()) => {
            let mut patches: Vec<(usize, Value)> =
                new.into_iter().filter_map(|(key, value)| Some((key.parse().ok()?, value))).collect();
            patches.sort_by_key(|(index, _)| *index);
            for (index, value) in patches {
                if index >= MAX_STATE_ARRAY {
                    *over = true;
                } else if let Some(place) = old.get_mut(index) {
                    merge(place, value, keeps, room, over);
                } else if let Some(value) = pruned(value, keeps, room, over) {
                    old.resize(index, Value::Null);
                    old.push(value);
                }
            }
        }
        (place, value) => {
            if let Some(value) = pruned(value, keeps, room, over) {
                *place = value;
            }
        }
    }
}

/// The value without the members that are not kept; `None` if the state is at its limit.
fn pruned(value: Value, keeps: fn(&str) -> bool, room: &mut usize, over: &mut bool) -> Option<Value> {
    let Some(left) = room.checked_sub(1) else {
        *over = true;
        return None;
    };
    *room = left;
    Some(match value {
        Value::Object(members) => {
            let kept = members.into_iter().filter(|(key, _)| keeps(key));
            Value::Object(
                kept.filter_map(|(key, value)| Some((key, pruned(value, keeps, room, over)?))).collect(),
            )
        }
        Value::Array(items) => {
            Value::Array(items.into_iter().filter_map(|item| pruned(item, keeps, room, over)).collect())
        }
        other => other,
    })
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Object(members) => members.values().map(count).sum(),
        Value::Array(items) => items.iter().map(count).sum(),
        _ => 0,
    }
}

/// The value at a path, else `null`. A step may have two spellings, `camelCase|snake_case`.
pub(super) fn at<'a>(value: &'a Value, path: &[&str]) -> &'a Value {
    const NOTHING: &Value = &Value::Null;
    let step = |value: &'a Value, step: &&str| step.split('|').find_map(|key| value.get(key));
    path.iter().try_fold(value, step).unwrap_or(NOTHING)
}

/// A finite number, also as text.
pub(super) fn number(value: &Value) -> Option<f64> {
    let number = value.as_f64().or_else(|| value.as_str()?.parse().ok());
    number.filter(|number: &f64| number.is_finite())
}

/// A boolean, also as text.
pub(super) fn boolean(value: &Value) -> Option<bool> {
    value.as_bool().or_else(|| value.as_str()?.parse().ok())
}

/// Text; `None` if it is empty or `null`.
pub(super) fn text(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| !text.is_empty() && *text != "null")
}

/// Names, as an array or as the text of one: `[a, b]`.
pub(super) fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(text).map(str::to_owned).collect(),
        Value::String(list) => {
            let list = list.trim().trim_start_matches('[').trim_end_matches(']');
            list.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn all(_: &str) -> bool {
        true
    }

    #[test]
    fn changes_merge_into_objects_and_arrays() {
        let mut state = State::default();
        let base = json!({"name": "r", "a": {"b": 1, "c": [1, {"d": 2}]}, "gone": {"x": 1}});
        assert!(state.apply(base, all).is_full);
        let change = json!({"a": {"b": 2, "c": {"1": {"d": 3}, "3": 9}}, "gone": {}});
        assert_eq!(state.apply(change, all), Applied::default());
        let expect = json!({"name": "r", "a": {"b": 2, "c": [1, {"d": 3}, null, 9]}, "gone": {"x": 1}});
        assert_eq!(*state.root(), expect);
        assert!(state.apply(json!({"name": "r", "a": 1}), all).is_full);
        assert_eq!(*state.root(), json!({"name": "r", "a": 1}), "a full state replaces the old one");
    }

    #[test]
    fn a_change_without_its_base_is_reported_once() {
        let mut state = State::default();
        assert!(state.apply(json!({"a": 1}), all).without_base);
        assert!(!state.apply(json!({"a": 2}), all).without_base);
    }

    #[test]
    fn an_index_beyond_the_limit_is_left_out() {
        let mut state = State::default();
        state.apply(json!({"name": "r", "a": []}), all);
        assert!(state.apply(json!({"a": {"4000000000": 1}}), all).over_limit);
        assert_eq!(state.root()["a"], json!([]));
    }

    #[test]
    fn members_that_are_not_kept_take_no_room() {
        let mut state = State::default();
        state.apply(json!({"name": "r", "x": {"y": 1, "z": 2}}), |key| key != "y");
        state.apply(json!({"x": {"y": 5}}), |key| key != "y");
        assert_eq!(*state.root(), json!({"name": "r", "x": {"z": 2}}));
    }

    #[test]
    fn texts_for_missing_values_are_none() {
        assert_eq!(number(&json!("NaN")), None);
        assert_eq!(number(&json!("12.5")), Some(12.5));
        assert_eq!(text(&json!("null")), None);
        assert_eq!(boolean(&json!("true")), Some(true));
        assert_eq!(names(&json!("[a-v0, b-v0]")), ["a-v0", "b-v0"]);
        assert!(names(&json!("[]")).is_empty());
    }
}
