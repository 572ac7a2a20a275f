//! What a format implements: a reader of decoded text, or of its lines.

use super::formats::Format;
use super::formats::jitsi::ReaderCheckpoint;
use super::framing::{Line, LineSplitter};
use crate::model::Sink;
use crate::problems::ProblemKind;

/// Reads the decoded text of one file. A reader picks its own framing, and what it passes to the sink does not depend
/// on where the text is cut.
pub trait FormatReader: std::fmt::Debug {
    /// Takes the next text.
    fn push(&mut self, text: &[u8], sink: &mut dyn Sink);

    /// Ends the text.
    fn finish(self: Box<Self>, sink: &mut dyn Sink) -> ReaderEnd;

    /// Lines of text that have ended so far.
    fn lines(&self) -> u64;
}

/// What is known of a file when its text has ended.
#[derive(Debug, Default)]
pub struct ReaderEnd {
    /// Lines of text.
    pub lines: u64,
    /// Whether anything in it was an entry of the format.
    pub has_entries: bool,
    /// The format by the file's content, where that decides between several that start alike.
    pub format: Option<&'static Format>,
    /// The state from which the next part of a server's dump can be read.
    pub checkpoint: Option<ReaderCheckpoint>,
}

/// How a reader is made.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReaderOptions<'a> {
    /// Whether every numeric field of a stats report is kept, not only those that have a [`crate::model::Metric`].
    pub keeps_all_fields: bool,
    /// The start of the file's text, which the reader gets again by [`FormatReader::push`].
    pub head: &'a [u8],
}

/// Reads a format whose entries are lines.
pub trait LineReader: std::fmt::Debug {
    /// Takes the next line.
    fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink);

    /// Ends the file. [`ReaderEnd::lines`] is set by [`ByLine`].
    fn finish(self, sink: &mut dyn Sink) -> ReaderEnd;
}

/// Frames text as lines for a [`LineReader`], passes each on as it stands and reports lines that repeat.
#[derive(Debug, Default)]
pub struct ByLine<R> {
    splitter: LineSplitter,
    repeats: RepeatDetector,
    reader: R,
}

impl<R: LineReader> ByLine<R> {
    /// Frames text for this reader.
    pub fn new(reader: R) -> Self {
        Self { splitter: LineSplitter::default(), repeats: RepeatDetector::default(), reader }
    }
}

impl<R: LineReader> FormatReader for ByLine<R> {
    fn push(&mut self, text: &[u8], sink: &mut dyn Sink) {
        let Self { splitter, repeats, reader } = self;
        splitter.push(text, &mut |line| read(reader, repeats, line, sink));
    }

    fn finish(self: Box<Self>, sink: &mut dyn Sink) -> ReaderEnd {
        let Self { mut splitter, mut repeats, mut reader } = *self;
        splitter.finish(&mut |line| read(&mut reader, &mut repeats, line, sink));
        ReaderEnd { lines: splitter.lines(), ..reader.finish(sink) }
    }

    fn lines(&self) -> u64 {
        self.splitter.lines()
    }
}

fn read<R: LineReader>(reader: &mut R, repeats: &mut RepeatDetector, line: Line<'_>, sink: &mut dyn Sink) {
    sink.raw_line(line.number, line.bytes);
    if !line.bytes.is_empty() && repeats.is_repeated(line.bytes) {
        sink.problem(ProblemKind::RepeatedLine, line.number);
    }
    reader.line(line, sink);
}

/// How many bytes at either end of a line are compared.
const END_BYTES: usize = 128;

/// Compares each line with the one before it by its length and both ends, where times and sequence numbers stand.
#[derive(Debug, Default)]
struct RepeatDetector {
    length: usize,
    ends: Vec<u8>,
}

impl RepeatDetector {
    /// Takes the next line; whether it looks the same as the one before.
    fn is_repeated(&mut self, line: &[u8]) -> bool {
        let head = line.get(..END_BYTES).unwrap_or(line);
        let tail = line.get(line.len().saturating_sub(END_BYTES)..).unwrap_or_default();
        let known = self.ends.split_at_checked(head.len());
        let same = self.length == line.len() && known == Some((head, tail));
        if !same {
            self.length = line.len();
            self.ends.clear();
            self.ends.extend_from_slice(head);
            self.ends.extend_from_slice(tail);
        }
        same
    }
}
