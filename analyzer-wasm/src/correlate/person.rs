//! Who is who: one person for each client dump, but one for all dumps of somebody who left and came back; and one for
//! everybody else whom a server lists.

use super::seen::{self, Seen};
use super::server_clock::ServerClocks;
use super::server_witness::Servers;
use super::stitch::Sessions;
use super::{alignment, name};
use crate::extract::Extract;
use crate::report::Clock;

/// Clocks are not exact, so presences that overlap by less than this follow one another.
pub(super) const TOUCHING_MS: f64 = 2_000.0;

/// One participant of one conference.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) key: String,
    /// Their dumps, in the order of time; none for whom only servers tell of.
    pub(super) stays: Vec<Stay>,
    /// What servers tell of them.
    pub(super) seen: Vec<Seen>,
}

/// One dump of a person.
#[derive(Clone, Debug)]
pub(super) struct Stay {
    /// The index of its extract.
    pub(super) extract: usize,
    pub(super) clock: Clock,
    pub(super) from_ms: f64,
    pub(super) to_ms: f64,
}

impl Stay {
    fn of(index: usize, extract: &Extract, clock: Clock) -> Self {
        let (from_ms, to_ms) = extract.span_ms.unwrap_or((f64::INFINITY, f64::INFINITY));
        Self { extract: index, from_ms: from_ms + clock.offset_ms, to_ms: to_ms + clock.offset_ms, clock }
    }

    /// A time of the dump on the conference's clock.
    pub(super) fn shift(&self, at_ms: f64) -> f64 {
        at_ms + self.clock.offset_ms
    }
}

impl Person {
    /// Their stays with what the dumps said.
    pub(super) fn dumps<'a>(
        &'a self,
        extracts: &'a [Extract],
    ) -> impl Iterator<Item = (&'a Stay, &'a Extract)> {
        self.stays.iter().filter_map(|stay| Some((stay, extracts.get(stay.extract)?)))
    }
}

/// The people of a conference, by key; keys that several people share are numbered.
///
/// A generated stats id belongs to a browser's profile, so two dumps with the same one are of one person, unless
/// they overlap in time: then somebody was in the call twice, and is two. Names are never used: people share them.
pub(super) fn people(
    extracts: &[Extract],
    members: &[usize],
    clocks: &ServerClocks,
    sessions: &Sessions,
) -> Vec<Person> {
    let clients: Vec<usize> = members
        .iter()
        .copied()
        .filter(|index| extracts.get(*index).is_some_and(|extract| extract.file.is_client))
        .collect();
    let servers = Servers::new(extracts, members, clocks);
    let mut stays: Vec<(Stay, &Extract)> = alignment::clocks(extracts, &clients, &servers)
        .into_iter()
        .filter_map(|(index, clock)| {
            let extract = extracts.get(index)?;
            Some((Stay::of(index, extract, clock), extract))
        })
        .collect();
    stays.sort_by(|(a, _), (b, _)| a.from_ms.total_cmp(&b.from_ms).then(a.extract.cmp(&b.extract)));
    let mut people: Vec<(Person, Option<String>)> = Vec::new();
    for (stay, extract) in stays {
        let (_, stats_id) = name::names(&extract.identity);
        let first_part = sessions.first_part(stay.extract);
        let earlier = people.iter_mut().find(|(person, known)| {
            let same_session =
                || person.stays.iter().any(|known| sessions.first_part(known.extract) == first_part);
            let follows = || person.stays.last().is_some_and(|last| last.to_ms <= stay.from_ms + TOUCHING_MS);
            same_session() || (known.is_some() && *known == stats_id && follows())
        });
        match earlier {
            Some((person, _)) => person.stays.push(stay),
            None => {
                let key = name::participant_key(extract);
                people.push((Person { key, stays: vec![stay], seen: Vec::new() }, stats_id));
            }
        }
    }
    let mut people: Vec<Person> = people.into_iter().map(|(person, _)| person).collect();
    seen::join(&mut people, seen::listed(extracts, members, clocks), extracts);
    // Equal keys stay in the order of time.
    people.sort_by(|a, b| a.key.cmp(&b.key));
    number_equal_keys(&mut people);
    people
}

fn number_equal_keys(people: &mut [Person]) {
    let keys: Vec<String> = people.iter().map(|person| person.key.clone()).collect();
    for (at, person) in people.iter_mut().enumerate() {
        let earlier = keys.iter().take(at).filter(|key| **key == person.key).count();
        if earlier > 0 {
            person.key = format!("{}#{}", person.key, earlier + 1);
        }
    }
}
