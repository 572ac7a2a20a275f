//! A failure in words for the user.

use serde::{Deserialize, Serialize};

/// Why a file gave nothing, in words for whoever dropped it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The file's name.
    pub file: String,
    /// What is wrong, in one sentence.
    pub title: String,
    /// What was expected and what to do.
    pub hint: String,
}
