//! The order of entries in time: each clock's own, since a server's state, its log and the envelopes around them are
//! stamped by three.

use serde::{Deserialize, Serialize};

/// Whose time an entry bears.
#[derive(Clone, Copy, Debug)]
pub(super) enum Clock {
    /// Its writer's.
    Entry,
    /// The server's whose state it is.
    State,
    /// That of the machine that stored it.
    Store,
}

/// The latest time so far, by each clock.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Order {
    latest_ms: [Option<f64>; 3],
}

impl Order {
    /// Takes the next time; says whether it is older than one before it.
    pub(super) fn is_late(&mut self, at_ms: f64, clock: Clock) -> bool {
        let Some(latest) = self.latest_ms.get_mut(clock as usize) else { return false };
        let late = latest.is_some_and(|latest| at_ms < latest);
        if !late {
            *latest = Some(at_ms);
        }
        late
    }

    /// The time for an entry that has none; NaN where there is none yet.
    pub(super) fn latest_ms(&self) -> f64 {
        self.latest_ms.iter().flatten().copied().fold(f64::NAN, f64::max)
    }
}
