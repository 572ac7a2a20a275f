//! How what a worker says begins, for tests that listen in: a message's first byte tells its kind, see
//! [`analyzer_wasm::wire`].

use analyzer_wasm::wire::FromWorker;

/// A JavaScript condition on a message's `event.data`: whether the report is told by it.
#[must_use]
pub fn is_overview() -> String {
    begins(&FromWorker::Overview { request: 0, conferences: Vec::new() }, 1)
}

/// The same for the progress of a file.
#[must_use]
pub fn is_progress_of(file: u32) -> String {
    begins(&FromWorker::Progress { file, bytes: 0, text_bytes: 0 }, 2)
}

fn begins(message: &FromWorker, bytes: usize) -> String {
    // Plain data always has a form in bytes.
    let start = postcard::to_stdvec(message).unwrap_or_default();
    let start: Vec<String> = start.iter().take(bytes).map(u8::to_string).collect();
    let start = start.join(",");
    format!("(data => new Uint8Array(data[0]).slice(0, {bytes}).join() === '{start}')")
}
