//! People: one for each client dump, with what their dump says shifted to the conference's clock.

use super::{clock, name};
use crate::extract::{ConnectionExtract, Extract, kind_of, protocol_of};
use crate::model::client_of_user_agent;
use crate::report::{CandidateEnd, Clock, Event, Participant, Presence, Transport, TransportChange};

/// One participant of one conference.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) key: String,
    /// The index of their extract.
    pub(super) extract: usize,
    pub(super) clock: Clock,
}

/// The people of a conference, by key; keys that several dumps share are numbered.
pub(super) fn people(extracts: &[Extract], members: &[usize]) -> Vec<Person> {
    let mut people: Vec<Person> = members
        .iter()
        .filter_map(|index| Some((*index, extracts.get(*index)?)))
        .filter(|(_, extract)| extract.file.is_client)
        .map(|(index, extract)| Person {
            key: name::participant_key(extract),
            extract: index,
            clock: clock::clock(extract),
        })
        .collect();
    people.sort_by(|a, b| (&a.key, a.extract).cmp(&(&b.key, b.extract)));
    let keys: Vec<String> = people.iter().map(|person| person.key.clone()).collect();
    for (at, person) in people.iter_mut().enumerate() {
        let earlier = keys.iter().take(at).filter(|key| **key == person.key).count();
        if earlier > 0 {
            person.key = format!("{}#{}", person.key, earlier + 1);
        }
    }
    people
}

impl Person {
    /// The participant for the report.
    pub(super) fn report(&self, extracts: &[Extract]) -> Participant {
        let extract = extracts.get(self.extract);
        let identity = extract.map(|extract| extract.identity.clone()).unwrap_or_default();
        let (name, stats_id) = name::person_name(identity.display_name.as_deref());
        let mut client = identity.user_agent.as_deref().map(client_of_user_agent).unwrap_or_default();
        client.app = identity.app;
        client.app_version = identity.app_version;
        let connections = extract.map(|extract| extract.connections.as_slice()).unwrap_or_default();
        Participant {
            key: self.key.clone(),
            name,
            stats_id,
            endpoint_ids: identity.endpoint_id.into_iter().collect(),
            client,
            region: identity.user_region.or(identity.region),
            presences: extract.and_then(|extract| self.presence(extract)).into_iter().collect(),
            clock: self.clock.clone(),
            quality: None,
            network: extract.map(|extract| extract.network.clone()).unwrap_or_default(),
            transport: self.transport(connections),
            media: extract.map(|extract| extract.media.clone()).unwrap_or_default(),
            activity: extract.map(|extract| extract.activity.clone()).unwrap_or_default(),
            connections: connections.iter().map(|connection| self.connection(connection)).collect(),
        }
    }

    /// Their events for the report.
    pub(super) fn events(&self, extracts: &[Extract]) -> Vec<Event> {
        let Some(extract) = extracts.get(self.extract) else { return Vec::new() };
        extract
            .events
            .iter()
            .map(|event| Event {
                at_ms: self.shift(event.at_ms),
                participant: Some(self.key.clone()),
                server: None,
                kind: event.kind.family().to_owned(),
                subtype: event.kind.name().to_owned(),
                detail: event.detail.clone(),
                connection: event.connection.clone(),
                file: extract.file.name.clone(),
                line: event.line,
            })
            .collect()
    }

    fn presence(&self, extract: &Extract) -> Option<Presence> {
        let (from_ms, to_ms) = extract.span_ms?;
        Some(Presence {
            file: extract.file.name.clone(),
            session_id: name::session_id(extract),
            from_ms: self.shift(from_ms),
            to_ms: self.shift(to_ms),
        })
    }

    /// The path of the connection that carried media last, and every choice of a pair.
    fn transport(&self, connections: &[ConnectionExtract]) -> Option<Transport> {
        let with_pair = || connections.iter().filter(|connection| !connection.pairs.is_empty());
        let latest = |connection: &&ConnectionExtract| connection.media_until_ms.unwrap_or(f64::NEG_INFINITY);
        // Of equals the first stays: a call's own connection comes before its replacements.
        let used =
            with_pair().reduce(|best, next| if latest(&next) > latest(&best) { next } else { best })?;
        let pair = used.summary.selected_pair.as_ref()?;
        let mut changes: Vec<TransportChange> = with_pair()
            .flat_map(|connection| connection.pairs.iter().map(move |choice| (connection, choice)))
            .map(|(connection, choice)| TransportChange {
                at_ms: self.shift(choice.at_ms),
                connection: connection.summary.id.clone(),
                kind: kind_of(&choice.pair),
                protocol: protocol_of(&choice.pair),
                line: choice.line,
            })
            .collect();
        changes.sort_by(|a, b| a.at_ms.total_cmp(&b.at_ms).then(a.line.cmp(&b.line)));
        Some(Transport {
            kind: kind_of(pair),
            protocol: protocol_of(pair),
            local: end_text(&pair.local),
            remote: end_text(&pair.remote),
            changes,
        })
    }

    fn connection(&self, connection: &ConnectionExtract) -> crate::report::Connection {
        let mut summary = connection.summary.clone();
        summary.from_ms = summary.from_ms.map(|at_ms| self.shift(at_ms));
        summary.to_ms = summary.to_ms.map(|at_ms| self.shift(at_ms));
        for stream in &mut summary.streams {
            stream.from_ms = self.shift(stream.from_ms);
            stream.to_ms = self.shift(stream.to_ms);
        }
        summary
    }

    /// A time of their dump on the conference's clock.
    pub(super) fn shift(&self, at_ms: f64) -> f64 {
        at_ms + self.clock.offset_ms
    }
}

/// A candidate in words: `relay 192.0.2.1:443 tls`.
fn end_text(end: &CandidateEnd) -> Option<String> {
    let address = end.address.as_ref().map(|address| match end.port {
        Some(port) if address.contains(':') => format!("[{address}]:{port}"),
        Some(port) => format!("{address}:{port}"),
        None => address.clone(),
    });
    let words: Vec<String> =
        [end.kind.clone(), address, end.protocol.clone()].into_iter().flatten().collect();
    (!words.is_empty()).then(|| words.join(" "))
}
