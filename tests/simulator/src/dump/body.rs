//! The growing bytes of a dump, compressed or not.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

/// The stored form of dumps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As text.
    Plain,
    /// Compressed, as servers store them.
    Gzip,
}

/// The bytes of a dump that is being written.
#[derive(Debug)]
pub(crate) struct Body {
    store: Store,
    text_bytes: u64,
}

#[derive(Debug)]
enum Store {
    Plain(Vec<u8>),
    Gzip(Box<GzEncoder<Vec<u8>>>),
}

impl Body {
    /// An empty dump.
    pub(crate) fn new(form: Form) -> Self {
        let store = match form {
            Form::Plain => Store::Plain(Vec::new()),
            Form::Gzip => Store::Gzip(Box::new(GzEncoder::new(Vec::new(), Compression::default()))),
        };
        Self { store, text_bytes: 0 }
    }

    /// Adds text.
    pub(crate) fn write(&mut self, text: &str) {
        self.text_bytes += text.len() as u64;
        match &mut self.store {
            Store::Plain(bytes) => bytes.extend_from_slice(text.as_bytes()),
            Store::Gzip(encoder) => {
                // Writing to memory cannot fail.
                let _ = encoder.write_all(text.as_bytes());
            }
        }
    }

    /// The bytes, and the size of their text in bytes.
    pub(crate) fn finish(self) -> (Vec<u8>, u64) {
        let bytes = match self.store {
            Store::Plain(bytes) => bytes,
            Store::Gzip(encoder) => encoder.finish().unwrap_or_default(),
        };
        (bytes, self.text_bytes)
    }
}
