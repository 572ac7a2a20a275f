//! Changes of the dominant speaker, merged from all dumps. Old clients log every change; new clients log only that they
//! became the dominant speaker themselves, and again when they pause and continue.

use super::merge::{MergedEvent, SourceLine};
use super::observation::{Observation, Subject};
use crate::model::EventKind;
use crate::participants::ConferenceDump;

/// A dump that names the previous speaker again within this after a change was only informed late.
const ECHO_MS: f64 = 500.0;

/// A change of the dominant speaker: to an endpoint, or to none.
#[derive(Clone, Debug)]
pub(in crate::events) struct SpeakerChange<'a> {
    /// The earliest observation of it.
    pub(in crate::events) observation: Observation<'a>,
    /// All lines that show it, the earliest first.
    sources: Vec<SourceLine>,
}

impl SpeakerChange<'_> {
    /// The dump and the line that show it: those of the given dump, else the earliest.
    pub(in crate::events) fn line_in(&self, dump: usize) -> (usize, u64) {
        let own = self.sources.iter().find(|source| source.dump == dump);
        own.map_or((self.observation.dump, self.observation.line), |own| (own.dump, own.line))
    }
}

/// The changes, in order of time.
pub(in crate::events) fn speaker_changes<'a>(observations: &[Observation<'a>]) -> Vec<SpeakerChange<'a>> {
    let mut speaker_changes: Vec<SpeakerChange<'a>> = Vec::new();
    for observation in observations.iter().filter(|observation| {
        matches!(observation.kind, EventKind::DominantSpeaker | EventKind::BecameDominantSpeaker)
    }) {
        let count = speaker_changes.len();
        let same = match speaker_changes.as_slice() {
            [.., last] if last.observation.subject == observation.subject => Some(count - 1),
            [.., before, last]
                if before.observation.subject == observation.subject
                    && last.observation.dump != observation.dump
                    && observation.at_ms - last.observation.at_ms <= ECHO_MS =>
            {
                Some(count - 2)
            }
            // The start of the call is no change to silence.
            [] if observation.subject == Subject::Unspecified => continue,
            _ => None,
        };
        match same.and_then(|at| speaker_changes.get_mut(at)) {
            Some(known) => known.sources.push(SourceLine::of(observation)),
            None => speaker_changes.push(SpeakerChange {
                observation: *observation,
                sources: vec![SourceLine::of(observation)],
            }),
        }
    }
    speaker_changes
}

/// The changes as events: the start of each speaker and the stop of the one before.
pub(super) fn merged_events<'a>(
    speaker_changes: &[SpeakerChange<'a>],
    dumps: &[ConferenceDump<'_>],
) -> Vec<MergedEvent<'a>> {
    let mut merged_events = Vec::new();
    let mut before: Option<Observation<'a>> = None;
    for change in speaker_changes {
        let now = change.observation;
        let silence = now.subject == Subject::Unspecified;
        if let Some(before) = before.take() {
            let at_ms = if silence { now.at_ms } else { now.at_ms - 1.0 };
            let at_ms = at_ms.min(gone_ms(&before, dumps));
            let stopped = Observation {
                at_ms,
                kind: EventKind::DominantSpeakerStopped,
                subject: before.subject,
                detail: before.detail,
                ..now
            };
            let sources = if silence { change.sources.clone() } else { vec![SourceLine::of(&now)] };
            merged_events.push(MergedEvent { main: stopped, sources });
        }
        if !silence {
            let started = Observation { kind: EventKind::BecameDominantSpeaker, ..now };
            merged_events.push(MergedEvent { main: started, sources: change.sources.clone() });
            before = Some(now);
        }
    }
    merged_events
}

/// When the last dump of a speaker ends; infinity where there is none after it spoke.
fn gone_ms(spoke: &Observation<'_>, dumps: &[ConferenceDump<'_>]) -> f64 {
    let theirs = |number: usize, dump: &ConferenceDump<'_>| match spoke.subject {
        Subject::Endpoint(endpoint) => {
            dump.participant.is_some() && dump.extract.identity.endpoint_id.as_deref() == Some(endpoint)
        }
        Subject::Dump(own) => own == number,
        Subject::Unspecified => false,
    };
    let ends = dumps.iter().enumerate().filter(|(number, dump)| theirs(*number, dump));
    let ends = ends.filter_map(|(_, dump)| dump.span()).map(|span| span.to_ms);
    ends.filter(|to_ms| *to_ms >= spoke.at_ms).reduce(f64::max).unwrap_or(f64::INFINITY)
}
