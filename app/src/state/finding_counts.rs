//! The number of findings of each participant by severity, and the order of participants that follows from it. Pure.

use std::collections::BTreeMap;

use analyzer_wasm::report::FindingSeverity;
use analyzer_wasm::wire::Overview;

use super::sorting::sorted;

/// The number of findings of each severity. Greater is worse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FindingCounts {
    /// Critical findings.
    pub critical: u32,
    /// Warnings.
    pub warning: u32,
    /// Notes.
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

/// The indices of the participants by key.
#[must_use]
pub fn indices_by_key(overview: &Overview) -> BTreeMap<&str, usize> {
    let mut indices = BTreeMap::new();
    for (index, participant) in overview.participants.iter().enumerate() {
        indices.insert(participant.key.as_str(), index);
    }
    indices
}

/// The findings of each participant, in the order of the conference.
#[must_use]
pub fn finding_counts(overview: &Overview) -> Vec<FindingCounts> {
    let indices = indices_by_key(overview);
    let mut finding_counts = vec![FindingCounts::default(); overview.participants.len()];
    for finding in &overview.findings {
        let index = finding.participant.as_deref().and_then(|key| indices.get(key));
        if let Some(counts) = index.and_then(|index| finding_counts.get_mut(*index)) {
            counts.add(finding.severity);
        }
    }
    finding_counts
}

/// The indices of the participants, most severe findings first, else in the order of the conference.
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
    fn participants_with_equal_counts_keep_their_order() {
        assert_eq!(worst_first(&[FindingCounts::default(); 3]), [0, 1, 2]);
    }
}
