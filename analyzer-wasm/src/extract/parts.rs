//! What lets the parts of a server's dump be read as one: how each stood at its end, and the text of those that begin
//! in the middle.

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

/// What a file leaves for the reading of other parts, and of itself after them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Part {
    ending: Option<Deflated>,
    /// As gzip.
    text: Option<Vec<u8>>,
}

impl Part {
    /// Of a dump that has ended.
    pub(super) fn new(
        checkpoint: Option<&ReaderCheckpoint>,
        server: Option<&ServerState>,
        text: KeptText,
        problems: &mut Problems,
    ) -> Self {
        let ending =
            checkpoint.zip(server).and_then(|state| Deflated::of(&postcard::to_stdvec(&state).ok()?));
        let fits = ending.as_ref().is_none_or(|ending| ending.bytes() <= MAX_ENDING_BYTES);
        if !fits {
            problems.note(ProblemKind::LargePart);
        }
        let text = checkpoint.and_then(|_| text.finish());
        Self { ending: ending.filter(|_| fits), text }
    }
}

impl Extractor {
    /// Begins a part that goes on where the one before it ended; `None` where that does not tell how it stood.
    #[must_use]
    pub fn resume(file_name: &str, before: &Extract) -> Option<Self> {
        let ending = before.part.ending.as_ref()?.open()?;
        let (checkpoint, mut server): (ReaderCheckpoint, ServerState) = postcard::from_bytes(&ending).ok()?;
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
    /// This part as it reads after the one before it; `None` where it begins with a whole state, or that one does not
    /// tell how it stood.
    pub(crate) fn resumed(&self, before: &Self) -> Option<Self> {
        let text = self.part.text.as_ref()?;
        let mut extractor = Extractor::resume(&self.file.name, before)?;
        extractor.push(text);
        extractor.finish().ok()
    }

    /// The file and its line that this line is.
    pub(crate) fn source(&self, mut line: u64) -> (&str, u64) {
        for file in self.server.iter().flat_map(|server| &server.files) {
            if line <= file.lines {
                return (&file.name, line);
            }
            line -= file.lines;
        }
        (&self.file.name, line)
    }

    /// The files from one line to another.
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

    /// What it leaves for other parts is no matter any more.
    pub(crate) fn forget_parts(&mut self) {
        self.part = Part::default();
    }
}

/// The text of a dump for as long as it may begin in the middle.
#[derive(Debug, Default)]
pub(super) enum KeptText {
    /// Nothing was read yet.
    #[default]
    Nothing,
    /// No state was read yet that could tell.
    Undecided(GzEncoder<Vec<u8>>),
    /// It begins in the middle.
    Needed(GzEncoder<Vec<u8>>),
    /// It tells its whole state, or is a client's.
    NotNeeded,
    /// There was too much of it before that was known.
    Lost,
}

impl KeptText {
    /// Takes a line. Problems name a text that is too long.
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
                *self = Self::Lost;
            }
        }
    }

    /// It is known not to begin in the middle, if nothing was known before.
    pub(super) fn drop_undecided(&mut self) {
        if !matches!(self, Self::Needed(_)) {
            *self = Self::NotNeeded;
        }
    }

    /// It is known to begin in the middle.
    pub(super) fn need(&mut self, line: u64, problems: &mut Problems) {
        *self = match std::mem::replace(self, Self::NotNeeded) {
            Self::Undecided(writer) => Self::Needed(writer),
            Self::Lost => {
                problems.add(ProblemKind::LargePart, line);
                Self::NotNeeded
            }
            other => other,
        };
    }

    /// Of a resumed part nothing needs to be kept.
    pub(super) fn none() -> Self {
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

    /// A writer that has written so much.
    fn written(bytes: usize) -> GzEncoder<Vec<u8>> {
        GzEncoder::new(vec![0; bytes], Compression::fast())
    }

    #[test]
    fn a_text_is_bounded_before_and_after_it_is_known_to_be_needed() {
        let mut problems = Problems::default();
        let mut text = KeptText::Undecided(written(MAX_UNDECIDED_BYTES));
        text.line(b"{}", 1, &mut problems);
        assert_eq!((matches!(text, KeptText::Lost), problems.count(ProblemKind::LargePart)), (true, 0));
        text.need(2, &mut problems);
        assert_eq!((text.finish(), problems.count(ProblemKind::LargePart)), (None, 1));

        let mut text = KeptText::Undecided(written(MAX_UNDECIDED_BYTES - 100));
        text.line(b"{}", 1, &mut problems);
        text.need(1, &mut problems);
        text.line(b"{}", 2, &mut problems);
        assert!(text.finish().is_some());
        let mut text = KeptText::Needed(written(MAX_PART_BYTES));
        text.line(b"{}", 3, &mut problems);
        assert_eq!((text.finish(), problems.count(ProblemKind::LargePart)), (None, 2));
    }

    #[test]
    fn a_whole_state_after_a_change_without_base_does_not_undo_it() {
        let mut problems = Problems::default();
        let mut text = KeptText::default();
        text.line(b"{}", 1, &mut problems);
        text.need(1, &mut problems);
        text.drop_undecided();
        assert!(text.finish().is_some());
        let mut text = KeptText::default();
        text.line(b"{}", 1, &mut problems);
        text.drop_undecided();
        text.need(2, &mut problems);
        assert_eq!(text.finish(), None);
    }
}
