//! Notices about failures.

use analyzer_wasm::wire::Failure;

/// A failure that is shown until the user dismisses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Distinguishes it from the others.
    pub id: u32,
    /// What failed.
    pub content: NoticeContent,
}

/// What a notice is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeContent {
    /// One failure.
    One(Failure),
    /// Several files of one load that could not be read.
    Files {
        /// The reason of each; never empty.
        refused: Vec<Failure>,
        /// The number of files of the load.
        of: usize,
    },
}
