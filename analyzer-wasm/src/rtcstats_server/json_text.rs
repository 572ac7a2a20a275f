//! JSON text as JavaScript's `JSON.stringify` writes it and `JSON.parse` reads it.

use std::fmt::{self, Display, Formatter, Write as _};

use super::arithmetic::text_of;
use super::value::{Object, Value};

/// The escape of the replacement character.
const REPLACEMENT: &[u8] = b"\\ufffd";

/// Reads a line. Returns its value and its length in UTF-16 code units; `None` if it is not JSON.
pub(super) fn read_line(bytes: &[u8]) -> Option<(Value, u64)> {
    let text = String::from_utf8_lossy(bytes);
    let units = if text.is_ascii() { text.len() } else { text.encode_utf16().count() };
    Some((read(&text)?, units as u64))
}

/// Reads JSON text. A lone surrogate, as in a text that was cut, becomes the replacement character.
pub(super) fn read(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().or_else(|| serde_json::from_slice(&without_lone_surrogates(text)?).ok())
}

/// The text with each lone surrogate (`\ud8xx` or `\udcxx`) replaced; `None` if there is none.
fn without_lone_surrogates(text: &str) -> Option<Vec<u8>> {
    let mut bytes = text.as_bytes().to_vec();
    let unit = |bytes: &[u8], at: usize| {
        let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let (mut at, mut replaced) = (0, false);
    while let Some(next) = bytes.get(at..).and_then(|rest| memchr::memchr(b'\\', rest)) {
        at += next;
        at += match unit(&bytes, at) {
            None => 2,
            Some(0xd800..=0xdbff) if matches!(unit(&bytes, at + 6), Some(0xdc00..=0xdfff)) => 12,
            Some(0xd800..=0xdfff) => {
                replaced = true;
                bytes.get_mut(at..at + 6)?.copy_from_slice(REPLACEMENT);
                6
            }
            Some(_) => 6,
        };
    }
    replaced.then_some(bytes)
}

impl Display for Value {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => out.write_str("null"),
            Self::Bool(yes) => write!(out, "{yes}"),
            Self::Number(number) if number.is_finite() => out.write_str(&text_of(*number)),
            Self::Number(_) => out.write_str("null"),
            Self::Text(text) => write_text(out, text),
            Self::List(items) => {
                out.write_char('[')?;
                for (at, item) in items.iter().enumerate() {
                    write!(out, "{}{item}", if at == 0 { "" } else { "," })?;
                }
                out.write_char(']')
            }
            Self::Object(object) => object.fmt(out),
        }
    }
}

impl Display for Object {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_char('{')?;
        for (at, (key, value)) in self.members().enumerate() {
            out.write_str(if at == 0 { "" } else { "," })?;
            write_text(out, key)?;
            write!(out, ":{value}")?;
        }
        out.write_char('}')
    }
}

fn write_text(out: &mut Formatter<'_>, text: &str) -> fmt::Result {
    out.write_str(&serde_json::to_string(text).map_err(|_| fmt::Error)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(text: &str) -> String {
        read_line(text.as_bytes()).unwrap().0.to_string()
    }

    #[test]
    fn text_is_written_as_by_json_stringify() {
        let text = r#"{"b":[1,2.5,1e-7,null,true],"a":"\"\u0001é\n","":{}}"#;
        assert_eq!(round_trip(text), text);
        assert_eq!(round_trip("[1.0, -0, 1e3, 1e400]".replace(", 1e400", "").as_str()), "[1,0,1000]");
        assert_eq!(round_trip(r#"{"x":1,"2":1,"1":1}"#), r#"{"1":1,"2":1,"x":1}"#);
        assert_eq!(Value::Number(f64::NAN).to_string(), "null");
    }

    #[test]
    fn a_lone_surrogate_is_replaced() {
        assert_eq!(round_trip(r#"["\ud83d\ude00"]"#), "[\"😀\"]");
        assert_eq!(
            round_trip(r#"["a\ud83d","\ude00b","\ud83d\u0041","\\ud83d"]"#),
            "[\"a\u{fffd}\",\"\u{fffd}b\",\"\u{fffd}A\",\"\\\\ud83d\"]"
        );
        assert!(read_line(br#"["\ud83d"#).is_none());
    }

    #[test]
    fn size_is_counted_in_utf16_units() {
        assert_eq!(read_line("[\"é😀\"]".as_bytes()).unwrap().1, 7);
        assert_eq!(read_line(b"[\"\xff\"]").unwrap(), (Value::List(vec!["\u{fffd}".into()]), 5));
    }
}
