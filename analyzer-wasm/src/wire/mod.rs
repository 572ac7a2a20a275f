//! What the page and its workers say to each other: plain data, versioned, no JavaScript in it.
//!
//! Every message is a two-element array `[bytes, payload]`: one of these enums in postcard's form and, where the
//! variant says so, one payload (a `File` handle, or an `ArrayBuffer` that is transferred, never copied). JSON would
//! cost the page twice: in code to load before it shows anything, and in time to read.
//!
//! A worker is silent until its module runs; then it says [`FromWorker::Ready`], and only then may it be asked
//! for anything. Cancelling is `Worker.terminate()`: there is no message for it.

mod chart;
mod failure;
mod field_match;
mod message;
mod overview;
mod trend;

pub use chart::{ChartLine, ChartMetric, ChartStream};
pub use failure::Failure;
pub use field_match::FieldMatch;
pub use message::{FromWorker, ToWorker, WIRE_VERSION};
pub use overview::{Overview, PART_ENTRIES, Part};
pub use trend::{TREND_BINS, Trend};
