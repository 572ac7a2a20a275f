//! Values as in JavaScript: truthiness, conversion to numbers and keys, and the order of the members of objects.

use indexmap::IndexMap;

use super::arithmetic::{number_of, text_of};

/// A JSON value whose numbers are doubles and whose objects keep their order.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Any number.
    Number(f64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object.
    Object(Object),
}

/// An object. A member that is overwritten keeps its position; one that is removed and set again is last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object(pub(super) IndexMap<String, Value>);

impl Value {
    pub(super) fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn as_number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// The object; `None` for other values.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        if let Self::Object(object) = self { Some(object) } else { None }
    }

    /// Whether the value is truthy.
    pub(super) fn is_truthy(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Bool(yes) => *yes,
            Self::Number(number) => *number != 0.0 && !number.is_nan(),
            Self::Text(text) => !text.is_empty(),
            Self::List(_) | Self::Object(_) => true,
        }
    }

    /// `Number(value)`.
    pub(super) fn to_number(&self) -> f64 {
        match self {
            Self::Null => 0.0,
            Self::Bool(yes) => f64::from(u8::from(*yes)),
            Self::Number(number) => *number,
            Self::Text(text) => number_of(text),
            Self::List(_) | Self::Object(_) => f64::NAN,
        }
    }

    /// `String(value)`, as used for the key of an object.
    pub(super) fn to_key(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(yes) => yes.to_string(),
            Self::Number(number) => text_of(*number),
            Self::Text(text) => text.clone(),
            Self::List(_) | Self::Object(_) => "[object Object]".to_owned(),
        }
    }
}

/// Whether a value that may be `undefined` is truthy.
pub(super) fn truthy(value: Option<&Value>) -> bool {
    value.is_some_and(Value::is_truthy)
}

/// `Number(value)` of a value that may be `undefined`.
pub(super) fn number(value: Option<&Value>) -> f64 {
    value.map_or(f64::NAN, Value::to_number)
}

/// `String(value)` of a value that may be `undefined`.
pub(super) fn key(value: Option<&Value>) -> String {
    value.map_or_else(|| "undefined".to_owned(), Value::to_key)
}

impl Object {
    /// A member's value.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// Sets a member.
    pub(super) fn set(&mut self, key: &str, value: impl Into<Value>) {
        self.0.insert(key.to_owned(), value.into());
    }

    /// Sets a member unless the value is `undefined`, which JSON leaves out.
    pub(super) fn set_if(&mut self, key: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.set(key, value);
        }
    }

    /// The positions of the members in the order in which JavaScript enumerates them: array indexes in ascending order,
    /// then the others in order of insertion.
    pub(super) fn walk(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.0.len()).collect();
        let index = |at: &usize| self.0.get_index(*at).and_then(|(key, _)| array_index(key));
        if order.iter().any(|at| index(at).is_some()) {
            order.sort_by_key(|at| index(at).map_or((true, 0), |index| (false, index)));
        }
        order
    }

    /// The members in that order.
    pub fn members(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.walk()
            .into_iter()
            .filter_map(|at| self.0.get_index(at))
            .map(|(key, value)| (key.as_str(), value))
    }
}

/// The array index of a key; `None` if JavaScript does not treat the key as one.
pub(super) fn array_index(key: &str) -> Option<u32> {
    let canonical = key == "0" || (!key.starts_with('0') && key.bytes().all(|byte| byte.is_ascii_digit()));
    key.parse().ok().filter(|index| canonical && *index != u32::MAX)
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Vec<Value>> for Value {
    fn from(list: Vec<Value>) -> Self {
        Self::List(list)
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}

impl From<&Value> for Value {
    fn from(value: &Value) -> Self {
        value.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Value {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn truthiness_is_that_of_javascript() {
        for (text, expect) in
            [("0", false), ("-0.0", false), ("\"\"", false), ("null", false), ("\"0\"", true), ("[]", true)]
        {
            assert_eq!(parse(text).is_truthy(), expect, "{text}");
        }
        assert!(!truthy(None));
    }

    #[test]
    fn array_indexes_are_first_and_other_keys_in_order_of_insertion() {
        let value = parse(r#"{"b":1,"10":2,"4294967295":3,"9":4,"01":5,"a":6,"b":7}"#);
        let keys: Vec<&str> = value.as_object().unwrap().members().map(|(key, _)| key).collect();
        assert_eq!(keys, ["9", "10", "b", "4294967295", "01", "a"]);
        assert_eq!(value.as_object().unwrap().get("b"), Some(&Value::Number(7.0)));
    }
}
