//! A dump in its conference: whose it is, and how its clock is read.

use super::identification::ParticipantRecord;
use crate::clocks::ServerClocks;
use crate::extract::Extract;
use crate::sessions::Extracts;
use crate::time_span::TimeSpan;

/// One dump of a conference.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ConferenceDump<'a> {
    pub(crate) extract: &'a Extract,
    /// Its place among the extracts.
    pub(crate) index: usize,
    /// Added to its times.
    pub(crate) offset_ms: f64,
    /// Whose it is, as an index of the people; a server's is nobody's.
    pub(crate) participant: Option<usize>,
    /// The person's key.
    pub(crate) participant_key: Option<&'a str>,
    /// The server's name.
    pub(crate) server: Option<&'a str>,
}

impl ConferenceDump<'_> {
    /// A time of it on the conference's clock.
    pub(crate) fn shift(&self, at_ms: f64) -> f64 {
        at_ms + self.offset_ms
    }

    /// From its first to its last time, on the conference's clock.
    pub(crate) fn span(&self) -> Option<TimeSpan> {
        Some(self.extract.span?.shifted(self.offset_ms))
    }

    /// Whose it is, in a word.
    pub(crate) fn owner(&self) -> &str {
        self.participant_key.or(self.server).unwrap_or_default()
    }
}

/// All dumps of a conference, in the order of people and their stays, servers last.
pub(crate) fn dumps<'a>(
    extracts: &'a Extracts,
    people: &'a [ParticipantRecord],
    servers: &'a [ServerDump],
) -> Vec<ConferenceDump<'a>> {
    let of_people = people.iter().enumerate().flat_map(|(person, known)| {
        known.dumps(extracts).map(move |(stay, extract)| ConferenceDump {
            extract,
            index: stay.extract,
            offset_ms: stay.shift(0.0),
            participant: Some(person),
            participant_key: Some(known.key.as_str()),
            server: None,
        })
    });
    let of_servers = servers.iter().filter_map(|server| {
        let extract = extracts.get(server.index)?;
        let (index, offset_ms) = (server.index, server.offset_ms);
        Some(ConferenceDump {
            extract,
            index,
            offset_ms,
            participant: None,
            participant_key: None,
            server: Some(&server.name),
        })
    });
    of_people.chain(of_servers).collect()
}

/// A server's dump.
#[derive(Debug)]
pub(crate) struct ServerDump {
    /// The index of its extract.
    pub(crate) index: usize,
    /// The server's name, else the file's.
    pub(crate) name: String,
    /// Added to its times.
    pub(crate) offset_ms: f64,
}

/// The servers' dumps among these.
pub(crate) fn server_dumps(extracts: &Extracts, members: &[usize], clocks: &ServerClocks) -> Vec<ServerDump> {
    let dumps = members.iter().filter_map(|index| Some((*index, extracts.get(*index)?)));
    let servers = dumps.filter(|(_, extract)| !extract.file.is_client);
    servers
        .map(|(index, extract)| {
            let name = extract.identity.display_name.as_ref().unwrap_or(&extract.file.name).clone();
            ServerDump { index, name, offset_ms: clocks.offset_ms(index) }
        })
        .collect()
}
