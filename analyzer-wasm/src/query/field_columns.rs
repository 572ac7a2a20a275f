//! The values of fields over the time of a dump.

use serde::{Deserialize, Serialize};

use super::{Chart, OpenDetail};
use crate::wire::Query;

/// Asks a detail worker for fields as the lines of a chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldColumns {
    /// The page's number of the file.
    pub file: u32,
    /// The fields, as [`crate::wire::FieldMatch::field`] numbers them. Numbers that do not exist are left out.
    pub fields: Vec<u32>,
}

impl Query for FieldColumns {
    type Source = OpenDetail;
    type Answer = Chart;

    fn file(&self) -> Option<u32> {
        Some(self.file)
    }

    fn answer(&self, open: &OpenDetail) -> Chart {
        let mut chart = Chart::default();
        for field in &self.fields {
            if let Some((line, times, values)) = open.detail.line(*field as usize, open.offset_ms) {
                chart.add(line, &times, &values);
            }
        }
        chart
    }
}
