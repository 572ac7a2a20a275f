//! Whose stream it is: by the endpoint id in the stream's name, else by whoever sent that SSRC.

use std::collections::BTreeMap;

use super::person::Person;
use crate::extract::Extract;
use crate::model::EventKind;
use crate::report::{Direction, Participant, Stream};

/// How long Jitsi's endpoint ids are.
const ENDPOINT_ID_LEN: usize = 8;

/// Who sends what in a conference.
#[derive(Debug, Default)]
pub(super) struct Senders {
    by_endpoint: BTreeMap<String, usize>,
    /// Several people may use one SSRC at different times: then it tells nothing.
    by_ssrc: BTreeMap<u32, Vec<usize>>,
    /// Endpoint by track, for each extract.
    by_track: BTreeMap<usize, BTreeMap<String, String>>,
}

impl Senders {
    pub(super) fn new(extracts: &[Extract], people: &[Person]) -> Self {
        let mut senders = Self::default();
        for (index, person) in people.iter().enumerate() {
            for (stay, extract) in person.dumps(extracts) {
                if let Some(endpoint) = &extract.identity.endpoint_id {
                    senders.by_endpoint.insert(endpoint.clone(), index);
                }
                let streams = extract.connections.iter().flat_map(|connection| &connection.summary.streams);
                for ssrc in
                    streams.filter(|stream| stream.direction == Direction::Outbound).filter_map(|s| s.ssrc)
                {
                    let known = senders.by_ssrc.entry(ssrc).or_default();
                    if !known.contains(&index) {
                        known.push(index);
                    }
                }
                senders.by_track.insert(stay.extract, endpoints_by_track(extract));
            }
        }
        senders
    }

    /// Who sent what a receiver got; `None` where nobody with a dump is known to have.
    pub(super) fn of(&self, receiver: usize, extract: usize, stream: &Stream) -> Option<usize> {
        let track = stream.track.as_deref();
        let named = track.and_then(|track| self.by_track.get(&extract)?.get(track).map(String::as_str));
        if let Some(endpoint) = named.or_else(|| track.and_then(endpoint_in)) {
            return self.by_endpoint.get(endpoint).copied();
        }
        let others: Vec<usize> =
            self.by_ssrc.get(&stream.ssrc?)?.iter().copied().filter(|sender| *sender != receiver).collect();
        <[usize; 1]>::try_from(others).ok().map(|[sender]| sender)
    }

    /// Says of every received stream who sent it.
    pub(super) fn name_in(&self, participants: &mut [Participant], people: &[Person], extracts: &[Extract]) {
        for (receiver, (participant, person)) in participants.iter_mut().zip(people).enumerate() {
            let dumps = person.dumps(extracts);
            let of_dump = dumps.flat_map(|(stay, extract)| extract.connections.iter().map(|_| stay.extract));
            for (connection, extract) in participant.connections.iter_mut().zip(of_dump) {
                let received =
                    connection.streams.iter_mut().filter(|stream| stream.direction == Direction::Inbound);
                for stream in received {
                    let sender = self.of(receiver, extract, stream);
                    stream.sender = sender.and_then(|sender| Some(people.get(sender)?.key.clone()));
                }
            }
        }
    }
}

/// What `ontrack` entries say: `video:<track> stream:<endpoint>-video-0-1`.
fn endpoints_by_track(extract: &Extract) -> BTreeMap<String, String> {
    let tracks = extract.events.iter().filter(|event| event.kind == EventKind::RemoteTrackAdded);
    tracks
        .filter_map(|event| {
            let (track, streams) = event.detail.as_deref()?.split_once(' ')?;
            let (_, track) = track.split_once(':')?;
            let endpoint = endpoint_in(streams.strip_prefix("stream:")?)?;
            Some((track.to_owned(), endpoint.to_owned()))
        })
        .collect()
}

/// The endpoint id that a stream's name begins with.
fn endpoint_in(name: &str) -> Option<&str> {
    let (endpoint, _) = name.split_once('-')?;
    let is_id = endpoint.len() == ENDPOINT_ID_LEN && endpoint.bytes().all(|byte| byte.is_ascii_hexdigit());
    // A UUID begins alike, but goes on with hexadecimal digits, not with a kind of media.
    let goes_on = ["-audio", "-video", "-desktop", "-a", "-v"]
        .iter()
        .any(|kind| name.get(ENDPOINT_ID_LEN..).is_some_and(|rest| rest.starts_with(kind)));
    (is_id && goes_on && !looks_like_uuid(name)).then_some(endpoint)
}

fn looks_like_uuid(name: &str) -> bool {
    let groups: Vec<&str> = name.split('-').take(5).collect();
    matches!(groups.as_slice(), [_, b, c, d, _] if [b, c, d].iter().all(|group| group.len() == 4 && group.bytes().all(|byte| byte.is_ascii_hexdigit())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_seen_in_names_and_not_in_uuids() {
        assert_eq!(endpoint_in("aaaa0001-video-0-1"), Some("aaaa0001"));
        assert_eq!(endpoint_in("aaaa0001-a0"), Some("aaaa0001"));
        assert_eq!(endpoint_in("a8aaa369-ea61-4ef4-bc5e-9414ceead5c2"), None);
        assert_eq!(endpoint_in("a8aaa369-a461-4ef4-bc5e-9414ceead5c2"), None);
        assert_eq!(endpoint_in("mixedmslabel"), None);
    }
}
