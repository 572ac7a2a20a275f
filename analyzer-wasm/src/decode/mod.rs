//! Bytes to lines: gzip is seen by its magic, text is split at LF, and any chunking gives the same lines.

mod gzip;
mod lines;

pub use lines::{Line, LineSplitter};

use gzip::Gunzip;

use crate::limits::MAX_TEXT_BYTES;
use crate::problems::ProblemKind;

/// The first two bytes of every gzip member (RFC 1952 §2.3.1).
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Turns a file's bytes into text, compressed or not.
#[derive(Debug)]
pub struct Decoder {
    kind: Kind,
    bytes: u64,
    text_bytes: u64,
    problem: Option<ProblemKind>,
}

#[derive(Debug)]
enum Kind {
    /// Not enough bytes to tell.
    Unknown(Vec<u8>),
    Plain,
    Gzip(Box<Gunzip>),
}

impl Default for Decoder {
    fn default() -> Self {
        Self { kind: Kind::Unknown(Vec::new()), bytes: 0, text_bytes: 0, problem: None }
    }
}

impl Decoder {
    /// Takes the next bytes and hands out the text in them.
    pub fn push(&mut self, bytes: &[u8], text: &mut dyn FnMut(&[u8])) {
        self.bytes += bytes.len() as u64;
        if let Kind::Unknown(head) = &mut self.kind {
            head.extend_from_slice(bytes);
            if head.len() >= GZIP_MAGIC.len() {
                let head = std::mem::take(head);
                self.kind =
                    if head.starts_with(&GZIP_MAGIC) { Kind::Gzip(Box::default()) } else { Kind::Plain };
                self.decode(&head, text);
            }
        } else {
            self.decode(bytes, text);
        }
    }

    /// Ends the file.
    pub fn finish(&mut self, text: &mut dyn FnMut(&[u8])) {
        if let Kind::Unknown(head) = &mut self.kind {
            let head = std::mem::take(head);
            self.kind = Kind::Plain;
            self.decode(&head, text);
        }
        if let Kind::Gzip(gunzip) = &mut self.kind {
            gunzip.finish();
        }
    }

    /// Bytes taken.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Bytes of text handed out.
    #[must_use]
    pub fn text_bytes(&self) -> u64 {
        self.text_bytes
    }

    /// Whether the file is compressed, as far as was seen.
    #[must_use]
    pub fn is_gzip(&self) -> bool {
        matches!(self.kind, Kind::Gzip(_))
    }

    /// The problems since the last call.
    pub fn take_problems(&mut self) -> Vec<ProblemKind> {
        let mut found: Vec<ProblemKind> = self.problem.take().into_iter().collect();
        if let Kind::Gzip(gunzip) = &mut self.kind {
            found.append(&mut gunzip.problems);
        }
        found
    }

    fn decode(&mut self, bytes: &[u8], text: &mut dyn FnMut(&[u8])) {
        let before = self.text_bytes;
        let counter = &mut self.text_bytes;
        let mut limited = |part: &[u8]| {
            let room = usize::try_from(MAX_TEXT_BYTES.saturating_sub(*counter)).unwrap_or(usize::MAX);
            let part = part.get(..room).unwrap_or(part);
            *counter += part.len() as u64;
            if !part.is_empty() {
                text(part);
            }
        };
        match &mut self.kind {
            Kind::Gzip(gunzip) => gunzip.push(bytes, &mut limited),
            Kind::Plain | Kind::Unknown(_) => limited(bytes),
        }
        if before < MAX_TEXT_BYTES && self.text_bytes >= MAX_TEXT_BYTES {
            self.problem = Some(ProblemKind::TooMuchText);
        }
    }
}
