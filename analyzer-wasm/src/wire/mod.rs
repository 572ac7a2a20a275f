//! The messages between the page and its workers: plain data, versioned, without JavaScript.
//!
//! A message is an array of three elements, `[head, body, payload]`:
//! - `head`: a [`ToWorker`] or [`FromWorker`], encoded;
//! - `body`: an encoded query or answer after [`ToWorker::Request`] and [`FromWorker::Response`], otherwise undefined;
//! - `payload`: a `File` handle, or an `ArrayBuffer` that is transferred without a copy, where the message has one.
//!
//! The encoding is postcard: JSON would add an eighth to the page's code and take longer to read.
//!
//! The life of a worker (read a file, keep an extract, build the reports) is driven by the variants of [`ToWorker`].
//! Everything that the page wants to know is a [`Query`] inside [`ToWorker::Request`], and needs no variant.
//!
//! A worker sends nothing until its module runs. Its first message is [`FromWorker::Ready`], and only then may messages
//! be sent to it. Cancelling a read is `Worker.terminate()`. There is no message that cancels a query: a worker handles
//! one message after another, so that the cancellation would be read only after the answer was sent. The page drops
//! such an answer by its id.

mod chart;
mod encoding;
mod envelope;
mod failure;
mod field_match;
mod message;
mod overview;
mod payload;
mod query;
mod trend;

pub use chart::{ChartLine, ChartMetric, ChartStream};
pub use encoding::{decode, encode};
pub use envelope::{Refusal, Request, Response, ResponseContent};
pub use failure::Failure;
pub use field_match::FieldMatch;
pub use message::{FromWorker, ToWorker, WIRE_VERSION};
pub use overview::{Overview, OverviewPart, PART_ENTRIES};
pub use payload::{Payload, PayloadSource};
pub use query::{Answer, Query, Tagged};
pub use trend::{TREND_BINS, Trend};
