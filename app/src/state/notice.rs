//! What stands on the page because something failed.

use analyzer_wasm::wire::Failure;

/// Something that failed, as it stands on the page until it is dismissed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Distinguishes it from the others.
    pub id: u32,
    /// What it says.
    pub said: Said,
}

/// What a notice says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// One thing.
    One(Failure),
    /// Several files of one load gave nothing.
    Files {
        /// Why, each; never empty.
        refused: Vec<Failure>,
        /// Of how many files.
        of: usize,
    },
}
