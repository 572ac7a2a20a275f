//! Parts of a server's dump that are read as one dump: the state at the end of each part, and the text of parts that
//! begin with changes to a state that an earlier part holds.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use super::deflated::Deflated;
use super::server::{PartFile, ServerState};
use super::{Extract, Extractor, Session};
use crate::input::{FileReader, ReaderCheckpoint};
use crate::limits::{MAX_ENDING_BYTES, MAX_PART_BYTES, MAX_UNDECIDED_BYTES};
use crate::problems::{ProblemKind, Problems};

/// What a file keeps so that the next part can be read after it, or itself again after the part before it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Part {
    /// The state of the reader and of the server at the end of the file.
    end_state: Option<Deflated>,
    /// The whole text as gzip, where the file begins with changes to an unknown state.
    text: Option<Vec<u8>>,
}

impl Part {
    /// For a dump that has been read to its end. A state or text above its limit is a problem and is left out.
    pub(super) fn new(
        checkpoint: Option<&ReaderCheckpoint>,
        server: Option<&ServerState>,
        text: RetainedText,
        problems: &mut Problems,
    ) -> Self {
        let end_state =
            checkpoint.zip(server).and_then(|state| Deflated::of(&postcard::to_stdvec(&state).ok()?));
        let fits = end_state.as_ref().is_none_or(|state| state.bytes() <= MAX_ENDING_BYTES);
        if !fits {
            problems.note(ProblemKind::LargePart);
        }
        let text = checkpoint.and_then(|_| text.finish());
        Self { end_state: end_state.filter(|_| fits), text }
    }
}

impl Extractor {
    /// Starts a part that continues the part before it; `None` where that part kept no end state.
    #[must_use]
    pub fn resume(file_name: &str, before: &Extract) -> Option<Self> {
        let end_state = before.part.end_state.as_ref()?.open()?;
        let (checkpoint, mut server): (ReaderCheckpoint, ServerState) =
            postcard::from_bytes(&end_state).ok()?;
        let known = before.server.as_ref().map(|server| server.files.clone()).unwrap_or_default();
        server.resume(if known.is_empty() { vec![PartFile::of(&before.file)] } else { known });
        Some(Self {
            reader: FileReader::resume(checkpoint),
            session: Session::resume(server),
            ..Self::new(file_name)
        })
    }
}

impl Extract {
    /// Reads this part again as the continuation of the part before it; `None` where it begins with a complete state,
    /// or where that part kept no end state.
    pub(crate) fn resumed(&self, before: &Self) -> Option<Self> {
        let text = self.part.text.as_ref()?;
        let mut extractor = Extractor::resume(&self.file.name, before)?;
        extractor.push(text);
        extractor.finish().ok()
    }

    /// The file and the line in it of a line that is counted over all parts.
    pub(crate) fn source(&self, mut line: u64) -> (&str, u64) {
        for file in self.server.iter().flat_map(|server| &server.files) {
            if line <= file.lines {
                return (&file.name, line);
            }
            line -= file.lines;
        }
        (&self.file.name, line)
    }

    /// The names of the files that hold these lines, which are counted over all parts.
    pub(crate) fn files(&self, from_line: u64, to_line: u64) -> Vec<&str> {
        let mut files = vec![self.source(from_line).0];
        let mut first = 1;
        for file in self.server.iter().flat_map(|server| &server.files) {
            if from_line < first && first <= to_line {
                files.push(&file.name);
            }
            first += file.lines;
        }
        files
    }

    /// A copy without the server's state, the sources and the text of this part, which are read again with other parts.
    pub(crate) fn without_server_state(&self) -> Self {
        Self {
            version: self.version,
            file: self.file.clone(),
            problems: self.problems.clone(),
            identity: self.identity.clone(),
            span: self.span,
            joined_ms: self.joined_ms,
            server_stamp_ms: self.server_stamp_ms,
            totals: self.totals.clone(),
            connections: self.connections.clone(),
            events: self.events.clone(),
            logs: self.logs.clone(),
            sources: Vec::new(),
            server: None,
            part: Part::default(),
        }
    }

    /// Drops what was kept for other parts.
    pub(crate) fn forget_parts(&mut self) {
        self.part = Part::default();
    }
}

