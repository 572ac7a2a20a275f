//! Log records: a line that starts one, and the lines after it that do not, such as a stack trace.

use super::{Line, LineSplitter};
use crate::limits::MAX_RECORD_BYTES;

/// One record of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogRecord<'a> {
    /// Its first line, counted from 1.
    pub line: u64,
    /// How many lines it has.
    pub lines: u64,
    /// Its lines without their ends, joined by LF.
    pub text: &'a [u8],
    /// Whether lines were left out at its end because it is longer than [`MAX_RECORD_BYTES`]; the reader reports
    /// [`crate::problems::ProblemKind::RecordTooLong`].
    pub too_long: bool,
}

/// Joins the lines of a log to records. The records do not depend on where the text is cut.
#[derive(Debug)]
pub struct LogRecords {
    splitter: LineSplitter,
    record: Record,
}

#[derive(Debug)]
struct Record {
    starts: fn(&[u8]) -> bool,
    line: u64,
    lines: u64,
    text: Vec<u8>,
    too_long: bool,
}

impl LogRecords {
    /// Records that start with the lines for which `starts` is true. Lines before the first such line are a record of
    /// their own.
    #[must_use]
    pub fn new(starts: fn(&[u8]) -> bool) -> Self {
        let record = Record { starts, line: 0, lines: 0, text: Vec::new(), too_long: false };
        Self { splitter: LineSplitter::default(), record }
    }

    /// Takes the next text and passes on each record after which another one starts.
    pub fn push(&mut self, text: &[u8], record: &mut dyn FnMut(LogRecord<'_>)) {
        let Self { splitter, record: current } = self;
        splitter.push(text, &mut |line| current.line(line, record));
    }

    /// Ends the text and passes on the last record.
    pub fn finish(&mut self, record: &mut dyn FnMut(LogRecord<'_>)) {
        let Self { splitter, record: current } = self;
        splitter.finish(&mut |line| current.line(line, record));
        current.end(record);
    }

    /// Lines of text so far.
    #[must_use]
    pub fn lines(&self) -> u64 {
        self.splitter.lines()
    }
}

impl Record {
    fn line(&mut self, line: Line<'_>, record: &mut dyn FnMut(LogRecord<'_>)) {
        if self.lines > 0 && (self.starts)(line.bytes) {
            self.end(record);
        }
        if self.lines == 0 {
            self.line = line.number;
        } else if !self.too_long {
            self.text.push(b'\n');
        }
        self.lines += 1;
        self.too_long |= line.too_long || self.text.len() + line.bytes.len() > MAX_RECORD_BYTES;
        if !self.too_long {
            self.text.extend_from_slice(line.bytes);
        }
    }

    fn end(&mut self, record: &mut dyn FnMut(LogRecord<'_>)) {
        if self.lines > 0 {
            let Self { line, lines, too_long, .. } = *self;
            record(LogRecord { line, lines, text: &self.text, too_long });
        }
        self.text.clear();
        self.lines = 0;
        self.too_long = false;
    }
}
