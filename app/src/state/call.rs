//! An open call.

use std::sync::Arc;

use analyzer_wasm::wire::{Overview, TREND_BINS, Trend};

/// An open call: the conferences as the coordinator reported them. Clones share it.
#[derive(Clone, Debug)]
pub struct Call(Arc<Content>);

#[derive(Debug)]
struct Content {
    conferences: Vec<Overview>,
    trends: Vec<f32>,
}

impl Call {
    /// The coordinator's answer, with the trends in the order of [`Trend`].
    #[must_use]
    pub fn new(conferences: Vec<Overview>, trends: Vec<f32>) -> Self {
        Self(Arc::new(Content { conferences, trends }))
    }

    /// Its conferences, newest first; never empty.
    #[must_use]
    pub fn conferences(&self) -> &[Overview] {
        &self.0.conferences
    }

    /// A trend of a participant, by the indices of conference and participant; NaN is no data.
    #[must_use]
    pub fn trend(&self, conference: usize, participant: usize, trend: Trend) -> &[f32] {
        let before =
            self.0.conferences.iter().take(conference).map(|one| one.participants.len()).sum::<usize>();
        let index = Trend::ALL.iter().position(|one| *one == trend).unwrap_or_default();
        let from = ((before + participant) * Trend::ALL.len() + index) * TREND_BINS;
        self.0.trends.get(from..from + TREND_BINS).unwrap_or_default()
    }
}

impl PartialEq for Call {
    /// Whether both are the same answer of the coordinator; the content is not compared.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples;

    #[test]
    fn trends_are_found_by_conference_participant_and_kind() {
        let conferences = vec![samples::overview("new", &["a", "b"]), samples::overview("old", &["c"])];
        let series = Trend::ALL.len();
        let trends = (0..3 * series).flat_map(|place| vec![place as f32; TREND_BINS]).collect();
        let call = Call::new(conferences, trends);
        assert_eq!(call.trend(0, 0, Trend::Rtt), [0.0; TREND_BINS]);
        assert_eq!(call.trend(1, 0, Trend::Frozen), [(3 * series - 1) as f32; TREND_BINS]);
        assert!(call.trend(1, 1, Trend::Rtt).is_empty());
    }
}
