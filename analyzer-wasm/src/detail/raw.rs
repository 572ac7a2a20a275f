//! Lines of the dump as they stand, for whoever wants to see the evidence itself.

use std::ops::RangeInclusive;

use crate::limits::MAX_RAW_BYTES;

/// One line of the dump.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawLine {
    /// Counted from 1.
    pub number: u64,
    /// Its text; bytes that are not UTF-8 are replaced.
    pub text: String,
    /// Whether its end was cut off here, since only so much is kept.
    pub cut: bool,
}

/// Keeps the lines of a range, up to a limit.
#[derive(Debug)]
pub(super) struct RawLines {
    wanted: RangeInclusive<u64>,
    kept: Vec<RawLine>,
    room: usize,
}

impl RawLines {
    pub(super) fn new(wanted: RangeInclusive<u64>) -> Self {
        Self { wanted, kept: Vec::new(), room: MAX_RAW_BYTES }
    }

    pub(super) fn line(&mut self, number: u64, line: &[u8]) {
        if self.wanted.contains(&number) && self.room > 0 {
            let bytes = line.get(..self.room).unwrap_or(line);
            self.room -= bytes.len();
            let text = String::from_utf8_lossy(bytes).into_owned();
            self.kept.push(RawLine { number, text, cut: bytes.len() < line.len() });
        }
    }

    pub(super) fn finish(self) -> Vec<RawLine> {
        self.kept
    }
}
