//! The stages that read one file, each to where it ends.

use std::hint::black_box;

use analyzer_wasm::detail::Detail;
use analyzer_wasm::extract::Extract;
use analyzer_wasm::input::decode::{Decoded, Decoder};
use analyzer_wasm::input::formats::{Format, Reader};
use analyzer_wasm::input::framing::{Line, LineSplitter};
use analyzer_wasm::model::{Event, Identity, ReportTable, Sink, Stamp};
use analyzer_wasm::problems::ProblemKind;
use e2e::driver;

/// What the page's workers slice files into.
const CHUNK_BYTES: usize = 2 << 20;

/// Bytes to lines.
pub(crate) fn decode(bytes: &[u8]) -> u64 {
    lines(bytes, &mut |line| {
        black_box(line);
    })
}

/// Bytes to the model's words, which nobody hears.
pub(crate) fn read(bytes: &[u8]) -> Format {
    let mut reader = Reader::default();
    lines(bytes, &mut |line| reader.line(line, &mut Deaf));
    reader.finish().expect("the simulator writes dumps")
}

/// A file's whole way in a worker.
pub(crate) fn extract(name: &str, bytes: &[u8]) -> Extract {
    driver::extract_in(name, bytes, CHUNK_BYTES).expect("the simulator writes dumps")
}

/// A file's every number.
pub(crate) fn detail(bytes: &[u8]) -> Detail {
    driver::detail_in(bytes, CHUNK_BYTES).expect("the simulator writes dumps")
}

fn lines(bytes: &[u8], line: &mut dyn FnMut(Line<'_>)) -> u64 {
    let (mut decoder, mut lines) = (Decoder::default(), LineSplitter::default());
    let mut take = |decoded: Decoded<'_>| match decoded {
        Decoded::Text(text) => lines.push(text, line),
        Decoded::Problem(problem) => {
            unreachable!("the simulator writes whole files, and this says {problem:?}")
        }
    };
    bytes.chunks(CHUNK_BYTES).for_each(|chunk| decoder.push(chunk, &mut take));
    decoder.finish(&mut take);
    lines.finish(line);
    lines.lines()
}

/// Hears nothing.
struct Deaf;

impl Sink for Deaf {
    fn identity(&mut self, _at: Stamp, _identity: Identity) {}

    fn server_stamp(&mut self, _epoch_ms: f64) {}

    fn event(&mut self, _event: Event) {}

    fn stats(&mut self, _at: Stamp, _connection: &str, _table: &ReportTable) {}

    fn log(&mut self, _at: Stamp, _own_ms: Option<f64>, _text: &str, _count: u64) {}

    fn description(&mut self, _at: Stamp, _connection: Option<&str>, _method: &str, _sdp: &str) {}

    fn problem(&mut self, _kind: ProblemKind, _line: u64) {}
}
