//! Who is who: one person for each client dump, but one for all dumps of somebody who left and came back; and one for
//! everybody else whom a server lists.

use super::naming;
use super::server_listing::{self, ServerListing};
use crate::clocks::{ServerClocks, client_clocks};
use crate::extract::Extract;
use crate::report::Clock;
use crate::sessions::{Extracts, Sessions};
use crate::time_span::TimeSpan;

/// Clocks are not exact, so presences that overlap by less than this follow one another.
pub(crate) const TOUCHING_MS: f64 = 2_000.0;

/// One participant of one conference.
#[derive(Debug)]
pub(crate) struct ParticipantRecord {
    pub(crate) key: String,
    /// Their dumps, in the order of time; none for whom only servers tell of.
    pub(crate) stays: Vec<DumpPresence>,
    /// What servers tell of them.
    pub(crate) listings: Vec<ServerListing>,
}

/// One dump of a person.
#[derive(Clone, Debug)]
pub(crate) struct DumpPresence {
    /// The index of its extract.
    pub(crate) extract: usize,
    pub(crate) clock: Clock,
    /// From the first to the last time of the dump, on the conference's clock.
    pub(crate) span: TimeSpan,
}

impl DumpPresence {
    fn of(index: usize, extract: &Extract, clock: Clock) -> Self {
        let span = extract.span.unwrap_or(TimeSpan::NEVER).shifted(clock.offset_ms);
        Self { extract: index, span, clock }
    }

    /// A time of the dump on the conference's clock.
    pub(crate) fn shift(&self, at_ms: f64) -> f64 {
        at_ms + self.clock.offset_ms
    }
}

impl ParticipantRecord {
    /// Their stays with what the dumps said.
    pub(crate) fn dumps<'a>(
        &'a self,
        extracts: &'a Extracts,
    ) -> impl Iterator<Item = (&'a DumpPresence, &'a Extract)> {
        self.stays.iter().filter_map(|stay| Some((stay, extracts.get(stay.extract)?)))
    }
}

/// The people of a conference, by key; keys that several people share are numbered.
///
/// A generated stats id belongs to a browser's profile, so two dumps with the same one are of one person, unless
/// they overlap in time: then somebody was in the call twice, and is two. Names are never used: people share them.
pub(crate) fn people(
    extracts: &Extracts,
    members: &[usize],
    clocks: &ServerClocks,
    sessions: &Sessions,
) -> Vec<ParticipantRecord> {
    let mut stays: Vec<(DumpPresence, &Extract)> = client_clocks(extracts, members, clocks)
        .into_iter()
        .filter_map(|(index, clock)| {
            let extract = extracts.get(index)?;
            Some((DumpPresence::of(index, extract, clock), extract))
        })
        .collect();
    stays.sort_by(|(a, _), (b, _)| a.span.from_ms.total_cmp(&b.span.from_ms).then(a.extract.cmp(&b.extract)));
    let mut people: Vec<(ParticipantRecord, Option<String>)> = Vec::new();
    for (stay, extract) in stays {
        let (_, stats_id) = naming::names(&extract.identity);
        let first_part = sessions.first_part(stay.extract);
        let earlier = people.iter_mut().find(|(person, known)| {
            let same_session =
                || person.stays.iter().any(|known| sessions.first_part(known.extract) == first_part);
            let follows =
                || person.stays.last().is_some_and(|last| last.span.to_ms <= stay.span.from_ms + TOUCHING_MS);
            same_session() || (known.is_some() && *known == stats_id && follows())
        });
        match earlier {
            Some((person, _)) => person.stays.push(stay),
            None => {
                let key = naming::participant_key(extract);
                people.push((ParticipantRecord { key, stays: vec![stay], listings: Vec::new() }, stats_id));
            }
        }
    }
    let mut people: Vec<ParticipantRecord> = people.into_iter().map(|(person, _)| person).collect();
    server_listing::join(&mut people, server_listing::listed(extracts, members, clocks), extracts);
    // Equal keys stay in the order of time.
    people.sort_by(|a, b| a.key.cmp(&b.key));
    number_equal_keys(&mut people);
    people
}

fn number_equal_keys(people: &mut [ParticipantRecord]) {
    let keys: Vec<String> = people.iter().map(|person| person.key.clone()).collect();
    for (at, person) in people.iter_mut().enumerate() {
        let earlier = keys.iter().take(at).filter(|key| **key == person.key).count();
        if earlier > 0 {
            person.key = format!("{}#{}", person.key, earlier + 1);
        }
    }
}
