//! The start of a file's text, by which its format is recognized.

use std::cell::OnceCell;

use super::framing::{JsonDocument, JsonToken, JsonTokenKind};
use crate::limits::{HEAD_BYTES, MAX_HEAD_BYTES, MAX_HEAD_LINES, MAX_HEAD_NAMES};

/// Collects the head of a file: [`HEAD_BYTES`], or the first line that is not blank if that ends later.
#[derive(Debug, Default)]
pub(super) struct Head {
    text: Vec<u8>,
    /// Whether a line that is not blank has begun, and whether it has ended.
    first_line: (bool, bool),
}

impl Head {
    /// Takes the next text. When the head is complete, gives the text that does not belong to it. Where it ends does not
    /// depend on how the text is cut.
    pub(super) fn push<'a>(&mut self, text: &'a [u8]) -> Option<&'a [u8]> {
        let room = HEAD_BYTES.saturating_sub(self.text.len());
        let (part, mut rest) = text.split_at_checked(room).unwrap_or((text, &[]));
        self.take(part);
        while let (false, Some(line)) =
            (self.first_line.1, rest.split_inclusive(|byte| *byte == b'\n').next())
        {
            let room = MAX_HEAD_BYTES - self.text.len();
            if room == 0 {
                break;
            }
            let (part, behind) = rest.split_at_checked(line.len().min(room)).unwrap_or((rest, &[]));
            self.take(part);
            rest = behind;
        }
        let is_complete = self.text.len() >= HEAD_BYTES && self.first_line.1 || self.is_full();
        is_complete.then_some(rest)
    }

    fn take(&mut self, part: &[u8]) {
        for line in part.split_inclusive(|byte| *byte == b'\n') {
            if self.first_line.1 {
                break;
            }
            self.first_line.0 |= !line.trim_ascii().is_empty();
            self.first_line.1 = self.first_line.0 && line.ends_with(b"\n");
        }
        self.text.extend_from_slice(part);
    }

    /// Whether no more text can belong to the head, although no line in it has ended.
    pub(super) fn is_full(&self) -> bool {
        self.text.len() == MAX_HEAD_BYTES
    }

    /// The text so far.
    pub(super) fn text(&self) -> &[u8] {
        &self.text
    }
}

/// A place at which a format may start: a line that is not blank, and the text from it to the end of the head.
#[derive(Debug)]
pub struct Start<'a> {
    /// The line without white space around it. The last one of the head may be cut.
    pub line: &'a [u8],
    /// The head from this line on: at least [`HEAD_BYTES`], if there are so many.
    pub text: &'a [u8],
    outline: OnceCell<Outline>,
}

/// The outermost names of a JSON value, as far as the head holds it.
#[derive(Debug, Default)]
pub struct Outline {
    /// Whether the value is an array, not an object.
    pub is_array: bool,
    /// Members of the object: their names and, of scalars and strings, the values as written.
    members: Vec<(String, Option<String>)>,
    /// The names of the members of objects that are values of the object or items of the array.
    inner_names: Vec<String>,
}

/// Every place in a head at which a format may start, in order; only the first lines are looked at.
pub(super) fn starts(head: &[u8]) -> impl Iterator<Item = Start<'_>> {
    const BOM: &[u8] = b"\xef\xbb\xbf";
    let head = head.strip_prefix(BOM).unwrap_or(head);
    let mut from = 0;
    let lines = head.split_inclusive(|byte| *byte == b'\n').map(move |line| {
        let text = head.get(from..).unwrap_or_default();
        from += line.len();
        let text = text.get(..line.len().max(HEAD_BYTES)).unwrap_or(text);
        Start { line: line.trim_ascii(), text, outline: OnceCell::new() }
    });
    lines.filter(|start| !start.line.is_empty()).take(MAX_HEAD_LINES)
}

impl Start<'_> {
    /// The outermost names of the JSON object or array that starts here; empty where none does.
    #[must_use]
    pub fn outline(&self) -> &Outline {
        self.outline.get_or_init(|| match self.line.first() {
            Some(b'{' | b'[') => Outline::of(self.text),
            _ => Outline::default(),
        })
    }
}

impl Outline {
    fn of(text: &[u8]) -> Self {
        let mut outline = Self::default();
        let mut depth = 0_usize;
        let mut document = JsonDocument::default();
        // The head may end anywhere, and other lines may follow the value: what was seen before that counts.
        let _ = document.push(text, &mut |token| outline.take(&mut depth, token));
        outline
    }

    fn take(&mut self, depth: &mut usize, token: JsonToken<'_>) {
        let text = || String::from_utf8_lossy(token.text).into_owned();
        match token.kind {
            JsonTokenKind::ObjectStart => *depth += 1,
            JsonTokenKind::ArrayStart => {
                self.is_array |= *depth == 0;
                *depth += 1;
            }
            JsonTokenKind::ObjectEnd | JsonTokenKind::ArrayEnd => *depth = depth.saturating_sub(1),
            JsonTokenKind::Key if *depth == 1 && self.members.len() < MAX_HEAD_NAMES => {
                self.members.push((text(), None));
            }
            JsonTokenKind::Key if *depth == 2 && self.inner_names.len() < MAX_HEAD_NAMES => {
                self.inner_names.push(text());
            }
            JsonTokenKind::String | JsonTokenKind::Scalar if *depth == 1 => {
                if let Some((_, value)) = self.members.last_mut() {
                    *value = Some(text());
                }
            }
            _ => {}
        }
    }

    /// Whether the object has a member of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.members.iter().any(|(known, _)| known == name)
    }

    /// Whether the object has a member of any of these names.
    #[must_use]
    pub fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.has(name))
    }

    /// The value of a member that is a string or a scalar, as written.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.members.iter().find(|(known, _)| known == name)?.1.as_deref()
    }

    /// Whether an object within has a member of this name.
    #[must_use]
    pub fn has_inner(&self, name: &str) -> bool {
        self.inner_names.iter().any(|known| known == name)
    }
}
