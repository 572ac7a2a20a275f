//! The dumps of a conference: the participant or server that wrote each, and the offset of its clock.

use super::participant_record::ParticipantRecord;
use crate::clocks::ServerClocks;
use crate::extract::Extract;
use crate::sessions::Extracts;
use crate::time_span::TimeSpan;

/// One dump of a conference.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ConferenceDump<'a> {
    pub(crate) extract: &'a Extract,
    /// The index of its extract.
    pub(crate) index: usize,
    /// Added to the times of the dump gives times on the conference's clock, ms.
    pub(crate) offset_ms: f64,
    /// The index of the participant that wrote it; `None` for a server's dump.
    pub(crate) participant: Option<usize>,
    /// The participant's key.
    pub(crate) participant_key: Option<&'a str>,
    /// The server's name.
    pub(crate) server: Option<&'a str>,
}

impl ConferenceDump<'_> {
    /// Converts a time of the dump to the conference's clock, ms.
    pub(crate) fn shift(&self, at_ms: f64) -> f64 {
        at_ms + self.offset_ms
    }

    /// The time from its first to its last entry, on the conference's clock.
    pub(crate) fn span(&self) -> Option<TimeSpan> {
        Some(self.extract.span?.shifted(self.offset_ms))
    }

    /// The key of the participant or the name of the server that wrote it.
    pub(crate) fn owner(&self) -> &str {
        self.participant_key.or(self.server).unwrap_or_default()
    }
}

/// All dumps of a conference, in the order of participants and their presences, servers last.
pub(crate) fn dumps<'a>(
    extracts: &'a Extracts,
    records: &'a [ParticipantRecord],
    servers: &'a [ServerDump],
) -> Vec<ConferenceDump<'a>> {
    let of_participants = records.iter().enumerate().flat_map(|(participant, record)| {
        record.dumps(extracts).map(move |(presence, extract)| ConferenceDump {
            extract,
            index: presence.extract,
            offset_ms: presence.shift(0.0),
            participant: Some(participant),
            participant_key: Some(record.key.as_str()),
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
    of_participants.chain(of_servers).collect()
}

/// A server's dump.
#[derive(Debug)]
pub(crate) struct ServerDump {
    /// The index of its extract.
    pub(crate) index: usize,
    /// The server's name, or the file's if the dump has none.
    pub(crate) name: String,
    /// Added to the times of the dump gives times on the conference's clock, ms.
    pub(crate) offset_ms: f64,
}

/// The dumps of servers among the dumps of a conference.
pub(crate) fn server_dumps(
    extracts: &Extracts,
    dump_indexes: &[usize],
    clocks: &ServerClocks,
) -> Vec<ServerDump> {
    let dumps = dump_indexes.iter().filter_map(|index| Some((*index, extracts.get(*index)?)));
    let servers = dumps.filter(|(_, extract)| !extract.file.is_client);
    servers
        .map(|(index, extract)| {
            let name = extract.identity.display_name.as_ref().unwrap_or(&extract.file.name).clone();
            ServerDump { index, name, offset_ms: clocks.offset_ms(index) }
        })
        .collect()
}
