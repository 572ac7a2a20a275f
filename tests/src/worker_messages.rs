//! Recognizes the messages of workers in tests by the first bytes of a message's header, see
//! [`analyzer_wasm::wire`].

use analyzer_wasm::query::Overviews;
use analyzer_wasm::wire::{FromWorker, Response, ResponseContent, Tagged, encode};

/// A JavaScript condition on the `event.data` of a message: it is the answer to the query for the overviews, by which
/// the report reaches the page.
#[must_use]
pub fn is_overview() -> String {
    let head = Response { tag: Overviews::TAG, content: ResponseContent::Answer, id: 0 };
    // All but the last byte, which is the id.
    begins(&FromWorker::Response(head), 3)
}

/// A JavaScript condition on the `event.data` of a message: it reports progress of this file.
#[must_use]
pub fn is_progress_of(file: u32) -> String {
    begins(&FromWorker::Progress { file, bytes: 0, text_bytes: 0 }, 2)
}

fn begins(head: &FromWorker, bytes: usize) -> String {
    let start: Vec<String> = encode(head).iter().take(bytes).map(u8::to_string).collect();
    let start = start.join(",");
    format!("(data => new Uint8Array(data[0]).slice(0, {bytes}).join() === '{start}')")
}
