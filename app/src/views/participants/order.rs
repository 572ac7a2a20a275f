//! The order of participants in the timeline and in the table: most severe findings first, until the user sorts by a
//! column.

use std::sync::Arc;

use leptos::prelude::*;

use super::columns::{COLUMNS, Column};
use crate::state::current_view::CurrentView;
use crate::state::finding_counts::{FindingCounts, finding_counts, worst_first};
use crate::state::sorting::{Sorting, sorted};

/// The order of the participants of one conference. Copies are the same.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// The column to sort by; `None` is most severe findings first.
    pub sorting: RwSignal<Option<Sorting>>,
    /// The findings of each participant, by index.
    pub finding_counts: StoredValue<Vec<FindingCounts>>,
    /// The indices of the participants, in order.
    pub indices: Signal<Arc<Vec<usize>>>,
}

impl Order {
    /// Most severe findings first.
    #[must_use]
    pub fn new(conference_view: CurrentView) -> Self {
        let sorting: RwSignal<Option<Sorting>> = RwSignal::new(None);
        let finding_counts = conference_view.overview().map(finding_counts).unwrap_or_default();
        let worst = Arc::new(worst_first(&finding_counts));
        let indices = Memo::new(move |_| {
            let participants = conference_view.overview().map_or(&[][..], |overview| &overview.participants);
            let Some((sorting, column)) = sorting.get().and_then(chosen) else { return worst.clone() };
            // Participants with equal values stay in the order of their findings.
            let participant = |rank: usize| participants.get(worst.get(rank).copied()?);
            let value = |rank: usize| participant(rank).and_then(column.value);
            let ranks = sorted(worst.len(), &|left, right| sorting.compare(value(left), value(right)));
            Arc::new(ranks.into_iter().filter_map(|rank| worst.get(rank).copied()).collect())
        });
        Self { sorting, finding_counts: StoredValue::new(finding_counts), indices: indices.into() }
    }
}

fn chosen(sorting: Sorting) -> Option<(Sorting, &'static Column)> {
    Some((sorting, COLUMNS.get(sorting.column)?))
}
