//! How each person stands in the judgement: how many findings, how bad, and who comes first for it. Pure.

use std::collections::BTreeMap;

use analyzer_wasm::report::FindingSeverity;
use analyzer_wasm::wire::Overview;

use super::sorting::sorted;

/// How many findings of each weight somebody has. Greater is worse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FindingCounts {
    /// The call was broken for them, or by them.
    pub critical: u32,
    /// Somebody noticed.
    pub warning: u32,
    /// Worth knowing.
    pub info: u32,
}

impl FindingCounts {
    /// All of them together.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.critical + self.warning + self.info
    }

    fn add(&mut self, severity: FindingSeverity) {
        match severity {
            FindingSeverity::Critical => self.critical += 1,
            FindingSeverity::Warning => self.warning += 1,
            FindingSeverity::Info => self.info += 1,
        }
    }
}

/// The participants' places by key.
#[must_use]
pub fn places(overview: &Overview) -> BTreeMap<&str, usize> {
    let mut places = BTreeMap::new();
    for (place, person) in overview.participants.iter().enumerate() {
        places.insert(person.key.as_str(), place);
    }
    places
}

/// The counts of each participant, in the conference's order.
#[must_use]
pub fn finding_counts(overview: &Overview) -> Vec<FindingCounts> {
    let places = places(overview);
    let mut finding_counts = vec![FindingCounts::default(); overview.participants.len()];
    for finding in &overview.findings {
        let place = finding.participant.as_deref().and_then(|key| places.get(key));
        if let Some(counts) = place.and_then(|place| finding_counts.get_mut(*place)) {
            counts.add(finding.severity);
        }
    }
    finding_counts
}

/// The participants' places, worst first, else in the conference's order.
#[must_use]
pub fn worst_first(finding_counts: &[FindingCounts]) -> Vec<usize> {
    sorted(finding_counts.len(), &|left, right| finding_counts.get(right).cmp(&finding_counts.get(left)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::{finding, overview};

    #[test]
    fn one_critical_weighs_more_than_many_warnings() {
        let mut overview = overview("call", &["calm", "noted", "warned", "broken"]);
        overview.findings = [
            ("broken", FindingSeverity::Critical),
            ("warned", FindingSeverity::Warning),
            ("warned", FindingSeverity::Warning),
            ("noted", FindingSeverity::Info),
            ("gone", FindingSeverity::Critical),
        ]
        .into_iter()
        .map(|(key, severity)| finding("x", key, severity, 0.0, 1.0))
        .collect();
        let finding_counts = finding_counts(&overview);
        assert_eq!(worst_first(&finding_counts), [3, 2, 1, 0]);
        assert_eq!(finding_counts.iter().map(FindingCounts::count).collect::<Vec<_>>(), [0, 1, 2, 1]);
    }

    #[test]
    fn equals_stay_in_order() {
        assert_eq!(worst_first(&[FindingCounts::default(); 3]), [0, 1, 2]);
    }
}
