//! Raw lines of the dump, for looking at the evidence of a finding.

use std::ops::RangeInclusive;

use crate::limits::MAX_RAW_BYTES;

/// One line of the dump.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawLine {
    /// Counted from 1.
    pub number: u64,
    /// Its text; bytes that are not UTF-8 are replaced.
    pub text: String,
    /// Whether its end was left out because of the limit.
    pub cut: bool,
}

/// Keeps the lines of a range, up to a limit.
#[derive(Debug, Default)]
pub(super) struct RawLines {
    wanted: Option<RangeInclusive<u64>>,
    kept: Vec<RawLine>,
    bytes: usize,
}

impl RawLines {
    pub(super) fn request(&mut self, lines: RangeInclusive<u64>) {
        self.wanted = Some(lines);
    }

    pub(super) fn line(&mut self, number: u64, line: &[u8]) {
        let wanted = self.wanted.as_ref().is_some_and(|wanted| wanted.contains(&number));
        let room = MAX_RAW_BYTES - self.bytes;
        if wanted && room > 0 {
            let bytes = line.get(..room).unwrap_or(line);
            self.bytes += bytes.len();
            let text = String::from_utf8_lossy(bytes).into_owned();
            self.kept.push(RawLine { number, text, cut: bytes.len() < line.len() });
        }
    }

    pub(super) fn finish(self) -> Vec<RawLine> {
        self.kept
    }
}
