//! How each person stands in the judgement: how many findings, how bad, and who comes first for it. Pure.

use std::collections::BTreeMap;

use analyzer_wasm::report::Gravity;
use analyzer_wasm::wire::Overview;

use super::sorting::sorted;

/// How many findings of each weight somebody has. Greater is worse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    /// The call was broken for them, or by them.
    pub critical: u32,
    /// Somebody noticed.
    pub warning: u32,
    /// Worth knowing.
    pub info: u32,
}

impl Standing {
    /// All of them together.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.critical + self.warning + self.info
    }

    fn add(&mut self, severity: Gravity) {
        match severity {
            Gravity::Critical => self.critical += 1,
            Gravity::Warning => self.warning += 1,
            Gravity::Info => self.info += 1,
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

/// The standing of each participant, in the conference's order.
#[must_use]
pub fn standings(overview: &Overview) -> Vec<Standing> {
    let places = places(overview);
    let mut standings = vec![Standing::default(); overview.participants.len()];
    for finding in &overview.findings {
        let place = finding.participant.as_deref().and_then(|key| places.get(key));
        if let Some(standing) = place.and_then(|place| standings.get_mut(*place)) {
            standing.add(finding.severity);
        }
    }
    standings
}

/// The participants' places, worst first, else in the conference's order.
#[must_use]
pub fn worst_first(standings: &[Standing]) -> Vec<usize> {
    sorted(standings.len(), &|left, right| standings.get(right).cmp(&standings.get(left)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::{finding, overview};

    #[test]
    fn one_critical_weighs_more_than_many_warnings() {
        let mut overview = overview("call", &["calm", "noted", "warned", "broken"]);
        overview.findings = [
            ("broken", Gravity::Critical),
            ("warned", Gravity::Warning),
            ("warned", Gravity::Warning),
            ("noted", Gravity::Info),
            ("gone", Gravity::Critical),
        ]
        .into_iter()
        .map(|(key, severity)| finding("x", key, severity, 0.0, 1.0))
        .collect();
        let standings = standings(&overview);
        assert_eq!(worst_first(&standings), [3, 2, 1, 0]);
        assert_eq!(standings.iter().map(Standing::count).collect::<Vec<_>>(), [0, 1, 2, 1]);
    }

    #[test]
    fn equals_stay_in_order() {
        assert_eq!(worst_first(&[Standing::default(); 3]), [0, 1, 2]);
    }
}
