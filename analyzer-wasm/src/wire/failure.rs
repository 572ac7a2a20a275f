//! A failure in words for the user.

use serde::{Deserialize, Serialize};

/// Something that failed, in words for the user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The name of the file that it is about; empty if it is about none.
    pub file: String,
    /// What failed, in one sentence without a full stop.
    pub title: String,
    /// What was expected and what the user can do.
    pub hint: String,
}
