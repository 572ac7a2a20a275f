//! One folder for each format: lines in, the model's words out.

use super::jitsi::{JitsiReader, ReaderCheckpoint};
use crate::error::Error;
use crate::input::framing::Line;
use crate::model::Sink;
use crate::problems::ProblemKind;

/// What a file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A Jitsi client's RTCStats dump.
    JitsiClient,
    /// A dump of JVB, Jicofo, Jigasi or Jibri.
    JitsiServer,
}

impl Format {
    /// The report's `format`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::JitsiClient => "jitsi-client",
            Self::JitsiServer => "jitsi-server",
        }
    }

    /// Whether a person's client wrote it, not a machine of the deployment.
    #[must_use]
    pub const fn is_client(self) -> bool {
        matches!(self, Self::JitsiClient)
    }
}

/// Reads one file's lines, whatever its format.
#[derive(Debug, Default)]
pub struct Reader {
    jitsi: JitsiReader,
    first: Option<Vec<u8>>,
    last: Ends,
}

/// A line's length and ends, by which a repeated one is seen: times and numbers stand at the ends.
#[derive(Debug, Default)]
struct Ends {
    length: usize,
    bytes: Vec<u8>,
}

/// How much of either end is compared.
const END_BYTES: usize = 128;

impl Ends {
    /// Takes the next line; says whether it looks like the one before.
    fn repeats(&mut self, line: &[u8]) -> bool {
        let head = line.get(..END_BYTES).unwrap_or(line);
        let tail = line.get(line.len().saturating_sub(END_BYTES)..).unwrap_or_default();
        let known = self.bytes.split_at_checked(head.len());
        let same = self.length == line.len() && known == Some((head, tail));
        if !same {
            self.length = line.len();
            self.bytes.clear();
            self.bytes.extend_from_slice(head);
            self.bytes.extend_from_slice(tail);
        }
        same
    }
}

/// How much of the first line is kept to tell what a foreign file looks like.
const FIRST_BYTES: usize = 256;

impl Reader {
    /// A reader that keeps every numeric stats field, for a detail view.
    #[must_use]
    pub fn with_extras() -> Self {
        Self { jitsi: JitsiReader::with_extras(), ..Self::default() }
    }

    /// A reader that goes on where another file of the same server ended.
    pub(crate) fn resume(checkpoint: ReaderCheckpoint) -> Self {
        Self { jitsi: JitsiReader::resume(checkpoint), ..Self::default() }
    }

    /// How a server's dump stands, once it has ended.
    pub(crate) fn into_checkpoint(self) -> Option<ReaderCheckpoint> {
        self.jitsi.into_checkpoint()
    }

    /// Takes the next line.
    pub fn line(&mut self, line: Line<'_>, sink: &mut dyn Sink) {
        if self.first.is_none() && !line.bytes.trim_ascii().is_empty() {
            self.first = Some(line.bytes.get(..FIRST_BYTES).unwrap_or(line.bytes).to_vec());
        }
        if !line.bytes.is_empty() && self.last.repeats(line.bytes) {
            sink.problem(ProblemKind::RepeatedLine, line.number);
        }
        self.jitsi.line(line, sink);
    }

    /// Ends the file and says what it was.
    ///
    /// # Errors
    /// When no line of it was an entry of a dump.
    pub fn finish(&self) -> Result<Format, Error> {
        match (&self.first, self.jitsi.format()) {
            (_, Some(format)) => Ok(format),
            (None, None) => Err(Error::Empty),
            (Some(first), None) => Err(Error::NotADump { looks_like: looks_like(first) }),
        }
    }
}

/// What a foreign file's first bytes tell.
fn looks_like(first: &[u8]) -> Option<&'static str> {
    const SIGNS: &[(&[u8], &str)] = &[
        (b"RTCStatsDump", "an rtcstats dump, which this version does not read yet"),
        (b"{\"getUserMedia\"", "a chrome://webrtc-internals dump, which this version does not read yet"),
        (b"{\"PeerConnections\"", "a chrome://webrtc-internals dump, which this version does not read yet"),
        (b"PK\x03\x04", "a ZIP archive: unpack it and drop what is inside"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"\x89PNG", "a PNG picture"),
        (b"%PDF", "a PDF document"),
        (b"<!DOCTYPE", "a web page, perhaps an error page saved in place of the dump"),
        (b"<html", "a web page, perhaps an error page saved in place of the dump"),
        (b"<?xml", "an XML document, perhaps an error saved in place of the dump"),
        (b"\xff\xfe", "text in UTF-16: save it as UTF-8"),
        (b"\xfe\xff", "text in UTF-16: save it as UTF-8"),
    ];
    SIGNS.iter().find(|(sign, _)| first.trim_ascii_start().starts_with(sign)).map(|(_, name)| *name)
}
