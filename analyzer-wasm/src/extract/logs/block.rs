//! A block of console lines: compressed text, with an index that shows whether a search has to decompress it.

use serde::{Deserialize, Serialize};

use super::ComponentId;
use super::trigrams::{Needle, Trigrams};
use crate::extract::deflated::Deflated;
use crate::report::{LogCounts, LogLevel};
use crate::time_span::TimeSpan;

/// A console line without its text.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Line {
    /// Epoch ms on the clock of the writer: the time of the line, else that of the entry that holds it.
    pub(crate) at_ms: f64,
    /// The line of the dump that holds it, counted from 1.
    pub(crate) line: u64,
    /// How often it occurred in a row.
    pub(crate) count: u64,
    pub(crate) level: LogLevel,
    pub(crate) component: Option<ComponentId>,
    /// Length of its text in bytes.
    pub(super) len: u32,
}

/// An uncompressed block: lines, and their texts one after another.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct OpenBlock {
    lines: Vec<Line>,
    text: String,
}

/// A compressed block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Block {
    first_ms: f64,
    last_ms: f64,
    lines: u64,
    levels: LogCounts,
    components: Vec<(Option<ComponentId>, u64)>,
    trigrams: Trigrams,
    deflated: Deflated,
}

impl OpenBlock {
    /// Adds a line. Its length is set from the text.
    pub(super) fn push(&mut self, line: Line, text: &str) {
        self.lines.push(Line { len: u32::try_from(text.len()).unwrap_or(u32::MAX), ..line });
        self.text.push_str(text);
    }

    /// The memory that the lines take, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.text.len() + self.lines.len() * size_of::<Line>()
    }

    /// The lines, for changing their times.
    pub(super) fn lines_mut(&mut self) -> &mut [Line] {
        &mut self.lines
    }

    /// The lines with their texts.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (&Line, &str)> {
        let mut rest = self.text.as_str();
        self.lines.iter().map(move |line| {
            let (text, behind) = rest.split_at_checked(line.len as usize).unwrap_or((rest, ""));
            rest = behind;
            (line, text)
        })
    }

    /// For each line whether it contains the searched text.
    pub(crate) fn lines_containing(&self, needle: &Needle) -> Vec<bool> {
        if !self.text.is_ascii() {
            return self.lines().map(|(_, text)| needle.is_in(text)).collect();
        }
        // In ASCII, upper and lower case have the same length, so the whole block is searched at once.
        let folded = self.text.to_ascii_lowercase();
        let mut found = vec![false; self.lines.len()];
        let mut places = needle.places(&folded).peekable();
        let mut end = 0;
        for (line, found) in self.lines.iter().zip(&mut found) {
            end += line.len as usize;
            while let Some(place) = places.next_if(|place| *place < end) {
                *found |= place + needle.len() <= end;
            }
        }
        found
    }

    /// Compresses the lines; `None` without lines.
    pub(super) fn close(&self) -> Option<Block> {
        let times = || self.lines.iter().map(|line| line.at_ms);
        let (first_ms, last_ms) = (times().reduce(f64::min)?, times().reduce(f64::max)?);
        let mut levels = LogCounts::default();
        let mut components: Vec<(Option<ComponentId>, u64)> = Vec::new();
        for line in &self.lines {
            levels.add(line.level, 1);
            match components.binary_search_by_key(&line.component, |(id, _)| *id) {
                Ok(at) => components.get_mut(at).into_iter().for_each(|(_, count)| *count += 1),
                Err(at) => components.insert(at, (line.component, 1)),
            }
        }
        let raw = postcard::to_stdvec(self).unwrap_or_default();
        let deflated = Deflated::of(&raw)?;
        Some(Block {
            first_ms,
            last_ms,
            lines: self.lines.len() as u64,
            levels,
            components,
            trigrams: Trigrams::of(&self.text),
            deflated,
        })
    }
}

impl Block {
    /// From the first to the last time of the lines, on the clock of the writer.
    pub(crate) fn span(&self) -> TimeSpan {
        TimeSpan::new(self.first_ms, self.last_ms)
    }

    /// The number of lines.
    pub(crate) fn lines(&self) -> u64 {
        self.lines
    }

    /// The number of lines by level.
    pub(crate) fn levels(&self) -> LogCounts {
        self.levels
    }

    /// The number of lines by component.
    pub(crate) fn components(&self) -> &[(Option<ComponentId>, u64)] {
        &self.components
    }

    /// The size after decompression, in bytes.
    pub(crate) fn raw_bytes(&self) -> usize {
        self.deflated.raw_bytes()
    }

    /// The compressed size, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.deflated.bytes()
    }

    /// Whether a line may contain the searched text; `false` is certain.
    pub(crate) fn may_contain(&self, needle: &Needle) -> bool {
        self.trigrams.may_contain(needle)
    }

    /// Decompresses the lines.
    pub(crate) fn open(&self) -> OpenBlock {
        let raw = self.deflated.open();
        raw.and_then(|raw| postcard::from_bytes(&raw).ok()).unwrap_or_default()
    }
}
