//! The report of a participant, combined from its dumps, on the conference's clock.

use super::naming;
use super::participant_record::{DumpPresence, ParticipantRecord};
use crate::extract::{ConnectionExtract, Extract, Totals, kind_of, protocol_of};
use crate::model::{Identity, client_of_user_agent};
use crate::report::{
    Activity, CandidateEnd, Clock, Connection, Direction, Participant, Presence, Stream, Transport,
    TransportChange,
};
use crate::sessions::{Extracts, Sessions, session_id};

impl ParticipantRecord {
    /// The report of the participant. Its activity stays empty, since the dumps of others are sources of it too.
    pub(crate) fn report(
        &self,
        extracts: &Extracts,
        sessions: &Sessions,
        sender: &dyn Fn(usize, &Stream) -> Option<String>,
    ) -> Participant {
        // Values of a later dump replace those of an earlier one.
        let mut identity = Identity::default();
        let mut totals = Totals::default();
        let mut presences = Vec::new();
        let mut connections = Vec::new();
        let (mut name, mut stats_id) = (None, None);
        for (presence, extract) in self.dumps(extracts) {
            identity.merge(extract.identity.clone());
            let (its_name, its_stats_id) = naming::names(&extract.identity);
            (name, stats_id) = (its_name.or(name), its_stats_id.or(stats_id));
            totals.merge(&extract.totals);
            presences.extend(presence_report(presence, extract));
            connections.extend(extract.connections.iter().map(|connection| {
                let mut connection = shifted(presence, connection);
                for stream in connection.streams.iter_mut().filter(|s| s.direction == Direction::Inbound) {
                    stream.sender = sender(presence.extract, stream);
                }
                connection
            }));
        }
        let listed_presences = self.listed_presences(extracts, sessions, &presences);
        presences.extend(listed_presences);
        presences.sort_by(|a, b| a.from_ms.total_cmp(&b.from_ms));
        let focus = self.focus(extracts);
        let region = focus.as_ref().and_then(|focus| focus.region.clone());
        let mut client = identity.user_agent.as_deref().map(client_of_user_agent).unwrap_or_default();
        client.app = identity.app;
        client.app_version = identity.app_version;
        Participant {
            key: self.key.clone(),
            name,
            stats_id: stats_id.or_else(|| self.listed_stats_id(extracts)),
            endpoint_ids: self.endpoint_ids(extracts),
            client,
            region: identity.user_region.or(region).or(identity.region),
            has_dump: !self.presences.is_empty(),
            presences,
            clock: self.clock(),
            quality: None,
            network: totals.network(&connections),
            transport: self.transport(extracts),
            media: totals.media(&connections),
            activity: Activity::default(),
            bridge: self.bridge(extracts),
            focus,
            connections,
        }
    }

    /// All endpoint ids of the participant, in the order of its dumps, followed by those that only servers list.
    pub(crate) fn endpoint_ids(&self, extracts: &Extracts) -> Vec<String> {
        let own = self.dumps(extracts).filter_map(|(_, extract)| extract.identity.endpoint_id.as_ref());
        let mut ids: Vec<String> = Vec::new();
        for id in own.chain(self.listings.iter().map(|seen| &seen.id)) {
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
        ids
    }

    /// The clock of the first dump. Each dump is shifted by the offset of its own clock.
    fn clock(&self) -> Clock {
        let first = self.presences.first().map(|presence| presence.clock.clone());
        first.unwrap_or_else(|| Clock { method: "no-dump".to_owned(), ..Clock::default() })
    }

    /// The selected pair of the connection that carried media last, and every change of a selected pair.
    fn transport(&self, extracts: &Extracts) -> Option<Transport> {
        let with_pair: Vec<(&DumpPresence, &ConnectionExtract)> = self
            .dumps(extracts)
            .flat_map(|(presence, extract)| {
                extract.connections.iter().map(move |connection| (presence, connection))
            })
            .filter(|(_, connection)| !connection.pairs.is_empty())
            .collect();
        let until = |(presence, connection): &(&DumpPresence, &ConnectionExtract)| {
            connection.media_until_ms.map_or(f64::NEG_INFINITY, |at_ms| presence.shift(at_ms))
        };
        // Of equal times the first connection is used: the original one precedes its replacements.
        let used = with_pair.iter().reduce(|best, next| if until(next) > until(best) { next } else { best });
        let pair = used?.1.summary.selected_pair.as_ref()?;
        let mut changes: Vec<TransportChange> = with_pair
            .iter()
            .flat_map(|(presence, connection)| {
                connection.pairs.iter().map(|choice| TransportChange {
                    at_ms: presence.shift(choice.at_ms),
                    connection: connection.summary.id.clone(),
                    kind: kind_of(&choice.pair),
                    protocol: protocol_of(&choice.pair),
                    line: choice.line,
                })
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
}

fn presence_report(presence: &DumpPresence, extract: &Extract) -> Option<Presence> {
    let span = extract.span?.shifted(presence.clock.offset_ms);
    Some(Presence {
        file: extract.file.name.clone(),
        session_id: session_id(extract),
        from_ms: span.from_ms,
        to_ms: span.to_ms,
    })
}

fn shifted(presence: &DumpPresence, connection: &ConnectionExtract) -> Connection {
    let mut summary = connection.summary.clone();
    summary.from_ms = summary.from_ms.map(|at_ms| presence.shift(at_ms));
    summary.to_ms = summary.to_ms.map(|at_ms| presence.shift(at_ms));
    for stream in &mut summary.streams {
        stream.from_ms = presence.shift(stream.from_ms);
        stream.to_ms = presence.shift(stream.to_ms);
    }
    summary
}

/// A candidate as text: `relay 192.0.2.1:443 tls`.
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
