//! One JSON document of any size as a stream of tokens: only the token at hand is ever held.

use crate::limits::{MAX_JSON_DEPTH, MAX_JSON_TOKEN_BYTES};
use crate::problems::ProblemKind;

/// One token of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonToken<'a> {
    /// What it is.
    pub kind: JsonTokenKind,
    /// Keys and strings without their quotes and with escapes as written, scalars as written; empty for brackets.
    pub text: &'a [u8],
    /// The line it starts on, counted from 1.
    pub line: u64,
    /// Whether it was longer than [`MAX_JSON_TOKEN_BYTES`]; `text` is empty then, and the reader reports
    /// [`ProblemKind::TokenTooLong`].
    pub too_long: bool,
}

/// The kind of a token. Commas and colons are checked and not passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonTokenKind {
    /// `{`
    ObjectStart,
    /// `}`
    ObjectEnd,
    /// `[`
    ArrayStart,
    /// `]`
    ArrayEnd,
    /// The key of an object's member.
    Key,
    /// A string that is a value.
    String,
    /// A number, `true`, `false` or `null`.
    Scalar,
}

/// Splits the text of one JSON document into tokens. The tokens do not depend on where the text is cut.
#[derive(Debug)]
pub struct JsonDocument {
    expects: Expects,
    /// The containers that are open, from the outermost.
    open: Vec<Container>,
    partial: Partial,
    /// The part of the current token that earlier chunks held.
    carry: Vec<u8>,
    too_long: bool,
    line: u64,
}

