//! The application's console lines: text in compressed blocks with an index, so that a long call's log stays small
//! until somebody asks for it.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use serde::{Deserialize, Serialize};

use crate::limits::{LOG_BLOCK_BYTES, MAX_LOG_BYTES};
use crate::model::Stamp;

/// One console line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogLine {
    /// Epoch ms on the writer's clock, of the entry that brought it.
    pub at_ms: f64,
    /// The dump's line that holds it, counted from 1.
    pub line: u64,
    /// How often it came in a row.
    pub count: u64,
    /// What it says.
    pub text: String,
}

/// Some lines, compressed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Block {
    first_ms: f64,
    last_ms: f64,
    raw_bytes: usize,
    deflated: Vec<u8>,
}

/// The console lines of one dump.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Logs {
    blocks: Vec<Block>,
    lines: u64,
    bytes: usize,
}

impl Logs {
    /// How many lines there are, repeats included.
    #[must_use]
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// The lines of a stretch of time, in the order of the dump; of the blocks only those that touch it are opened.
    pub fn between(&self, from_ms: f64, to_ms: f64) -> impl Iterator<Item = LogLine> {
        let touching =
            self.blocks.iter().filter(move |block| block.first_ms <= to_ms && from_ms <= block.last_ms);
        touching.flat_map(Block::open).filter(move |line| from_ms <= line.at_ms && line.at_ms <= to_ms)
    }
}

impl Block {
    fn open(&self) -> Vec<LogLine> {
        let mut raw = Vec::with_capacity(self.raw_bytes);
        let done = Decompress::new(false).decompress_vec(&self.deflated, &mut raw, FlushDecompress::Finish);
        match done {
            Ok(Status::StreamEnd) => postcard::from_bytes(&raw).unwrap_or_default(),
            _ => Vec::new(),
        }
    }
}

/// The console lines as they are being read.
#[derive(Debug, Default)]
pub(super) struct LogWriter {
    logs: Logs,
    open: Vec<LogLine>,
    open_bytes: usize,
}

impl LogWriter {
    /// Takes a line; says whether it was kept.
    pub(super) fn add(&mut self, at: Stamp, text: &str, count: u64) -> bool {
        self.logs.lines += count;
        if self.logs.bytes >= MAX_LOG_BYTES {
            return false;
        }
        self.open_bytes += text.len() + size_of::<LogLine>();
        self.open.push(LogLine { at_ms: at.at_ms, line: at.line, count, text: text.to_owned() });
        if self.open_bytes >= LOG_BLOCK_BYTES {
            self.close();
        }
        true
    }

    /// Ends the dump.
    pub(super) fn finish(mut self) -> Logs {
        self.close();
        self.logs
    }

    fn close(&mut self) {
        self.open_bytes = 0;
        let lines = std::mem::take(&mut self.open);
        let times = || lines.iter().map(|line| line.at_ms);
        let (Some(first_ms), Some(last_ms)) = (times().reduce(f64::min), times().reduce(f64::max)) else {
            return;
        };
        let raw = postcard::to_stdvec(&lines).unwrap_or_default();
        // Deflate makes incompressible bytes at most a little longer: 5 bytes for each 16 KiB, and a few to end.
        let mut deflated = Vec::with_capacity(raw.len() + raw.len() / 1_024 + 64);
        let done = Compress::new(Compression::fast(), false).compress_vec(
            &raw,
            &mut deflated,
            FlushCompress::Finish,
        );
        if matches!(done, Ok(Status::StreamEnd)) {
            deflated.shrink_to_fit();
            self.logs.bytes += deflated.len();
            self.logs.blocks.push(Block { first_ms, last_ms, raw_bytes: raw.len(), deflated });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_by_time_and_take_little_room() {
        let mut writer = LogWriter::default();
        for number in 0..20_000_u32 {
            let at = Stamp { at_ms: f64::from(number), line: u64::from(number / 50) + 1 };
            assert!(writer.add(at, &format!("[modules/xmpp/ChatRoom.js] <fn>: message {number}"), 2));
        }
        let logs = writer.finish();
        assert_eq!(logs.lines(), 40_000);
        assert!(
            logs.blocks.len() > 3 && logs.bytes < 400_000,
            "{} blocks, {} bytes",
            logs.blocks.len(),
            logs.bytes
        );
        let found: Vec<LogLine> = logs.between(12_345.0, 12_346.0).collect();
        let texts: Vec<&str> = found.iter().filter_map(|line| line.text.split(": ").nth(1)).collect();
        assert_eq!(texts, ["message 12345", "message 12346"]);
        assert_eq!((found[0].line, found[0].count), (247, 2));
        assert_eq!(logs.between(f64::MIN, f64::MAX).count(), 20_000);
    }

    #[test]
    fn noise_survives_too() {
        let mut writer = LogWriter::default();
        let text: String = (0..300_000_u32)
            .map(|n| char::from(b'!' + (n.wrapping_mul(2_654_435_761) >> 25) as u8 % 90))
            .collect();
        writer.add(Stamp { at_ms: 1.0, line: 1 }, &text, 1);
        assert_eq!(writer.finish().between(0.0, 2.0).next().map(|line| line.text), Some(text));
    }
}
