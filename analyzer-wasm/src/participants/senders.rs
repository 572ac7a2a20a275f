//! Whose stream it is: by everything that says it, each counted once; who is contradicted by as many is nobody.

use std::collections::{BTreeMap, BTreeSet};

use super::identification::ParticipantRecord;
use super::track_owners::endpoints_by_track;
use crate::model::endpoint_in;
use crate::report::{Direction, Stream};
use crate::sessions::Extracts;

/// Who sends what in a conference.
#[derive(Debug, Default)]
pub(crate) struct Senders {
    by_endpoint: BTreeMap<String, usize>,
    /// Who sent an SSRC, by their own dumps. Several people may use one at different times: then it tells nothing.
    by_ssrc: BTreeMap<u32, BTreeSet<usize>>,
    /// Whose an SSRC is, by the servers.
    by_servers: BTreeMap<u32, BTreeSet<Sender>>,
    /// The same, by each client's own entries.
    by_client: BTreeMap<usize, BTreeMap<u32, BTreeSet<Sender>>>,
    /// Endpoint by track, for each extract.
    by_track: BTreeMap<usize, BTreeMap<String, String>>,
}

/// Somebody who sends: one of the people, or an endpoint that is none of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sender {
    Participant(usize),
    Unknown(String),
}

/// What is said of a stream's sender.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// Who it is, where it is one of the people and most that speak of it agree.
    pub(crate) sender: Option<usize>,
    /// Whether not all agree.
    pub(crate) contradicted: bool,
}

impl Senders {
    pub(crate) fn new(extracts: &Extracts, members: &[usize], people: &[ParticipantRecord]) -> Self {
        let mut senders = Self::default();
        for (index, person) in people.iter().enumerate() {
            for id in person.endpoint_ids(extracts) {
                senders.by_endpoint.insert(id, index);
            }
            for (stay, extract) in person.dumps(extracts) {
                let streams = extract.connections.iter().flat_map(|connection| &connection.summary.streams);
                for ssrc in
                    streams.filter(|stream| stream.direction == Direction::Outbound).filter_map(|s| s.ssrc)
                {
                    senders.by_ssrc.entry(ssrc).or_default().insert(index);
                }
                senders.by_track.insert(stay.extract, endpoints_by_track(extract));
            }
        }
        for index in members {
            let Some(extract) = extracts.get(*index) else { continue };
            for source in &extract.sources {
                let sender = senders.sender(&source.endpoint);
                let of_dump = match extract.file.is_client {
                    true => senders.by_client.entry(*index).or_default(),
                    false => &mut senders.by_servers,
                };
                of_dump.entry(source.ssrc).or_default().insert(sender);
            }
        }
        senders
    }

    fn sender(&self, endpoint: &str) -> Sender {
        let person = self.by_endpoint.get(endpoint);
        person.map_or_else(|| Sender::Unknown(endpoint.to_owned()), |person| Sender::Participant(*person))
    }

    /// Who sent what a receiver got; `None` where nobody of the people is known to have.
    pub(crate) fn of(&self, receiver: usize, extract: usize, stream: &Stream) -> Option<usize> {
        self.said(receiver, extract, stream).sender
    }

    /// Everything that is said of the sender of what a receiver got.
    pub(crate) fn said(&self, receiver: usize, extract: usize, stream: &Stream) -> Said {
        let track = stream.track.as_deref();
        let named = track.and_then(|track| self.by_track.get(&extract)?.get(track).map(String::as_str));
        let by_name = named.or_else(|| track.and_then(endpoint_in)).map(|endpoint| self.sender(endpoint));
        // Several for one SSRC tell nothing, and nobody receives from themselves.
        let only = |senders: &BTreeSet<Sender>| {
            let mut others = senders.iter().filter(|sender| **sender != Sender::Participant(receiver));
            others.next().filter(|_| others.next().is_none()).cloned()
        };
        let by_ssrc = stream.ssrc.map(|ssrc| {
            let own = self
                .by_ssrc
                .get(&ssrc)
                .map(|people| people.iter().map(|person| Sender::Participant(*person)).collect());
            [
                own.as_ref().and_then(only),
                self.by_servers.get(&ssrc).and_then(only),
                self.by_client.get(&extract).and_then(|sources| sources.get(&ssrc)).and_then(only),
            ]
        });
        let claims: Vec<Sender> = by_ssrc.into_iter().flatten().chain([by_name]).flatten().collect();
        verdict(&claims)
    }

    /// Whether a dump received tracks of endpoints that are none of the people.
    pub(crate) fn names_unknown_endpoints(&self, extract: usize) -> bool {
        let mut tracks = self.by_track.get(&extract).into_iter().flatten();
        tracks.any(|(_, endpoint)| !self.by_endpoint.contains_key(endpoint))
    }

    /// How many received streams are said to be of several senders.
    pub(crate) fn contradictions(&self, extracts: &Extracts, people: &[ParticipantRecord]) -> u32 {
        let mut count = 0;
        for (receiver, person) in people.iter().enumerate() {
            for (stay, extract) in person.dumps(extracts) {
                let streams = extract.connections.iter().flat_map(|connection| &connection.summary.streams);
                let received = streams.filter(|stream| stream.direction == Direction::Inbound);
                let contradicted =
                    received.filter(|stream| self.said(receiver, stay.extract, stream).contradicted).count();
                count += u32::try_from(contradicted).unwrap_or(u32::MAX);
            }
        }
        count
    }
}

/// Whom more claims name than anybody else.
fn verdict(claims: &[Sender]) -> Said {
    let mut votes: BTreeMap<&Sender, usize> = BTreeMap::new();
    for claim in claims {
        *votes.entry(claim).or_default() += 1;
    }
    let mut ranked: Vec<(usize, &Sender)> =
        votes.into_iter().map(|(sender, count)| (count, sender)).collect();
    ranked.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let sender = match ranked.as_slice() {
        [(most, _), (second, _), ..] if most == second => None,
        [(_, Sender::Participant(person)), ..] => Some(*person),
        _ => None,
    };
    Said { sender, contradicted: ranked.len() > 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_claims_hold_and_equals_are_nobody() {
        let (ada, bo) = (Sender::Participant(0), Sender::Participant(1));
        let unknown = Sender::Unknown("cccc0001".to_owned());
        let said = |claims: &[&Sender]| {
            let said = verdict(&claims.iter().map(|claim| (*claim).clone()).collect::<Vec<_>>());
            (said.sender, said.contradicted)
        };
        assert_eq!(said(&[]), (None, false));
        assert_eq!(said(&[&ada, &ada]), (Some(0), false));
        assert_eq!(said(&[&ada, &bo]), (None, true));
        assert_eq!(said(&[&ada, &bo, &bo]), (Some(1), true));
        assert_eq!(said(&[&unknown]), (None, false));
    }
}
