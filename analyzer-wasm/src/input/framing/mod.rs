//! Framings: how the decoded text of a file is cut into the units that a reader takes.

mod lines;

pub use lines::{Line, LineSplitter};
