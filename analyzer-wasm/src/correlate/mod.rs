//! Makes calls of dumps.

use crate::extract::Extract;
use crate::protocol::{ChartLine, ChartMetric, Overview};
use crate::report::Report;

/// Every dump that was given, and the reports made of them.
#[derive(Debug, Default)]
pub struct Calls;

/// One line of a chart with its points.
#[derive(Debug)]
pub struct ChartColumn {
    /// What it is.
    pub line: ChartLine,
    /// Epoch ms on the conference clock.
    pub times: Vec<f64>,
    /// NaN is a gap.
    pub values: Vec<f64>,
}

impl Calls {
    /// Adds a dump; the order does not matter.
    pub fn add(&mut self, _extract: Extract) {}
    /// Builds the reports, newest conference first.
    pub fn conclude(&mut self) {}
    /// The reports that [`Self::conclude`] built.
    #[must_use]
    pub fn reports(&self) -> &[Report] {
        &[]
    }
    /// What the page shows.
    #[must_use]
    pub fn overviews(&self) -> Vec<Overview> {
        Vec::new()
    }
    /// The report, or the list of reports, as JSON text.
    #[must_use]
    pub fn report_json(&self) -> String {
        String::new()
    }
    /// One chart's lines.
    #[must_use]
    pub fn chart(&self, _conference: usize, _participant: &str, _metric: ChartMetric) -> Vec<ChartColumn> {
        Vec::new()
    }
}
