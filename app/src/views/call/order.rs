//! Who comes first, in the lanes and in the table: the worst off, until somebody sorts by another column.

use std::sync::Arc;

use leptos::prelude::*;

use super::columns::{COLUMNS, Column};
use crate::state::sight::Sight;
use crate::state::sorting::{Sorting, sorted};
use crate::state::standing::{Standing, standings, worst_first};

/// The order of the people of one conference. Copies are the same.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// By which column; `None` is worst first.
    pub sorting: RwSignal<Option<Sorting>>,
    /// How everybody stands, by place.
    pub standings: StoredValue<Vec<Standing>>,
    /// The places of the people, in order.
    pub places: Signal<Arc<Vec<usize>>>,
}

impl Order {
    /// Worst first.
    #[must_use]
    pub fn new(stage: Sight) -> Self {
        let sorting: RwSignal<Option<Sorting>> = RwSignal::new(None);
        let standings = stage.overview().map(standings).unwrap_or_default();
        let worst = Arc::new(worst_first(&standings));
        let places = Memo::new(move |_| {
            let people = stage.overview().map_or(&[][..], |overview| &overview.participants);
            let Some((sorting, column)) = sorting.get().and_then(chosen) else { return worst.clone() };
            // Among equals, whoever is worse off comes first.
            let person = |rank: usize| people.get(worst.get(rank).copied()?);
            let value = |rank: usize| person(rank).and_then(column.value);
            let ranks = sorted(worst.len(), &|left, right| sorting.compare(value(left), value(right)));
            Arc::new(ranks.into_iter().filter_map(|rank| worst.get(rank).copied()).collect())
        });
        Self { sorting, standings: StoredValue::new(standings), places: places.into() }
    }
}

fn chosen(sorting: Sorting) -> Option<(Sorting, &'static Column)> {
    Some((sorting, COLUMNS.get(sorting.column)?))
}
