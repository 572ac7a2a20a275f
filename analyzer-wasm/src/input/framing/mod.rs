//! Framings: how the decoded text of a file is cut into the units that a reader takes.
//!
//! A reader picks one: lines, the tokens of one JSON document of any size, or log records of several lines. Each is a
//! type with `push` and `finish` whose output does not depend on where the text is cut, and each has a limit in
//! [`crate::limits`] for the unit that it holds.

mod document;
mod lines;
mod records;

pub use document::{JsonDocument, JsonToken, JsonTokenKind};
pub use lines::{Line, LineSplitter};
pub use records::{LogRecord, LogRecords};
