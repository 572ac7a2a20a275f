//! A dump in its conference: whose it is, and how its clock is read.

use super::person::Person;
use super::servers::ServerDump;
use crate::extract::Extract;

/// One dump of a conference.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dump<'a> {
    pub(super) extract: &'a Extract,
    /// Its place among the extracts.
    pub(super) index: usize,
    /// Added to its times.
    pub(super) offset_ms: f64,
    /// Whose it is, as an index of the people; a server's is nobody's.
    pub(super) person: Option<usize>,
    /// The person's key.
    pub(super) participant: Option<&'a str>,
    /// The server's name.
    pub(super) server: Option<&'a str>,
}

impl Dump<'_> {
    /// A time of it on the conference's clock.
    pub(super) fn shift(&self, at_ms: f64) -> f64 {
        at_ms + self.offset_ms
    }

    /// First and last time of it on the conference's clock.
    pub(super) fn span_ms(&self) -> Option<(f64, f64)> {
        let (from, to) = self.extract.span_ms?;
        Some((self.shift(from), self.shift(to)))
    }

    /// Whose it is, in a word.
    pub(super) fn owner(&self) -> &str {
        self.participant.or(self.server).unwrap_or_default()
    }
}

/// All dumps of a conference, in the order of people and their stays, servers last.
pub(super) fn dumps<'a>(
    extracts: &'a [Extract],
    people: &'a [Person],
    servers: &'a [ServerDump],
) -> Vec<Dump<'a>> {
    let of_people = people.iter().enumerate().flat_map(|(person, known)| {
        known.dumps(extracts).map(move |(stay, extract)| Dump {
            extract,
            index: stay.extract,
            offset_ms: stay.shift(0.0),
            person: Some(person),
            participant: Some(known.key.as_str()),
            server: None,
        })
    });
    let of_servers = servers.iter().filter_map(|server| {
        let extract = extracts.get(server.index)?;
        let (index, offset_ms) = (server.index, server.offset_ms);
        Some(Dump { extract, index, offset_ms, person: None, participant: None, server: Some(&server.name) })
    });
    of_people.chain(of_servers).collect()
}
