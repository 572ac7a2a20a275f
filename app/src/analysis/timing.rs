//! User Timing measures of a load: reading all files, each file, and everything until the findings are painted.

use crate::shell::browser;
use crate::state::batch::{Batch, BatchFile};

/// From the drop until the last file is read.
const READ: &str = "rtcscope.read";
/// One file: from its assignment to a worker until its extract has arrived.
const EXTRACT: &str = "rtcscope.extract";
/// From the drop until the findings are painted.
const TOTAL: &str = "rtcscope.total";

/// The last file of a load has been read.
pub(super) fn read(batch: &Batch) {
    browser::measure(READ, batch.began_ms(), browser::now_ms(), &[]);
}

/// A file's extract has arrived.
#[expect(clippy::cast_precision_loss, reason = "no file has 2^53 bytes")]
pub(super) fn extract(file: &BatchFile) {
    if let Some(began_ms) = file.began_ms {
        let sizes = [("bytes", file.given.bytes as f64), ("textBytes", file.text_bytes as f64)];
        browser::measure(EXTRACT, began_ms, browser::now_ms(), &sizes);
    }
}

/// The findings have been painted.
pub(super) fn total(began_ms: f64) {
    browser::measure(TOTAL, began_ms, browser::now_ms(), &[]);
}

/// The call is closed: removes the measures.
pub(super) fn clear() {
    browser::clear_measures(&[READ, EXTRACT, TOTAL]);
}
