//! Speaking intervals from new clients, which log only that they became the dominant speaker: an interval ends when
//! another client logs the same.

use super::source::{ObservedInterval, Presence, SourceIntervals};
use super::toggles::ObservedToggles;
use crate::events::timeline::{SpeakerChange, writer};
use crate::model::EventKind;
use crate::participants::ConferenceDump;
use crate::report::Source;

/// The intervals of a presence from its own dump, if that is of a new client.
pub(super) fn became(
    presence: &Presence,
    dumps: &[ConferenceDump<'_>],
    speaker_changes: &[SpeakerChange<'_>],
    toggles: &ObservedToggles,
) -> Option<SourceIntervals> {
    let number = presence.dump?;
    let dump = dumps.get(number)?;
    let tells = dump.extract.events.iter().any(|event| event.kind == EventKind::BecameDominantSpeaker);
    if !tells || toggles.is_observer(number) {
        return None;
    }
    let own = writer(number, dump);
    let mut spans = Vec::new();
    for (at, change) in speaker_changes.iter().enumerate() {
        let observation = change.observation;
        if observation.subject != own
            || observation.at_ms < presence.from_ms
            || presence.to_ms < observation.at_ms
        {
            continue;
        }
        let next = speaker_changes
            .get(at + 1)
            .map(|next| next.observation.at_ms)
            .filter(|next| *next < presence.to_ms);
        let (dump, line) = change.line_in(number);
        spans.push(ObservedInterval {
            from_ms: observation.at_ms,
            to_ms: next.unwrap_or(presence.to_ms),
            open: toggles.misses_speakers(),
            dump,
            line,
        });
    }
    let weight = spans.len();
    Some(SourceIntervals {
        source: Source::Own,
        from_ms: presence.from_ms,
        to_ms: presence.to_ms,
        spans,
        weight,
    })
}
