//! Reads one file of any supported format: decodes its bytes, recognizes its format by the start of its text, and passes
//! what a reader of that format finds to a sink.
//!
//! ```text
//! bytes → decode → (the first 64 KiB: formats) → framing and reader of the format → sink
//! ```

pub mod decode;
pub mod formats;
pub mod framing;
mod head;
mod json;
pub mod logs;
mod reader;
mod time;
mod unsupported;

pub use formats::jitsi::ReaderCheckpoint;
pub use head::{Outline, Start};
pub use reader::{ByLine, FormatReader, LineReader, ReaderEnd, ReaderOptions};

use crate::error::Error;
use crate::model::Sink;
use crate::problems::ProblemKind;
use decode::{Decoded, Decoder};
use formats::{Format, Recognized, jitsi, recognize};
use head::Head;

/// Reads one file, in chunks that may end anywhere: what the sink gets does not depend on where.
#[derive(Debug, Default)]
pub struct FileReader {
    decoder: Decoder,
    stage: Stage,
    /// Whether every numeric field of stats reports is kept.
    keeps_all_fields: bool,
    /// Whether compressed data was cut or damaged.
    is_damaged: bool,
}

/// What is known of a file when it has ended.
#[derive(Debug)]
pub struct FileEnd {
    /// Its format.
    pub format: &'static Format,
    /// Bytes as given.
    pub bytes: u64,
    /// Bytes of text.
    pub text_bytes: u64,
    /// Lines of text.
    pub lines: u64,
    /// The state from which the next part of a server's dump can be read.
    pub checkpoint: Option<ReaderCheckpoint>,
}

/// How far the reading of a file has come.
#[derive(Debug)]
enum Stage {
    /// The text so far is too short to be recognized.
    Head(Head),
    /// Its format is known.
    Reading(&'static Format, Box<dyn FormatReader>),
    /// It is not read; what is left of it is ignored.
    Refused(Error),
}

impl Default for Stage {
    fn default() -> Self {
        Self::Head(Head::default())
    }
}

impl FileReader {
    /// A reader that keeps every numeric field of stats reports.
    #[must_use]
    pub fn with_all_fields() -> Self {
        Self { keeps_all_fields: true, ..Self::default() }
    }

    /// A reader of the file that continues the one at whose end the checkpoint was taken.
    #[must_use]
    pub fn resume(checkpoint: ReaderCheckpoint) -> Self {
        let (format, reader) = jitsi::resume(checkpoint);
        Self { stage: Stage::Reading(format, reader), ..Self::default() }
    }

    /// Takes the next bytes.
    pub fn push(&mut self, bytes: &[u8], sink: &mut dyn Sink) {
        let Self { decoder, stage, keeps_all_fields, is_damaged } = self;
        decoder.push(bytes, &mut |decoded| take(decoded, stage, *keeps_all_fields, is_damaged, sink));
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When the file is refused: it is empty, of no format that is read, or nothing in it could be read.
    pub fn finish(mut self, sink: &mut dyn Sink) -> Result<FileEnd, Error> {
        let Self { decoder, stage, keeps_all_fields, is_damaged } = &mut self;
        decoder.finish(&mut |decoded| take(decoded, stage, *keeps_all_fields, is_damaged, sink));
        stage.recognize(*keeps_all_fields, sink);
        let (bytes, text_bytes) = (self.decoder.bytes(), self.decoder.text_bytes());
        let (format, reader) = match self.stage {
            Stage::Reading(format, reader) => (format, reader),
            Stage::Refused(_) | Stage::Head(_) if self.is_damaged && text_bytes == 0 => {
                return Err(Error::DamagedGzip);
            }
            Stage::Refused(error) => return Err(error),
            Stage::Head(_) => return Err(Error::Empty),
        };
        let end = reader.finish(sink);
        if !end.has_entries {
            return Err(Error::UnrecognizedFormat);
        }
        let format = end.format.unwrap_or(format);
        Ok(FileEnd { format, bytes, text_bytes, lines: end.lines, checkpoint: end.checkpoint })
    }

    /// Bytes of text so far.
    #[must_use]
    pub fn text_bytes(&self) -> u64 {
        self.decoder.text_bytes()
    }
}

impl Stage {
    /// Takes the next text.
    fn push(&mut self, text: &[u8], keeps_all_fields: bool, sink: &mut dyn Sink) {
        match self {
            Self::Reading(_, reader) => reader.push(text, sink),
            Self::Refused(_) => {}
            Self::Head(head) => {
                if let Some(rest) = head.push(text) {
                    self.recognize(keeps_all_fields, sink);
                    self.push(rest, keeps_all_fields, sink);
                }
            }
        }
    }

    /// Decides on the format, if it is not known yet, and reads the head.
    fn recognize(&mut self, keeps_all_fields: bool, sink: &mut dyn Sink) {
        let Self::Head(head) = self else { return };
        let head = std::mem::take(head);
        *self = match recognize(head.text()) {
            Recognized::Format(format) => {
                Self::Reading(format, (format.reader)(ReaderOptions { keeps_all_fields, head: head.text() }))
            }
            Recognized::Unsupported(format) => Self::Refused(Error::UnsupportedFormat(format.refused)),
            Recognized::Unknown => Self::Refused(Error::UnrecognizedFormat),
            Recognized::Blank if head.is_full() => Self::Refused(Error::UnrecognizedFormat),
            Recognized::Blank => Self::Refused(Error::Empty),
        };
        self.push(head.text(), keeps_all_fields, sink);
    }

    /// The line of text at which the file stands, counted from 1.
    fn line(&self) -> u64 {
        match self {
            Self::Head(head) => 1 + head.text().iter().filter(|byte| **byte == b'\n').count() as u64,
            Self::Reading(_, reader) => 1 + reader.lines(),
            Self::Refused(_) => 1,
        }
    }
}

/// Passes text on to the reader; a problem of the decoder is reported on the line that it interrupts.
fn take(
    decoded: Decoded<'_>,
    stage: &mut Stage,
    keeps_all_fields: bool,
    is_damaged: &mut bool,
    sink: &mut dyn Sink,
) {
    match decoded {
        Decoded::Text(text) => stage.push(text, keeps_all_fields, sink),
        Decoded::Problem(problem) => {
            *is_damaged |= matches!(problem, ProblemKind::GzipDamaged | ProblemKind::GzipCut);
            sink.problem(problem, stage.line());
        }
    }
}
