//! Parses a change of a server's state without the members that are not used, which are most of a bridge's state.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Whether a member of this name is read.
pub(super) type Reads = fn(&str) -> bool;

/// Numbers that some writers write although JSON does not have them.
const NON_FINITE: [&[u8]; 3] = [b"NaN", b"-Infinity", b"Infinity"];

/// The change as a value.
pub(super) fn read(text: &[u8], reads: Reads) -> serde_json::Result<Value> {
    parsed(text, reads).or_else(|error| match without_non_finite(text) {
        Some(mended) => parsed(&mended, reads),
        None => Err(error),
    })
}

/// The text with `null` for each non-finite number; `None` if there is none.
fn without_non_finite(text: &[u8]) -> Option<Vec<u8>> {
    let (mut mended, mut rest, mut quoted) = (Vec::with_capacity(text.len()), text, false);
    let mut found = false;
    while let Some((byte, after)) = rest.split_first() {
        let non_finite = NON_FINITE.iter().find_map(|word| rest.strip_prefix(*word)).filter(|_| !quoted);
        if let Some(after) = non_finite {
            mended.extend_from_slice(b"null");
            (rest, found) = (after, true);
            continue;
        }
        mended.push(*byte);
        rest = after;
        match byte {
            b'"' => quoted = !quoted,
            b'\\' if quoted => {
                if let Some((escaped, after)) = rest.split_first() {
                    mended.push(*escaped);
                    rest = after;
                }
            }
            _ => {}
        }
    }
    found.then_some(mended)
}

fn parsed(text: &[u8], reads: Reads) -> serde_json::Result<Value> {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let value = Change(reads).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

#[derive(Clone, Copy)]
struct Change(Reads);

impl<'de> DeserializeSeed<'de> for Change {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Change {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a change of a server's state")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(key) = map.next_key_seed(Key(self.0))? {
            match key {
                Some(key) => drop(members.insert(key, map.next_value_seed(self)?)),
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(Value::Object(members))
    }
}

/// The name of a member, if it is read.
struct Key(Reads);

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Option<String>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok((self.0)(name).then(|| name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map("[a-c]{1,2}", inner, 0..5)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    /// What is left of a value without the members that are not read.
    fn without(value: Value, reads: Reads) -> Value {
        match value {
            Value::Object(members) => {
                let kept = members.into_iter().filter(|(name, _)| reads(name));
                Value::Object(kept.map(|(name, value)| (name, without(value, reads))).collect())
            }
            Value::Array(items) => Value::Array(items.into_iter().map(|item| without(item, reads)).collect()),
            other => other,
        }
    }

    #[test]
    fn what_is_no_number_is_nothing() {
        let read = |text: &str| read(text.as_bytes(), |_| true).ok();
        let expect = serde_json::json!({"a": null, "b": [null, null, 1], "c": "NaN \" Infinity"});
        assert_eq!(read(r#"{"a":NaN,"b":[-Infinity,Infinity,1],"c":"NaN \" Infinity"}"#), Some(expect));
        assert_eq!(read(r#"{"a":NaN"#), None);
        assert_eq!(read(r#"{"a":1"#), None);
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_serde_json_reads(value in json()) {
            let text = value.to_string();
            let parsed: Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(read(text.as_bytes(), |_| true).unwrap(), parsed.clone());
            let reads: Reads = |name| !name.starts_with('b');
            prop_assert_eq!(read(text.as_bytes(), reads).unwrap(), without(parsed, reads));
        }

        #[test]
        fn what_serde_json_refuses_is_refused(text in r#"[\[\]{}:,"a1 ]{0,12}"#) {
            let parsed = serde_json::from_str::<Value>(&text);
            prop_assert_eq!(read(text.as_bytes(), |_| true).ok(), parsed.ok());
        }
    }
}
