//! What happened in a conference, from all of its dumps: each thing once, about whom it is, with every line that
//! tells of it.

mod dominant_speaker;
mod event_equivalence;
mod merge;
mod observation;
mod presence;

pub(super) use dominant_speaker::{Switch, switches};
pub(super) use observation::{Told, Who, writer};

use crate::limits::MAX_EVENT_SOURCES;
use crate::model::EventKind;
use crate::participants::Cast;
use crate::report::{Event, EventSource};
use merge::Incident;

/// Everything that the dumps tell, by time.
pub(super) fn told<'a>(cast: &Cast<'a>) -> Vec<Told<'a>> {
    observation::gather(&cast.dumps)
}

/// The report's events, by time.
pub(super) fn events(cast: &Cast<'_>, told: Vec<Told<'_>>) -> Vec<Event> {
    let dumps = cast.dumps.as_slice();
    let switches = switches(&told);
    let speaking = dominant_speaker::incidents(&switches, dumps);
    let is_speaking =
        |told: &Told<'_>| matches!(told.kind, EventKind::DominantSpeaker | EventKind::BecameDominantSpeaker);
    let mut others: Vec<Told<'_>> = presence::presences(dumps);
    others.extend(told.into_iter().filter(|told| !is_speaking(told)));
    observation::sort(&mut others);
    presence::leave_out_known(&mut others, cast);
    let incidents = merge::merge(others).into_iter().chain(speaking);
    let mut events: Vec<Event> = incidents.filter_map(|incident| event(&incident, cast)).collect();
    events.sort_by(|a, b| {
        let key = |event: &Event| (event.file.clone(), event.line);
        a.at_ms.total_cmp(&b.at_ms).then_with(|| key(a).cmp(&key(b)))
    });
    events
}

fn event(incident: &Incident<'_>, cast: &Cast<'_>) -> Option<Event> {
    let main = &incident.main;
    let dump = cast.dumps.get(main.dump)?;
    let person = main.who.person(cast);
    let sources = incident.sources.iter().take(MAX_EVENT_SOURCES).filter_map(|source| {
        let (file, line) = cast.dumps.get(source.dump)?.extract.source(source.line);
        Some(EventSource { subtype: source.kind.name().to_owned(), file: file.to_owned(), line })
    });
    let (file, line) = dump.extract.source(main.line);
    Some(Event {
        at_ms: main.at_ms,
        participant: person.and_then(|person| cast.key(person)).map(str::to_owned),
        server: dump.server.map(str::to_owned),
        kind: main.kind.family().to_owned(),
        subtype: main.kind.name().to_owned(),
        issue: main.kind.issue().map(str::to_owned),
        detail: detail(main, person.is_some()),
        connection: main.connection.map(str::to_owned),
        file: file.to_owned(),
        line,
        count: incident.sources.len() as u64,
        sources: if incident.sources.len() > 1 { sources.collect() } else { Vec::new() },
    })
}

/// What the line says; of somebody who is none of the people, with the endpoint.
fn detail(main: &Told<'_>, is_known: bool) -> Option<String> {
    match (main.who, main.detail) {
        (Who::Endpoint(endpoint), None) if !is_known => Some(endpoint.to_owned()),
        (Who::Endpoint(endpoint), Some(detail)) if !is_known && !detail.starts_with(endpoint) => {
            Some(format!("{endpoint}: {detail}"))
        }
        (_, detail) => detail.map(str::to_owned),
    }
}