impl Default for JsonDocument {
    fn default() -> Self {
        Self {
            expects: Expects::Value,
            open: Vec::new(),
            partial: Partial::None,
            carry: Vec::new(),
            too_long: false,
            line: 1,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Container {
    Object,
    Array,
}

/// What may come next, beside white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expects {
    Value,
    /// A value or `]`.
    FirstValue,
    Key,
    /// A key or `}`.
    FirstKey,
    Colon,
    /// A comma or the end of the container.
    Next,
    /// Nothing: the document has ended.
    Nothing,
    /// The text is not JSON; the rest is ignored.
    Failed,
}

/// A token of which the end was not seen yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Partial {
    None,
    String { is_key: bool, after_backslash: bool },
    Scalar,
}

impl JsonDocument {
    /// Takes the next text and passes on each token that ends in it.
    ///
    /// # Errors
    /// [`ProblemKind::BadDocument`] where the text stops being JSON or is nested more deeply than [`MAX_JSON_DEPTH`].
    /// It is returned once; later text is ignored.
    pub fn push(&mut self, mut text: &[u8], token: &mut dyn FnMut(JsonToken<'_>)) -> Result<(), ProblemKind> {
        if self.expects == Expects::Failed {
            return Ok(());
        }
        let mut pushed = Ok(());
        while let (Some(first), Ok(())) = (text.first(), pushed) {
            match self.partial {
                Partial::String { is_key, after_backslash } => {
                    (text, pushed) = self.string(text, is_key, after_backslash, token);
                }
                Partial::Scalar => (text, pushed) = self.scalar(text, token),
                Partial::None => {
                    let first = *first;
                    // The first byte of a scalar belongs to it.
                    let is_scalar = first.is_ascii_alphanumeric() || first == b'-';
                    if !is_scalar {
                        text = text.get(1..).unwrap_or_default();
                    }
                    pushed = self.structure(first, token);
                }
            }
        }
        if pushed.is_err() {
            self.expects = Expects::Failed;
            self.carry = Vec::new();
        }
        pushed
    }

    /// Ends the text.
    ///
    /// # Errors
    /// [`ProblemKind::TornDocument`] if the document has not ended; nothing after [`Self::push`] has failed.
    pub fn finish(&mut self, token: &mut dyn FnMut(JsonToken<'_>)) -> Result<(), ProblemKind> {
        if self.partial == Partial::Scalar && self.open.is_empty() {
            // A number at the top ends with the text.
            self.end_scalar(&[], token)?;
        }
        match self.expects {
            Expects::Nothing | Expects::Failed => Ok(()),
            _ => Err(ProblemKind::TornDocument),
        }
    }

    /// Lines of text begun so far.
    #[must_use]
    pub fn lines(&self) -> u64 {
        self.line
    }

    /// Whether the document's last token was passed on.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.expects == Expects::Nothing
    }

    /// Takes a byte between tokens.
    fn structure(&mut self, byte: u8, token: &mut dyn FnMut(JsonToken<'_>)) -> Result<(), ProblemKind> {
        use Expects::{Colon, FirstKey, FirstValue, Key, Next, Value};
        let container = self.open.last().copied();
        match (byte, self.expects) {
            (b'\n', _) => self.line += 1,
            (b' ' | b'\t' | b'\r', _) => {}
            (b'{', Value | FirstValue) => self.open(Container::Object, token)?,
            (b'[', Value | FirstValue) => self.open(Container::Array, token)?,
            (b'"', Value | FirstValue) => {
                self.partial = Partial::String { is_key: false, after_backslash: false };
            }
            (b'"', Key | FirstKey) => {
                self.partial = Partial::String { is_key: true, after_backslash: false };
            }
            (b':', Colon) => self.expects = Value,
            (b',', Next) => self.expects = if container == Some(Container::Object) { Key } else { Value },
            (b'}', FirstKey) => self.close(JsonTokenKind::ObjectEnd, token),
            (b'}', Next) if container == Some(Container::Object) => {
                self.close(JsonTokenKind::ObjectEnd, token);
            }
            (b']', FirstValue) => self.close(JsonTokenKind::ArrayEnd, token),
            (b']', Next) if container == Some(Container::Array) => {
                self.close(JsonTokenKind::ArrayEnd, token);
            }
            (b'-' | b'0'..=b'9' | b't' | b'f' | b'n', Value | FirstValue) => self.partial = Partial::Scalar,
            _ => return Err(ProblemKind::BadDocument),
        }
        Ok(())
    }

    fn open(
        &mut self,
        container: Container,
        token: &mut dyn FnMut(JsonToken<'_>),
    ) -> Result<(), ProblemKind> {
        if self.open.len() >= MAX_JSON_DEPTH {
            return Err(ProblemKind::BadDocument);
        }
        self.open.push(container);
        let (kind, expects) = match container {
            Container::Object => (JsonTokenKind::ObjectStart, Expects::FirstKey),
            Container::Array => (JsonTokenKind::ArrayStart, Expects::FirstValue),
        };
        self.expects = expects;
        token(JsonToken { kind, text: &[], line: self.line, too_long: false });
        Ok(())
    }

    fn close(&mut self, kind: JsonTokenKind, token: &mut dyn FnMut(JsonToken<'_>)) {
        self.open.pop();
        self.value_ended();
        token(JsonToken { kind, text: &[], line: self.line, too_long: false });
    }

    fn value_ended(&mut self) {
        self.expects = if self.open.is_empty() { Expects::Nothing } else { Expects::Next };
    }

    /// Takes text within a string; gives what follows it.
    fn string<'a>(
        &mut self,
        text: &'a [u8],
        is_key: bool,
        after_backslash: bool,
        token: &mut dyn FnMut(JsonToken<'_>),
    ) -> (&'a [u8], Result<(), ProblemKind>) {
        let mut from = usize::from(after_backslash);
        loop {
            let rest = text.get(from..).unwrap_or_default();
            let Some(at) = memchr::memchr3(b'"', b'\\', b'\n', rest) else {
                let after_backslash = from > text.len();
                self.partial = Partial::String { is_key, after_backslash };
                self.keep(text);
                return (&[], Ok(()));
            };
            match rest.get(at) {
                Some(b'"') => {
                    let (part, behind) = text.split_at_checked(from + at).unwrap_or((text, &[]));
                    let kind = if is_key { JsonTokenKind::Key } else { JsonTokenKind::String };
                    self.emit(kind, part, token);
                    self.partial = Partial::None;
                    if is_key {
                        self.expects = Expects::Colon;
                    } else {
                        self.value_ended();
                    }
                    return (behind.get(1..).unwrap_or_default(), Ok(()));
                }
                Some(b'\\') => from += at + 2,
                _ => return (&[], Err(ProblemKind::BadDocument)),
            }
        }
    }

    /// Takes text within a number or a word; gives what follows it.
    fn scalar<'a>(
        &mut self,
        text: &'a [u8],
        token: &mut dyn FnMut(JsonToken<'_>),
    ) -> (&'a [u8], Result<(), ProblemKind>) {
        let belongs = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
        let Some(at) = text.iter().position(|byte| !belongs(byte)) else {
            self.keep(text);
            return (&[], Ok(()));
        };
        let (part, behind) = text.split_at_checked(at).unwrap_or((text, &[]));
        (behind, self.end_scalar(part, token))
    }

    fn end_scalar(&mut self, part: &[u8], token: &mut dyn FnMut(JsonToken<'_>)) -> Result<(), ProblemKind> {
        self.partial = Partial::None;
        let whole = [self.carry.as_slice(), part].concat();
        if !self.too_long && serde_json::from_slice::<serde_json::value::Value>(&whole).is_err() {
            return Err(ProblemKind::BadDocument);
        }
        self.emit(JsonTokenKind::Scalar, part, token);
        self.value_ended();
        Ok(())
    }

    /// Passes on what was kept of a token and its last part.
    fn emit(&mut self, kind: JsonTokenKind, part: &[u8], token: &mut dyn FnMut(JsonToken<'_>)) {
        let line = self.line;
        if self.carry.is_empty() && !self.too_long && part.len() <= MAX_JSON_TOKEN_BYTES {
            return token(JsonToken { kind, text: part, line, too_long: false });
        }
        self.keep(part);
        token(JsonToken { kind, text: &self.carry, line, too_long: self.too_long });
        self.carry.clear();
        self.too_long = false;
    }

    fn keep(&mut self, part: &[u8]) {
        if self.too_long || self.carry.len() + part.len() > MAX_JSON_TOKEN_BYTES {
            self.too_long = true;
            self.carry = Vec::new();
        } else {
            self.carry.extend_from_slice(part);
        }
    }
}
