//! Stats sessions: files that are parts of one session or copies of each other.

mod copies;
mod extracts;
mod resume;
mod session_id;
mod stitching;

pub(crate) use copies::copies;
pub(crate) use extracts::Extracts;
pub(crate) use session_id::session_id;
pub(crate) use stitching::Sessions;
