//! Reads one file once and keeps what rules, quality and charts need.

use crate::error::Error;

/// Reads one file, in chunks that may end anywhere.
#[derive(Debug)]
pub struct Extractor;

/// What one file said.
#[derive(Debug)]
pub struct Extract;

impl Extractor {
    /// Begins a file.
    #[must_use]
    pub fn new(_file_name: &str) -> Self {
        Self
    }
    /// Takes the next bytes.
    pub fn push(&mut self, _bytes: &[u8]) {}
    /// Bytes of text so far.
    #[must_use]
    pub fn text_bytes(&self) -> u64 {
        0
    }
    /// Ends the file.
    ///
    /// # Errors
    /// When nothing in it is a dump.
    pub fn finish(self) -> Result<Extract, Error> {
        Err(Error::Empty)
    }
}

impl Extract {
    /// For the way from one worker to another.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        Vec::new()
    }
    /// The way back.
    ///
    /// # Errors
    /// When the bytes are not of this version.
    pub fn from_bytes(_bytes: &[u8]) -> Result<Self, Error> {
        Err(Error::ForeignExtract)
    }
}
