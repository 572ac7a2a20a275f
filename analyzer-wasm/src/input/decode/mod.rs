//! Decodes a file's bytes to text: gzip is recognized by its magic number, everything else is plain text.

mod gzip;

use gzip::Gunzip;

use crate::limits::MAX_TEXT_BYTES;
use crate::problems::ProblemKind;

/// The first two bytes of every gzip member (RFC 1952 §2.3.1).
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// The output of decoding, in the order of the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decoded<'a> {
    /// Text, which may be cut anywhere.
    Text(&'a [u8]),
    /// A problem at this place.
    Problem(ProblemKind),
}

/// Turns a file's bytes into text, compressed or not.
#[derive(Debug)]
pub struct Decoder {
    kind: Kind,
    bytes: u64,
    text_bytes: u64,
}

#[derive(Debug)]
enum Kind {
    /// There are too few bytes yet to decide.
    Unknown(Vec<u8>),
    Plain,
    Gzip(Box<Gunzip>),
}

impl Default for Decoder {
    fn default() -> Self {
        Self { kind: Kind::Unknown(Vec::new()), bytes: 0, text_bytes: 0 }
    }
}

impl Decoder {
    /// Takes the next bytes and passes on the text in them.
    pub fn push(&mut self, bytes: &[u8], out: &mut dyn FnMut(Decoded<'_>)) {
        self.bytes += bytes.len() as u64;
        if let Kind::Unknown(head) = &mut self.kind {
            head.extend_from_slice(bytes);
            if head.len() >= GZIP_MAGIC.len() {
                let head = std::mem::take(head);
                self.kind =
                    if head.starts_with(&GZIP_MAGIC) { Kind::Gzip(Box::default()) } else { Kind::Plain };
                self.decode(&head, out);
            }
        } else {
            self.decode(bytes, out);
        }
    }

    /// Ends the file.
    pub fn finish(&mut self, out: &mut dyn FnMut(Decoded<'_>)) {
        if let Kind::Unknown(head) = &mut self.kind {
            let head = std::mem::take(head);
            self.kind = Kind::Plain;
            self.decode(&head, out);
        }
        if let Kind::Gzip(gunzip) = &mut self.kind {
            gunzip.finish(out);
        }
    }

    /// Bytes taken.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Bytes of text passed on.
    #[must_use]
    pub fn text_bytes(&self) -> u64 {
        self.text_bytes
    }

    fn decode(&mut self, bytes: &[u8], out: &mut dyn FnMut(Decoded<'_>)) {
        let counter = &mut self.text_bytes;
        let mut limited = |decoded: Decoded<'_>| {
            let Decoded::Text(part) = decoded else { return out(decoded) };
            let room = usize::try_from(MAX_TEXT_BYTES.saturating_sub(*counter)).unwrap_or(usize::MAX);
            if room == 0 {
                return;
            }
            let kept = part.get(..room).unwrap_or(part);
            *counter += kept.len() as u64;
            out(Decoded::Text(kept));
            if *counter >= MAX_TEXT_BYTES {
                out(Decoded::Problem(ProblemKind::TooMuchText));
            }
        };
        match &mut self.kind {
            Kind::Gzip(gunzip) => gunzip.push(bytes, &mut limited),
            Kind::Plain | Kind::Unknown(_) => limited(Decoded::Text(bytes)),
        }
    }
}
