//! Numbered lines: LF ends a line; a CR before it and a byte order mark at the start of the text are dropped.

use crate::limits::MAX_LINE_BYTES;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// One line of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// Counted from 1.
    pub number: u64,
    /// Without its end.
    pub bytes: &'a [u8],
    /// Whether an LF ended it; only the last line may lack one.
    pub ended: bool,
    /// Whether it was longer than [`MAX_LINE_BYTES`]; `bytes` is empty then, and the reader reports
    /// [`crate::problems::ProblemKind::LineTooLong`].
    pub too_long: bool,
}

/// Splits text into lines. The lines do not depend on where the text is cut.
#[derive(Debug, Default)]
pub struct LineSplitter {
    carry: Vec<u8>,
    lines: u64,
    too_long: bool,
}

impl LineSplitter {
    /// Takes the next text and passes on each line that ends in it.
    pub fn push(&mut self, mut text: &[u8], line: &mut dyn FnMut(Line<'_>)) {
        while let Some(end) = memchr::memchr(b'\n', text) {
            let (head, rest) = text.split_at_checked(end).unwrap_or((text, &[]));
            text = rest.get(1..).unwrap_or_default();
            if self.carry.is_empty() && !self.too_long && head.len() <= MAX_LINE_BYTES {
                self.lines += 1;
                line(whole(self.lines, head, true));
            } else {
                self.keep(head);
                self.flush(true, line);
            }
        }
        self.keep(text);
    }

    /// Ends the text and passes on its last line, if it has no LF.
    pub fn finish(&mut self, line: &mut dyn FnMut(Line<'_>)) {
        if !self.carry.is_empty() || self.too_long {
            self.flush(false, line);
        }
    }

    /// Lines passed on so far.
    #[must_use]
    pub fn lines(&self) -> u64 {
        self.lines
    }

    fn keep(&mut self, part: &[u8]) {
        if self.too_long || self.carry.len() + part.len() > MAX_LINE_BYTES {
            self.too_long = true;
            self.carry = Vec::new();
        } else {
            self.carry.extend_from_slice(part);
        }
    }

    fn flush(&mut self, ended: bool, line: &mut dyn FnMut(Line<'_>)) {
        self.lines += 1;
        let mut out = whole(self.lines, &self.carry, ended);
        out.too_long = self.too_long;
        line(out);
        self.carry.clear();
        self.too_long = false;
    }
}

fn whole(number: u64, bytes: &[u8], ended: bool) -> Line<'_> {
    let bytes = if number == 1 { bytes.strip_prefix(BOM).unwrap_or(bytes) } else { bytes };
    let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    Line { number, bytes, ended, too_long: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &[u8], chunk: usize) -> Vec<(u64, Vec<u8>, bool)> {
        let mut lines = Vec::new();
        let mut splitter = LineSplitter::default();
        for part in text.chunks(chunk) {
            splitter.push(part, &mut |line| lines.push((line.number, line.bytes.to_vec(), line.ended)));
        }
        splitter.finish(&mut |line| lines.push((line.number, line.bytes.to_vec(), line.ended)));
        lines
    }

    #[test]
    fn every_chunking_gives_the_same_lines() {
        let text = b"\xef\xbb\xbfone\r\n\ntwo\nthree";
        let expect = vec![
            (1, b"one".to_vec(), true),
            (2, b"".to_vec(), true),
            (3, b"two".to_vec(), true),
            (4, b"three".to_vec(), false),
        ];
        for chunk in 1..=text.len() {
            assert_eq!(split(text, chunk), expect, "chunks of {chunk}");
        }
    }
}
