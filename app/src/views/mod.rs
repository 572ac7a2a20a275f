//! What the page shows: each view reads [`crate::analysis::Analysis`] and lays it out.

pub mod call;
pub mod home;
pub mod notices;
pub mod reading;
pub mod sample_mark;
pub mod top_bar;
