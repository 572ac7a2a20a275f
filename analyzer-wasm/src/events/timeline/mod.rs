//! The events of a conference, merged from all of its dumps: each once, with its participant and every line that shows it.

mod dominant_speaker;
mod event_equivalence;
mod merge;
mod observation;
mod presence;

pub(super) use dominant_speaker::{SpeakerChange, speaker_changes};
pub(super) use observation::{Observation, Subject, writer};

use crate::limits::MAX_EVENT_SOURCES;
use crate::model::EventKind;
use crate::participants::EndpointIndex;
use crate::report::{Event, EventSource};
use merge::MergedEvent;

/// The observations in all dumps, in order of time.
pub(super) fn observations<'a>(index: &EndpointIndex<'a>) -> Vec<Observation<'a>> {
    observation::gather(&index.dumps)
}

/// The report's events, in order of time.
pub(super) fn events(index: &EndpointIndex<'_>, observations: Vec<Observation<'_>>) -> Vec<Event> {
    let dumps = index.dumps.as_slice();
    let speaker_changes = speaker_changes(&observations);
    let speaking = dominant_speaker::merged_events(&speaker_changes, dumps);
    let is_speaking = |observation: &Observation<'_>| {
        matches!(observation.kind, EventKind::DominantSpeaker | EventKind::BecameDominantSpeaker)
    };
    let mut others: Vec<Observation<'_>> = presence::presences(dumps);
    others.extend(observations.into_iter().filter(|observation| !is_speaking(observation)));
    observation::sort(&mut others);
    presence::leave_out_known(&mut others, index);
    let merged_events = merge::merge(others).into_iter().chain(speaking);
    let mut events: Vec<Event> = merged_events.filter_map(|merged| event(&merged, index)).collect();
    events.sort_by(|a, b| {
        let key = |event: &Event| (event.file.clone(), event.line);
        a.at_ms.total_cmp(&b.at_ms).then_with(|| key(a).cmp(&key(b)))
    });
    events
}

fn event(merged: &MergedEvent<'_>, index: &EndpointIndex<'_>) -> Option<Event> {
    let main = &merged.main;
    let dump = index.dumps.get(main.dump)?;
    let participant = main.subject.participant(index);
    let sources = merged.sources.iter().take(MAX_EVENT_SOURCES).filter_map(|source| {
        let (file, line) = index.dumps.get(source.dump)?.extract.source(source.line);
        Some(EventSource { subtype: source.kind.name().to_owned(), file: file.to_owned(), line })
    });
    let (file, line) = dump.extract.source(main.line);
    Some(Event {
        at_ms: main.at_ms,
        participant: participant.and_then(|participant| index.key(participant)).map(str::to_owned),
        server: dump.server.map(str::to_owned),
        kind: main.kind.family().to_owned(),
        subtype: main.kind.name().to_owned(),
        issue: main.kind.issue().map(str::to_owned),
        detail: detail(main, participant.is_some()),
        connection: main.connection.map(str::to_owned),
        file: file.to_owned(),
        line,
        count: merged.sources.len() as u64,
        sources: if merged.sources.len() > 1 { sources.collect() } else { Vec::new() },
    })
}

/// The detail of an event; of an endpoint that is no participant it begins with the endpoint's id.
fn detail(main: &Observation<'_>, is_known: bool) -> Option<String> {
    match (main.subject, main.detail) {
        (Subject::Endpoint(endpoint), None) if !is_known => Some(endpoint.to_owned()),
        (Subject::Endpoint(endpoint), Some(detail)) if !is_known && !detail.starts_with(endpoint) => {
            Some(format!("{endpoint}: {detail}"))
        }
        (_, detail) => detail.map(str::to_owned),
    }
}
