//! Bytes that are kept compressed until they are needed.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use serde::{Deserialize, Serialize};

/// Compressed bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Deflated {
    raw_bytes: usize,
    bytes: Vec<u8>,
}

impl Deflated {
    /// Compresses bytes; `None` where the compressor fails.
    pub(super) fn of(raw: &[u8]) -> Option<Self> {
        // Deflate adds at most 5 bytes for each 16 KiB of incompressible data, and a few at the end.
        let mut bytes = Vec::with_capacity(raw.len() + raw.len() / 1_024 + 64);
        let done =
            Compress::new(Compression::fast(), false).compress_vec(raw, &mut bytes, FlushCompress::Finish);
        bytes.shrink_to_fit();
        matches!(done, Ok(Status::StreamEnd)).then_some(Self { raw_bytes: raw.len(), bytes })
    }

    /// The size after decompression, in bytes.
    pub(super) fn raw_bytes(&self) -> usize {
        self.raw_bytes
    }

    /// The compressed size, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Decompresses the bytes.
    pub(super) fn open(&self) -> Option<Vec<u8>> {
        let mut raw = Vec::with_capacity(self.raw_bytes);
        let done = Decompress::new(false).decompress_vec(&self.bytes, &mut raw, FlushDecompress::Finish);
        matches!(done, Ok(Status::StreamEnd)).then_some(raw)
    }
}
