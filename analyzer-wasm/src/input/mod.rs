//! Reads one file of any supported format: decodes its bytes, frames its text and passes what it holds to a sink.

pub mod decode;
pub mod formats;
pub mod framing;
mod jitsi;
mod json;
pub mod logs;

pub(crate) use jitsi::ReaderCheckpoint;

use crate::error::Error;
use crate::model::Sink;
use crate::problems::ProblemKind;
use decode::{Decoded, Decoder};
use formats::{Format, Reader};
use framing::{Line, LineSplitter};

/// Reads one file, in chunks that may end anywhere: what the sink is told does not depend on where.
#[derive(Debug, Default)]
pub(crate) struct FileReader {
    decoder: Decoder,
    lines: LineSplitter,
    reader: Reader,
    /// Whether compressed data ended before its end.
    damaged: bool,
}

/// What is known of a file when it has ended.
#[derive(Debug)]
pub(crate) struct FileEnd {
    pub(crate) format: Format,
    pub(crate) bytes: u64,
    pub(crate) text_bytes: u64,
    pub(crate) lines: u64,
    /// How a server's dump stood.
    pub(crate) checkpoint: Option<ReaderCheckpoint>,
}

impl FileReader {
    /// A pipeline that keeps every numeric stats field, for a detail view.
    pub(crate) fn with_extras() -> Self {
        Self { reader: Reader::with_extras(), ..Self::default() }
    }

    /// A pipeline that goes on where another file of the same server ended.
    pub(crate) fn resume(checkpoint: ReaderCheckpoint) -> Self {
        Self { reader: Reader::resume(checkpoint), ..Self::default() }
    }

    /// Takes the next bytes.
    pub(crate) fn push(&mut self, bytes: &[u8], sink: &mut dyn Sink) {
        let Self { decoder, lines, reader, damaged } = self;
        decoder.push(bytes, &mut |decoded| take(decoded, lines, reader, damaged, sink));
    }

    /// Ends the file.
    pub(crate) fn finish(mut self, sink: &mut dyn Sink) -> Result<FileEnd, Error> {
        let Self { decoder, lines, reader, damaged } = &mut self;
        decoder.finish(&mut |decoded| take(decoded, lines, reader, damaged, sink));
        lines.finish(&mut |line| read(reader, line, sink));
        let format = self.reader.finish().map_err(|error| match error {
            _ if self.damaged && self.decoder.text_bytes() == 0 => Error::DamagedGzip,
            other => other,
        })?;
        let (bytes, text_bytes) = (self.decoder.bytes(), self.decoder.text_bytes());
        let (lines, checkpoint) = (self.lines.lines(), self.reader.into_checkpoint());
        Ok(FileEnd { format, bytes, text_bytes, lines, checkpoint })
    }

    /// Bytes of text so far.
    pub(crate) fn text_bytes(&self) -> u64 {
        self.decoder.text_bytes()
    }
}

/// Text becomes lines; what decoding complains of stands on the line that it interrupts.
fn take(
    decoded: Decoded<'_>,
    lines: &mut LineSplitter,
    reader: &mut Reader,
    damaged: &mut bool,
    sink: &mut dyn Sink,
) {
    match decoded {
        Decoded::Text(text) => lines.push(text, &mut |line| read(reader, line, sink)),
        Decoded::Problem(problem) => {
            *damaged |= matches!(problem, ProblemKind::GzipDamaged | ProblemKind::GzipCut);
            sink.problem(problem, lines.lines() + 1);
        }
    }
}

fn read(reader: &mut Reader, line: Line<'_>, sink: &mut dyn Sink) {
    sink.raw_line(line.number, line.bytes);
    reader.line(line, sink);
}
