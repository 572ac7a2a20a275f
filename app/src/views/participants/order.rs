//! Who comes first, in the lanes and in the table: the worst off, until somebody sorts by another column.

use std::sync::Arc;

use leptos::prelude::*;

use super::columns::{COLUMNS, Column};
use crate::state::current_view::CurrentView;
use crate::state::finding_counts::{FindingCounts, finding_counts, worst_first};
use crate::state::sorting::{Sorting, sorted};

/// The order of the people of one conference. Copies are the same.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// By which column; `None` is worst first.
    pub sorting: RwSignal<Option<Sorting>>,
    /// How everybody stands, by place.
    pub finding_counts: StoredValue<Vec<FindingCounts>>,
    /// The places of the people, in order.
    pub places: Signal<Arc<Vec<usize>>>,
}

impl Order {
    /// Worst first.
    #[must_use]
    pub fn new(conference_view: CurrentView) -> Self {
        let sorting: RwSignal<Option<Sorting>> = RwSignal::new(None);
        let finding_counts = conference_view.overview().map(finding_counts).unwrap_or_default();
        let worst = Arc::new(worst_first(&finding_counts));
        let places = Memo::new(move |_| {
            let people = conference_view.overview().map_or(&[][..], |overview| &overview.participants);
            let Some((sorting, column)) = sorting.get().and_then(chosen) else { return worst.clone() };
            // Among equals, whoever is worse off comes first.
            let person = |rank: usize| people.get(worst.get(rank).copied()?);
            let value = |rank: usize| person(rank).and_then(column.value);
            let ranks = sorted(worst.len(), &|left, right| sorting.compare(value(left), value(right)));
            Arc::new(ranks.into_iter().filter_map(|rank| worst.get(rank).copied()).collect())
        });
        Self { sorting, finding_counts: StoredValue::new(finding_counts), places: places.into() }
    }
}

fn chosen(sorting: Sorting) -> Option<(Sorting, &'static Column)> {
    Some((sorting, COLUMNS.get(sorting.column)?))
}
