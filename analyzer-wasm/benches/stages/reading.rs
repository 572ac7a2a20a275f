//! The stages that read one file, each to where it ends.

use std::hint::black_box;

use analyzer_wasm::detail::Detail;
use analyzer_wasm::extract::Extract;
use analyzer_wasm::input::decode::{Decoded, Decoder};
use analyzer_wasm::input::framing::{Line, LineSplitter};
use analyzer_wasm::input::{FileEnd, FileReader};
use analyzer_wasm::model::{ClientSink, FileSink, ServerSink};
use analyzer_wasm::problems::ProblemKind;
use e2e::driver;

/// The chunk size of the page's workers.
const CHUNK_BYTES: usize = 2 << 20;

/// Bytes to lines.
pub(crate) fn decode(bytes: &[u8]) -> u64 {
    lines(bytes, &mut |line| {
        black_box(line);
    })
}

/// Bytes to entries, which are dropped.
pub(crate) fn read(bytes: &[u8]) -> FileEnd {
    let mut reader = FileReader::default();
    bytes.chunks(CHUNK_BYTES).for_each(|chunk| reader.push(chunk, &mut NoSink));
    reader.finish(&mut NoSink).expect("the simulator writes dumps")
}

/// All processing of a file in a worker.
pub(crate) fn extract(name: &str, bytes: &[u8]) -> Extract {
    driver::extract_in(name, bytes, CHUNK_BYTES).expect("the simulator writes dumps")
}

/// All statistics fields of a file.
pub(crate) fn detail(bytes: &[u8]) -> Detail {
    driver::detail_in(bytes, CHUNK_BYTES).expect("the simulator writes dumps")
}

fn lines(bytes: &[u8], line: &mut dyn FnMut(Line<'_>)) -> u64 {
    let (mut decoder, mut lines) = (Decoder::default(), LineSplitter::default());
    let mut take = |decoded: Decoded<'_>| match decoded {
        Decoded::Text(text) => lines.push(text, line),
        Decoded::Problem(problem) => {
            unreachable!("a simulated file has a problem: {problem:?}")
        }
    };
    bytes.chunks(CHUNK_BYTES).for_each(|chunk| decoder.push(chunk, &mut take));
    decoder.finish(&mut take);
    lines.finish(line);
    lines.lines()
}

/// Drops everything.
struct NoSink;

impl FileSink for NoSink {
    fn problem(&mut self, _kind: ProblemKind, _line: u64) {}
}

impl ClientSink for NoSink {}

impl ServerSink for NoSink {}
