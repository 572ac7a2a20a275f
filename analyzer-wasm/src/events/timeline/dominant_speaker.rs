//! Who was the dominant speaker when: one story from what all dumps tell. Old clients tell of everybody, new ones
//! only that they became it themselves, and again when they fall silent or speak on.

use super::merge::{Incident, Source};
use super::observation::{Told, Who};
use crate::model::EventKind;
use crate::participants::Dump;

/// Somebody who still tells of the speaker before this long after the change only heard of it late.
const ECHO_MS: f64 = 500.0;

/// From now on somebody is the dominant speaker, or nobody.
#[derive(Clone, Debug)]
pub(in crate::events) struct Switch<'a> {
    /// The line that told it first.
    pub(in crate::events) told: Told<'a>,
    /// All lines that tell it, this one first.
    sources: Vec<Source>,
}

impl Switch<'_> {
    /// The line of that dump that tells it, else the first.
    pub(in crate::events) fn line_in(&self, dump: usize) -> (usize, u64) {
        let own = self.sources.iter().find(|source| source.dump == dump);
        own.map_or((self.told.dump, self.told.line), |own| (own.dump, own.line))
    }
}

/// The changes, by time.
pub(in crate::events) fn switches<'a>(told: &[Told<'a>]) -> Vec<Switch<'a>> {
    let mut switches: Vec<Switch<'a>> = Vec::new();
    for told in told
        .iter()
        .filter(|told| matches!(told.kind, EventKind::DominantSpeaker | EventKind::BecameDominantSpeaker))
    {
        let count = switches.len();
        let same = match switches.as_slice() {
            [.., last] if last.told.who == told.who => Some(count - 1),
            [.., before, last]
                if before.told.who == told.who
                    && last.told.dump != told.dump
                    && told.at_ms - last.told.at_ms <= ECHO_MS =>
            {
                Some(count - 2)
            }
            // Before anybody spoke nobody did.
            [] if told.who == Who::Nobody => continue,
            _ => None,
        };
        match same.and_then(|at| switches.get_mut(at)) {
            Some(known) => known.sources.push(Source::of(told)),
            None => switches.push(Switch { told: *told, sources: vec![Source::of(told)] }),
        }
    }
    switches
}

/// The changes as events: who began, and who thereby ended.
pub(super) fn incidents<'a>(switches: &[Switch<'a>], dumps: &[Dump<'_>]) -> Vec<Incident<'a>> {
    let mut incidents = Vec::new();
    let mut before: Option<Told<'a>> = None;
    for switch in switches {
        let now = switch.told;
        let silence = now.who == Who::Nobody;
        if let Some(before) = before.take() {
            let at_ms = if silence { now.at_ms } else { now.at_ms - 1.0 };
            let at_ms = at_ms.min(gone_ms(&before, dumps));
            let stopped = Told {
                at_ms,
                kind: EventKind::DominantSpeakerStopped,
                who: before.who,
                detail: before.detail,
                ..now
            };
            let sources = if silence { switch.sources.clone() } else { vec![Source::of(&now)] };
            incidents.push(Incident { main: stopped, sources });
        }
        if !silence {
            let started = Told { kind: EventKind::BecameDominantSpeaker, ..now };
            incidents.push(Incident { main: started, sources: switch.sources.clone() });
            before = Some(now);
        }
    }
    incidents
}

/// When somebody who spoke left; never, for all that is known.
fn gone_ms(spoke: &Told<'_>, dumps: &[Dump<'_>]) -> f64 {
    let theirs = |number: usize, dump: &Dump<'_>| match spoke.who {
        Who::Endpoint(endpoint) => {
            dump.person.is_some() && dump.extract.identity.endpoint_id.as_deref() == Some(endpoint)
        }
        Who::Dump(own) => own == number,
        Who::Nobody => false,
    };
    let ends = dumps.iter().enumerate().filter(|(number, dump)| theirs(*number, dump));
    let ends = ends.filter_map(|(_, dump)| dump.span()).map(|span| span.to_ms);
    ends.filter(|to_ms| *to_ms >= spoke.at_ms).reduce(f64::max).unwrap_or(f64::INFINITY)
}