/// The text of a dump, kept while it may begin with changes to a state that an earlier part holds.
#[derive(Debug, Default)]
pub(super) enum RetainedText {
    /// No line has been read.
    #[default]
    Nothing,
    /// No line read so far decides whether the text is needed.
    Undecided(GzEncoder<Vec<u8>>),
    /// The dump begins with changes to an unknown state.
    Needed(GzEncoder<Vec<u8>>),
    /// The dump begins with a complete state, or is a client's.
    NotNeeded,
    /// The text exceeded its limit while undecided.
    TooLong,
}

impl RetainedText {
    /// Adds a line. A needed text above its limit is dropped and counted as a problem.
    pub(super) fn line(&mut self, line: &[u8], number: u64, problems: &mut Problems) {
        if matches!(self, Self::Nothing) {
            *self = Self::Undecided(GzEncoder::new(Vec::new(), Compression::fast()));
        }
        let (writer, max) = match self {
            Self::Undecided(writer) => (writer, MAX_UNDECIDED_BYTES),
            Self::Needed(writer) => (writer, MAX_PART_BYTES),
            _ => return,
        };
        let written = writer.write_all(line).and_then(|()| writer.write_all(b"\n"));
        if written.is_err() || writer.get_ref().len() > max {
            if matches!(self, Self::Needed(_)) {
                problems.add(ProblemKind::LargePart, number);
                *self = Self::NotNeeded;
            } else {
                *self = Self::TooLong;
            }
        }
    }

    /// Drops the text unless it is known to be needed.
    pub(super) fn drop_undecided(&mut self) {
        if !matches!(self, Self::Needed(_)) {
            *self = Self::NotNeeded;
        }
    }

    /// Marks the text as needed.
    pub(super) fn need(&mut self, line: u64, problems: &mut Problems) {
        *self = match std::mem::replace(self, Self::NotNeeded) {
            Self::Undecided(writer) => Self::Needed(writer),
            Self::TooLong => {
                problems.add(ProblemKind::LargePart, line);
                Self::NotNeeded
            }
            other => other,
        };
    }

    /// For a part that continues another: it is never read again.
    pub(super) fn not_needed() -> Self {
        Self::NotNeeded
    }

    fn finish(self) -> Option<Vec<u8>> {
        match self {
            Self::Undecided(writer) | Self::Needed(writer) => writer.finish().ok(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A writer with this many bytes in its buffer.
    fn written(bytes: usize) -> GzEncoder<Vec<u8>> {
        GzEncoder::new(vec![0; bytes], Compression::fast())
    }

    #[test]
    fn the_text_is_bounded_before_and_after_it_is_known_to_be_needed() {
        let mut problems = Problems::default();
        let mut text = RetainedText::Undecided(written(MAX_UNDECIDED_BYTES));
        text.line(b"{}", 1, &mut problems);
        assert_eq!(
            (matches!(text, RetainedText::TooLong), problems.count(ProblemKind::LargePart)),
            (true, 0)
        );
        text.need(2, &mut problems);
        assert_eq!((text.finish(), problems.count(ProblemKind::LargePart)), (None, 1));

        let mut text = RetainedText::Undecided(written(MAX_UNDECIDED_BYTES - 100));
        text.line(b"{}", 1, &mut problems);
        text.need(1, &mut problems);
        text.line(b"{}", 2, &mut problems);
        assert!(text.finish().is_some());
        let mut text = RetainedText::Needed(written(MAX_PART_BYTES));
        text.line(b"{}", 3, &mut problems);
        assert_eq!((text.finish(), problems.count(ProblemKind::LargePart)), (None, 2));
    }

    #[test]
    fn a_needed_text_stays_needed_after_a_complete_state() {
        let mut problems = Problems::default();
        let mut text = RetainedText::default();
        text.line(b"{}", 1, &mut problems);
        text.need(1, &mut problems);
        text.drop_undecided();
        assert!(text.finish().is_some());
        let mut text = RetainedText::default();
        text.line(b"{}", 1, &mut problems);
        text.drop_undecided();
        text.need(2, &mut problems);
        assert_eq!(text.finish(), None);
    }
}
