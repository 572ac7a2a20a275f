//! A call that is open, as the page keeps it.

use std::sync::Arc;

use analyzer_wasm::wire::{Overview, TREND_BINS, Trend};

/// A call that is open: what the coordinator told of it. Clones share it.
#[derive(Clone, Debug)]
pub struct Call(Arc<Told>);

#[derive(Debug)]
struct Told {
    conferences: Vec<Overview>,
    trends: Vec<f32>,
}

impl Call {
    /// What the coordinator told, with the trends as [`Trend`] orders them.
    #[must_use]
    pub fn new(conferences: Vec<Overview>, trends: Vec<f32>) -> Self {
        Self(Arc::new(Told { conferences, trends }))
    }

    /// Its conferences, newest first; never empty.
    #[must_use]
    pub fn conferences(&self) -> &[Overview] {
        &self.0.conferences
    }

    /// The outline of a participant's path, by the places of conference and participant; NaN is no data.
    #[must_use]
    pub fn trend(&self, conference: usize, participant: usize, trend: Trend) -> &[f32] {
        let before =
            self.0.conferences.iter().take(conference).map(|one| one.participants.len()).sum::<usize>();
        let place = Trend::ALL.iter().position(|one| *one == trend).unwrap_or_default();
        let from = ((before + participant) * Trend::ALL.len() + place) * TREND_BINS;
        self.0.trends.get(from..from + TREND_BINS).unwrap_or_default()
    }
}

impl PartialEq for Call {
    /// The same answer of the coordinator; its content is not compared.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples;

    #[test]
    fn trends_are_found_by_conference_person_and_kind() {
        let conferences = vec![samples::overview("new", &["a", "b"]), samples::overview("old", &["c"])];
        let series = Trend::ALL.len();
        let trends = (0..3 * series).flat_map(|place| vec![place as f32; TREND_BINS]).collect();
        let call = Call::new(conferences, trends);
        assert_eq!(call.trend(0, 0, Trend::Rtt), [0.0; TREND_BINS]);
        assert_eq!(call.trend(1, 0, Trend::Frozen), [(3 * series - 1) as f32; TREND_BINS]);
        assert!(call.trend(1, 1, Trend::Rtt).is_empty());
    }
}
