//! Text for a terminal or a pipe, in which control and invisible characters of a dump are shown escaped.
//!
//! Names, console lines and SDP come from other machines. An escape sequence in them could set the terminal's title,
//! hide lines or type commands; a carriage return or a bidirectional override could make one line look like another.
//! Text is therefore added to the output through [`TerminalText`] only.

use std::borrow::Cow;
use std::fmt::{self, Display, Write};

/// Whether a character changes how the text around it is shown, or is itself not shown.
///
/// These are the control characters (C0 and C1), the bidirectional marks, overrides and isolates, the zero-width
/// characters, the line and paragraph separators, the soft hyphen, and the tag and annotation characters. Variation
/// selectors and combining marks are part of visible characters and stay.
pub(crate) fn is_hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// The value's text with each hidden character as `\n`, `\t`, `\r` or `\u{1b}`.
pub(crate) fn escaped(value: impl Display) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write!(Escaping(&mut text), "{value}");
    text
}

/// Escapes whatever is written before it reaches the string.
struct Escaping<'a>(&'a mut String);

impl Write for Escaping<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if !text.contains(is_hidden) {
            self.0.push_str(text);
            return Ok(());
        }
        for c in text.chars() {
            if is_hidden(c) {
                self.0.extend(c.escape_default());
            } else {
                self.0.push(c);
            }
        }
        Ok(())
    }
}

/// JSON in which the hidden characters of strings are written as `\u001b`: other characters, the same data.
///
/// serde_json escapes C0 itself. The line breaks between values are kept.
pub(crate) fn escaped_json(json: &str) -> Cow<'_, str> {
    let is_raw = |c: char| c != '\n' && is_hidden(c);
    if !json.contains(is_raw) {
        return json.into();
    }
    let mut out = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if is_raw(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out.into()
}

/// Lines of text that hold no hidden character but the tabs and line breaks added here.
#[derive(Debug, Default)]
pub(crate) struct TerminalText {
    text: String,
}

impl TerminalText {
    /// Adds one line. A line break inside the value is escaped as well.
    pub(crate) fn line(&mut self, value: impl Display) {
        let _ = write!(Escaping(&mut self.text), "{value}");
        self.text.push('\n');
    }

    /// Adds an empty line.
    pub(crate) fn blank_line(&mut self) {
        self.text.push('\n');
    }

    /// Adds one line of values with tabs between them.
    pub(crate) fn tab_separated(&mut self, values: &[&dyn Display]) {
        for (at, value) in values.iter().enumerate() {
            if at > 0 {
                self.text.push('\t');
            }
            let _ = write!(Escaping(&mut self.text), "{value}");
        }
        self.text.push('\n');
    }

    /// The lines.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Characters of every kind that is escaped, among others.
    fn text() -> impl Strategy<Value = String> {
        let hidden = prop_oneof![
            proptest::sample::select(vec!['\u{1b}', '\r', '\n', '\t', '\u{61c}', '\u{feff}']),
            proptest::char::range('\u{0}', '\u{a0}'),
            proptest::char::range('\u{2000}', '\u{2070}'),
            proptest::char::range('\u{e0000}', '\u{e007f}'),
        ];
        proptest::collection::vec(prop_oneof![hidden, any::<char>(), Just('a')], 0..40)
            .prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #[test]
        fn no_hidden_character_is_left(texts in proptest::collection::vec(text(), 0..5)) {
            let mut out = TerminalText::default();
            texts.iter().for_each(|text| out.line(text));
            prop_assert_eq!(out.as_str().matches('\n').count(), texts.len());
            prop_assert!(!out.as_str().replace('\n', "").contains(is_hidden));
            let values: Vec<&dyn Display> = texts.iter().map(|text| text as &dyn Display).collect();
            let mut out = TerminalText::default();
            out.tab_separated(&values);
            prop_assert_eq!(out.as_str().matches('\t').count(), texts.len().saturating_sub(1));
            prop_assert!(!out.as_str().replace(['\t', '\n'], "").contains(is_hidden));
        }

        #[test]
        fn text_without_hidden_characters_is_unchanged(text in "[a-zäß日本語🙂\u{301} \\\\\"]*") {
            prop_assert_eq!(escaped(&text), text);
        }

        #[test]
        fn json_holds_the_same_data_and_no_hidden_character(key in text(), text in text()) {
            let value = serde_json::json!({ key: [text, 1.5, null] });
            for json in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
                let safe = escaped_json(&json);
                prop_assert!(!safe.replace('\n', "").contains(is_hidden));
                let read: serde_json::Value = serde_json::from_str(&safe).unwrap();
                prop_assert_eq!(&read, &value);
            }
        }
    }

    #[test]
    fn hidden_characters_are_named() {
        let text = "\u{1b}[31mRED\u{9b}0m\r\nlate\u{202e}\u{2066}\t\u{200b}\u{2028}\u{7f}";
        assert_eq!(escaped(text), r"\u{1b}[31mRED\u{9b}0m\r\nlate\u{202e}\u{2066}\t\u{200b}\u{2028}\u{7f}");
        assert_eq!(escaped_json("\"\u{9b}\u{202e}\u{e0041}\""), r#""\u009b\u202e\udb40\udc41""#);
    }
}
