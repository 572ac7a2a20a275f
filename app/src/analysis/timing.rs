//! What User Timing shows of a load: reading, each file, and all of it until the findings are painted.

use crate::shell::browser;
use crate::state::batch::{Batch, BatchFile};

/// From the drop until the last file is read.
const READ: &str = "rtcscope.read";
/// One file: from a worker's taking it until its extract is there.
const EXTRACT: &str = "rtcscope.extract";
/// From the drop until the findings are painted.
const TOTAL: &str = "rtcscope.total";

/// The last file of a load is read.
pub(super) fn read(batch: &Batch) {
    browser::measure(READ, batch.began_ms(), browser::now_ms(), &[]);
}

/// A file's extract is there.
#[expect(clippy::cast_precision_loss, reason = "no file has 2^53 bytes")]
pub(super) fn extract(file: &BatchFile) {
    if let Some(began_ms) = file.began_ms {
        let sizes = [("bytes", file.given.bytes as f64), ("textBytes", file.text_bytes as f64)];
        browser::measure(EXTRACT, began_ms, browser::now_ms(), &sizes);
    }
}

/// The findings are on the page.
pub(super) fn total(began_ms: f64) {
    browser::measure(TOTAL, began_ms, browser::now_ms(), &[]);
}

/// The call is closed.
pub(super) fn forget() {
    browser::clear_measures(&[READ, EXTRACT, TOTAL]);
}
