//! A search among all fields of one dump.

use serde::{Deserialize, Serialize};

use super::OpenDetail;
use crate::wire::{Answer, FieldMatch, Query};

/// Asks a detail worker for the fields that match.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldSearch {
    /// The page's number of the file.
    pub file: u32,
    /// All of these words must occur in the field's name, the stats report's type or id, or the connection.
    pub words: String,
    /// The most matches that are returned.
    pub limit: u32,
}

/// The fields that match a search.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FieldMatches {
    /// How many fields match.
    pub total: u32,
    /// The best matches.
    pub matches: Vec<FieldMatch>,
}

impl Query for FieldSearch {
    type Source = OpenDetail;
    type Answer = FieldMatches;

    fn file(&self) -> Option<u32> {
        Some(self.file)
    }

    fn answer(&self, open: &OpenDetail) -> FieldMatches {
        let (total, matches) = open.detail.search(&self.words, self.limit as usize);
        FieldMatches { total: u32::try_from(total).unwrap_or(u32::MAX), matches }
    }
}

impl Answer for FieldMatches {}
