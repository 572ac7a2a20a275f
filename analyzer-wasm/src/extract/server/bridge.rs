//! A bridge as its focus reports it: load, health, and whether it is shutting down.

use serde::{Deserialize, Serialize};

use super::events::ServerEvents;
use crate::catalog::Quantity;
use crate::extract::samples::Samples;
use crate::extract::timeline::{ColumnId, Timeline};
use crate::model::{EventKind as Kind, FocusBridge, Stamp};
use crate::report::Distribution;
use crate::time_span::TimeSpan;

/// A bridge in the dump of a focus.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BridgeExtract {
    /// Its name.
    pub name: String,
    /// Its software version.
    pub version: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// From the first poll that lists it to the last.
    pub span: Option<TimeSpan>,
    /// Time for which it was overloaded, ms.
    pub overloaded_ms: Option<f64>,
    /// Whether its last health check succeeded.
    pub healthy: Option<bool>,
    /// Whether it was draining (takes no new conferences) in the last poll.
    pub draining: Option<bool>,
    stress: Samples,
}

impl BridgeExtract {
    /// Its load (stress level) over the polls; 1 is full.
    #[must_use]
    pub fn stress(&self) -> Option<Distribution> {
        self.stress.distribution()
    }
}

/// A bridge over the part of the dump read so far.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct BridgeState {
    pub(super) extract: BridgeExtract,
    number: u32,
    column: Option<ColumnId>,
    before: FocusBridge,
}

impl BridgeState {
    pub(super) fn new(name: &str, number: u32) -> Self {
        let extract = BridgeExtract { name: name.to_owned(), ..BridgeExtract::default() };
        Self { extract, number, column: None, before: FocusBridge::default() }
    }

    /// Adds a poll.
    pub(super) fn add_poll(
        &mut self,
        at: Stamp,
        now: &FocusBridge,
        timeline: &mut Timeline,
        events: &mut ServerEvents,
    ) {
        let known = &mut self.extract;
        let last_ms = known.span.map(|span| span.to_ms);
        let now_only = TimeSpan::new(at.at_ms, at.at_ms);
        known.span = Some(known.span.map_or(now_only, |span| span.union(now_only)));
        for (place, word) in [(&mut known.version, &now.version), (&mut known.region, &now.region)] {
            if word.is_some() {
                place.clone_from(word);
            }
        }
        if let Some(stress) = now.stress {
            known.stress.add(stress);
            let id = *self
                .column
                .get_or_insert_with(|| timeline.column(Some(self.number), Quantity::BridgeStress));
            timeline.set(id, stress);
        }
        if now.overloaded.is_some() {
            let total = known.overloaded_ms.get_or_insert(0.0);
            if let (Some(true), Some(last_ms)) = (self.before.overloaded, last_ms) {
                *total += (at.at_ms - last_ms).max(0.0);
            }
        }
        let switches = [
            (self.before.overloaded, now.overloaded, Kind::BridgeOverloaded, Some(Kind::BridgeRelieved)),
            (self.before.draining, now.draining, Kind::BridgeDraining, None),
            (self.before.shutting_down, now.shutting_down, Kind::BridgeShutdown, None),
            (not(self.before.healthy), not(now.healthy), Kind::BridgeUnhealthy, Some(Kind::BridgeHealthy)),
        ];
        for (before, now, on, off) in switches {
            let kind = match (before.unwrap_or(false), now) {
                (false, Some(true)) => Some(on),
                (true, Some(false)) => off,
                _ => None,
            };
            if let Some(kind) = kind {
                events.polled(at, kind, None, Some(known.name.clone()));
            }
        }
        known.healthy = now.healthy.or(known.healthy);
        known.draining = now.draining.or(known.draining);
        self.before.clone_from(now);
    }
}

fn not(yes: Option<bool>) -> Option<bool> {
    yes.map(|yes| !yes)
}
