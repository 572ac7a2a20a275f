//! The sender of each received stream, by majority of all sources that name one; a tie leaves it unknown.

use std::collections::{BTreeMap, BTreeSet};

use super::participant_record::ParticipantRecord;
use super::track_owners::endpoints_by_track;
use crate::model::endpoint_in;
use crate::report::{Direction, Stream};
use crate::sessions::Extracts;

/// The senders of streams in a conference.
#[derive(Debug, Default)]
pub(crate) struct Senders {
    by_endpoint: BTreeMap<String, usize>,
    /// The participants whose own dumps list an SSRC as sent. Several may use one at different times: it is ambiguous then.
    by_ssrc: BTreeMap<u32, BTreeSet<usize>>,
    /// The owners of an SSRC by servers' dumps.
    by_servers: BTreeMap<u32, BTreeSet<Sender>>,
    /// The owners of an SSRC by the entries of each client's dump.
    by_client: BTreeMap<usize, BTreeMap<u32, BTreeSet<Sender>>>,
    /// Endpoint by track, for each extract.
    by_track: BTreeMap<usize, BTreeMap<String, String>>,
}

/// An endpoint that sends a stream.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sender {
    /// A participant, by index.
    Participant(usize),
    /// An endpoint that is not a participant, by id.
    Unknown(String),
}

/// The sender of one stream by all sources.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct StreamSender {
    /// The participant that most sources name.
    pub(crate) sender: Option<usize>,
    /// Whether the sources contradict each other.
    pub(crate) contradicted: bool,
}

impl Senders {
    pub(crate) fn new(extracts: &Extracts, dump_indexes: &[usize], records: &[ParticipantRecord]) -> Self {
        let mut senders = Self::default();
        for (index, record) in records.iter().enumerate() {
            for id in record.endpoint_ids(extracts) {
                senders.by_endpoint.insert(id, index);
            }
            for (presence, extract) in record.dumps(extracts) {
                let streams = extract.connections.iter().flat_map(|connection| &connection.summary.streams);
                for ssrc in
                    streams.filter(|stream| stream.direction == Direction::Outbound).filter_map(|s| s.ssrc)
                {
                    senders.by_ssrc.entry(ssrc).or_default().insert(index);
                }
                senders.by_track.insert(presence.extract, endpoints_by_track(extract));
            }
        }
        for index in dump_indexes {
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
        let participant = self.by_endpoint.get(endpoint);
        participant.map_or_else(
            || Sender::Unknown(endpoint.to_owned()),
            |participant| Sender::Participant(*participant),
        )
    }

    /// The sender of a received stream; `None` if it is unknown or not a participant.
    pub(crate) fn of(&self, receiver: usize, extract: usize, stream: &Stream) -> Option<usize> {
        self.stream_sender(receiver, extract, stream).sender
    }

    /// The sender of a received stream by all sources, and whether they agree.
    pub(crate) fn stream_sender(&self, receiver: usize, extract: usize, stream: &Stream) -> StreamSender {
        let track = stream.track.as_deref();
        let named = track.and_then(|track| self.by_track.get(&extract)?.get(track).map(String::as_str));
        let by_name = named.or_else(|| track.and_then(endpoint_in)).map(|endpoint| self.sender(endpoint));
        // An SSRC of several senders is ambiguous, and no participant receives from itself.
        let only = |senders: &BTreeSet<Sender>| {
            let mut others = senders.iter().filter(|sender| **sender != Sender::Participant(receiver));
            others.next().filter(|_| others.next().is_none()).cloned()
        };
        let by_ssrc = stream.ssrc.map(|ssrc| {
            let own = self.by_ssrc.get(&ssrc).map(|participants| {
                participants.iter().map(|participant| Sender::Participant(*participant)).collect()
            });
            [
                own.as_ref().and_then(only),
                self.by_servers.get(&ssrc).and_then(only),
                self.by_client.get(&extract).and_then(|sources| sources.get(&ssrc)).and_then(only),
            ]
        });
        let observations: Vec<Sender> = by_ssrc.into_iter().flatten().chain([by_name]).flatten().collect();
        majority_sender(&observations)
    }

    /// Whether a dump contains received tracks of endpoints that are not participants.
    pub(crate) fn names_unknown_endpoints(&self, extract: usize) -> bool {
        let mut tracks = self.by_track.get(&extract).into_iter().flatten();
        tracks.any(|(_, endpoint)| !self.by_endpoint.contains_key(endpoint))
    }

    /// How many received streams have contradicting sources.
    pub(crate) fn contradictions(&self, extracts: &Extracts, records: &[ParticipantRecord]) -> u32 {
        let mut count = 0;
        for (receiver, record) in records.iter().enumerate() {
            for (presence, extract) in record.dumps(extracts) {
                let streams = extract.connections.iter().flat_map(|connection| &connection.summary.streams);
                let received = streams.filter(|stream| stream.direction == Direction::Inbound);
                let contradicted = received
                    .filter(|stream| self.stream_sender(receiver, presence.extract, stream).contradicted)
                    .count();
                count += u32::try_from(contradicted).unwrap_or(u32::MAX);
            }
        }
        count
    }
}

/// The sender that most observations name; `None` for a tie.
fn majority_sender(observations: &[Sender]) -> StreamSender {
    let mut votes: BTreeMap<&Sender, usize> = BTreeMap::new();
    for observation in observations {
        *votes.entry(observation).or_default() += 1;
    }
    let mut ranked: Vec<(usize, &Sender)> =
        votes.into_iter().map(|(sender, count)| (count, sender)).collect();
    ranked.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let sender = match ranked.as_slice() {
        [(most, _), (second, _), ..] if most == second => None,
        [(_, Sender::Participant(participant)), ..] => Some(*participant),
        _ => None,
    };
    StreamSender { sender, contradicted: ranked.len() > 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sender_that_most_sources_name_is_used_and_a_tie_has_none() {
        let (ada, bo) = (Sender::Participant(0), Sender::Participant(1));
        let unknown = Sender::Unknown("cccc0001".to_owned());
        let result = |observations: &[&Sender]| {
            let result = majority_sender(
                &observations.iter().map(|observation| (*observation).clone()).collect::<Vec<_>>(),
            );
            (result.sender, result.contradicted)
        };
        assert_eq!(result(&[]), (None, false));
        assert_eq!(result(&[&ada, &ada]), (Some(0), false));
        assert_eq!(result(&[&ada, &bo]), (None, true));
        assert_eq!(result(&[&ada, &bo, &bo]), (Some(1), true));
        assert_eq!(result(&[&unknown]), (None, false));
    }
}
