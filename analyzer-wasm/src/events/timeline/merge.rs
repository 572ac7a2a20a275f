//! Merges the observations of one event.

use std::collections::BTreeMap;

use super::event_equivalence::{Equivalence, EquivalenceKey, equivalence};
use super::observation::Observation;
use crate::model::EventKind;

/// An event with all lines that show it.
#[derive(Debug)]
pub(super) struct MergedEvent<'a> {
    /// The observation that is shown.
    pub(super) main: Observation<'a>,
    /// Every line that shows it, in order of time.
    pub(super) sources: Vec<SourceLine>,
}

/// A line that shows an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SourceLine {
    pub(super) kind: EventKind,
    pub(super) dump: usize,
    pub(super) line: u64,
}

impl<'a> MergedEvent<'a> {
    pub(super) fn new(main: Observation<'a>) -> Self {
        Self { main, sources: vec![SourceLine::of(&main)] }
    }
}

impl SourceLine {
    pub(super) fn of(observation: &Observation<'_>) -> Self {
        Self { kind: observation.kind, dump: observation.dump, line: observation.line }
    }
}

/// An event that later observations may still be merged into.
struct OpenEvent<'a> {
    merged: usize,
    /// Its observations so far.
    lines: Vec<(Observation<'a>, Equivalence<'a>)>,
}

/// Merges observations, which are in order of time, into events.
pub(super) fn merge(observations: Vec<Observation<'_>>) -> Vec<MergedEvent<'_>> {
    let mut merged_events: Vec<MergedEvent<'_>> = Vec::new();
    let mut open: BTreeMap<EquivalenceKey<'_>, Vec<OpenEvent<'_>>> = BTreeMap::new();
    for observation in observations {
        let Some(same) = equivalence(&observation) else {
            merged_events.push(MergedEvent::new(observation));
            continue;
        };
        let candidates = open.entry(same.subject).or_default();
        let longest_ms = same.within_ms.max(same.again_within_ms);
        candidates.retain(|open| {
            open.lines.last().is_some_and(|(last, known)| {
                observation.at_ms - last.at_ms <= longest_ms.max(known.within_ms).max(known.again_within_ms)
            })
        });
        let newest = candidates.len().saturating_sub(1);
        let found = candidates
            .iter_mut()
            .enumerate()
            .find(|(at, open)| (!same.is_toggle || *at == newest) && open.takes(&observation, &same));
        match found {
            Some((_, open)) => {
                let is_better = open.lines.iter().all(|(_, known)| same.rank < known.rank);
                if let Some(merged) = merged_events.get_mut(open.merged) {
                    merged.sources.push(SourceLine::of(&observation));
                    if is_better {
                        merged.main =
                            Observation { detail: observation.detail.or(merged.main.detail), ..observation };
                    } else if merged.main.detail.is_none() && merged.main.kind == observation.kind {
                        merged.main.detail = observation.detail;
                    }
                }
                open.lines.push((observation, same));
            }
            None => {
                candidates.push(OpenEvent { merged: merged_events.len(), lines: vec![(observation, same)] });
                merged_events.push(MergedEvent::new(observation));
            }
        }
    }
    merged_events
}

impl OpenEvent<'_> {
    /// Whether an observation is of this event too.
    fn takes(&self, observation: &Observation<'_>, same: &Equivalence<'_>) -> bool {
        let differs = |known: Option<&str>| same.source.is_some() && known.is_some() && known != same.source;
        if self.lines.iter().any(|(_, known)| differs(known.source)) {
            return false;
        }
        // An entry without a media source and a console line with one count as different kinds.
        let alike = |known: &&(Observation<'_>, Equivalence<'_>)| {
            known.0.kind == observation.kind && known.1.source.is_some() == same.source.is_some()
        };
        match self.lines.iter().rfind(alike) {
            Some((last, _)) => {
                observation.at_ms - last.at_ms <= same.again_within_ms && same.again_within_ms > 0.0
            }
            None if same.is_toggle => false,
            None => self
                .lines
                .iter()
                .any(|(known, with)| observation.at_ms - known.at_ms <= with.within_ms.max(same.within_ms)),
        }
    }
}
