//! The declaration of one finding code.

use super::{Quantity, Unit};

/// What a finding code stands for.
#[derive(Debug)]
pub struct FindingInfo {
    /// The code, for example `high-rtt`: stable, part of the report's API.
    pub code: &'static str,
    /// Its name in a list, for example `high round-trip time`.
    pub label: &'static str,
    /// What it means, in one sentence.
    pub explanation: &'static str,
    /// The quantity that it is measured by; `None` for what is read from states and candidates.
    pub quantity: Option<Quantity>,
    /// The quantity of the chart that a link from the finding opens.
    pub shown_by: Quantity,
    /// The values from which the measured value counts; `None` where it has no such value.
    pub thresholds: Option<Thresholds>,
    /// When it counts beside the thresholds, and how severe it is, in one or a few sentences.
    pub criteria: &'static str,
    /// The codes of findings that it can explain: at the same time, these are its effects.
    pub explains: &'static [&'static str],
    /// Whether it also explains frozen video of the participants who receive from its participant.
    pub affects_receivers: bool,
}

/// From which values a measured value is a warning, and critical.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// A warning from here.
    pub warning: f64,
    /// Critical from here.
    pub critical: f64,
    /// The unit of both, and of the finding's value.
    pub unit: Unit,
}

impl FindingInfo {
    /// The thresholds, if the chart that shows the finding has their unit and can draw them.
    #[must_use]
    pub fn chart_limits(&self) -> Option<Thresholds> {
        self.thresholds.filter(|thresholds| thresholds.unit == self.shown_by.info().unit)
    }
}
