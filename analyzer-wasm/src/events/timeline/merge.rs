//! Puts lines that tell of the same thing together.

use std::collections::BTreeMap;

use super::event_equivalence::{Sameness, Subject, sameness};
use super::observation::Told;
use crate::model::EventKind;

/// One thing that happened.
#[derive(Debug)]
pub(super) struct Incident<'a> {
    /// The line that tells it best.
    pub(super) main: Told<'a>,
    /// Every line that does.
    pub(super) sources: Vec<Source>,
}

/// A line that tells of an incident.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Source {
    pub(super) kind: EventKind,
    pub(super) dump: usize,
    pub(super) line: u64,
}

impl<'a> Incident<'a> {
    pub(super) fn new(main: Told<'a>) -> Self {
        Self { main, sources: vec![Source::of(&main)] }
    }
}

impl Source {
    pub(super) fn of(told: &Told<'_>) -> Self {
        Self { kind: told.kind, dump: told.dump, line: told.line }
    }
}

/// What else is known of an incident while others may still join it.
struct Open<'a> {
    incident: usize,
    /// Its lines, with their times.
    lines: Vec<(Told<'a>, Sameness<'a>)>,
}

/// The incidents behind what is told, which is in order of time.
pub(super) fn merge(told: Vec<Told<'_>>) -> Vec<Incident<'_>> {
    let mut incidents: Vec<Incident<'_>> = Vec::new();
    let mut open: BTreeMap<Subject<'_>, Vec<Open<'_>>> = BTreeMap::new();
    for told in told {
        let Some(same) = sameness(&told) else {
            incidents.push(Incident::new(told));
            continue;
        };
        let candidates = open.entry(same.subject).or_default();
        let longest_ms = same.within_ms.max(same.again_within_ms);
        candidates.retain(|open| {
            open.lines.last().is_some_and(|(last, known)| {
                told.at_ms - last.at_ms <= longest_ms.max(known.within_ms).max(known.again_within_ms)
            })
        });
        let newest = candidates.len().saturating_sub(1);
        let found = candidates
            .iter_mut()
            .enumerate()
            .find(|(at, open)| (!same.is_switch || *at == newest) && open.takes(&told, &same));
        match found {
            Some((_, open)) => {
                let is_better = open.lines.iter().all(|(_, known)| same.rank < known.rank);
                if let Some(incident) = incidents.get_mut(open.incident) {
                    incident.sources.push(Source::of(&told));
                    if is_better {
                        incident.main = Told { detail: told.detail.or(incident.main.detail), ..told };
                    } else if incident.main.detail.is_none() && incident.main.kind == told.kind {
                        incident.main.detail = told.detail;
                    }
                }
                open.lines.push((told, same));
            }
            None => {
                candidates.push(Open { incident: incidents.len(), lines: vec![(told, same)] });
                incidents.push(Incident::new(told));
            }
        }
    }
    incidents
}

impl Open<'_> {
    /// Whether a line tells of this too.
    fn takes(&self, told: &Told<'_>, same: &Sameness<'_>) -> bool {
        let differs = |known: Option<&str>| same.source.is_some() && known.is_some() && known != same.source;
        if self.lines.iter().any(|(_, known)| differs(known.source)) {
            return false;
        }
        // An entry without a source and a console line with one are two ways to tell of one thing.
        let alike = |known: &&(Told<'_>, Sameness<'_>)| {
            known.0.kind == told.kind && known.1.source.is_some() == same.source.is_some()
        };
        match self.lines.iter().rfind(alike) {
            Some((last, _)) => told.at_ms - last.at_ms <= same.again_within_ms && same.again_within_ms > 0.0,
            None if same.is_switch => false,
            None => self
                .lines
                .iter()
                .any(|(known, with)| told.at_ms - known.at_ms <= with.within_ms.max(same.within_ms)),
        }
    }
}
