//! Ways to read dumps in tests.

use std::io::Write as _;

use analyzer_wasm::error::Error;
use analyzer_wasm::extract::Extract;
use analyzer_wasm::report::{Participant, Report};
use e2e::driver;
use e2e::dump::Dump;
use e2e::workspace::recorded_call;
use flate2::Compression;
use flate2::write::GzEncoder;

/// The extract of a dump that arrives in chunks, as bytes: its columns hold NaN, which equals nothing.
pub(crate) fn bytes_in(name: &str, bytes: &[u8], chunk: usize) -> Result<Vec<u8>, Error> {
    driver::extract_in(name, bytes, chunk).map(|extract| extract.to_bytes())
}

/// The extract of a dump that arrives in one piece.
pub(crate) fn extract(bytes: &[u8]) -> Extract {
    driver::extract("dump", bytes).unwrap()
}

/// The only report of a dump.
pub(crate) fn report(bytes: &[u8]) -> Report {
    driver::report([("dump", bytes)]).unwrap()
}

/// The only report of these dumps.
pub(crate) fn report_of(dumps: &[(&str, &Dump)]) -> Report {
    driver::report(dumps.iter().map(|(name, dump)| (*name, dump.bytes()))).unwrap()
}

/// The only participant of a dump.
pub(crate) fn participant(bytes: &[u8]) -> Participant {
    let [participant] = <[Participant; 1]>::try_from(report(bytes).participants).unwrap();
    participant
}

/// The kinds of problems of a dump with their count and first line.
pub(crate) fn problems(bytes: &[u8]) -> Vec<(String, u64, Option<u64>)> {
    let file = report(bytes).files.remove(0);
    file.problems.into_iter().map(|problem| (problem.kind, problem.count, problem.first_line)).collect()
}

/// The text, compressed.
pub(crate) fn gzip(text: &[u8]) -> Vec<u8> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::default());
    writer.write_all(text).unwrap();
    writer.finish().unwrap()
}

/// Bytes of a recorded dump of this repository.
pub(crate) fn recorded(name: &str) -> Vec<u8> {
    let path = recorded_call().into_iter().find(|path| path.ends_with(name)).unwrap();
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The text of a recorded dump.
pub(crate) fn recorded_text(name: &str) -> Vec<u8> {
    let mut text = Vec::new();
    let bytes = recorded(name);
    std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(&*bytes), &mut text).unwrap();
    text
}
