//! Identifies participants: one for each client dump, one for all dumps of a participant that left and rejoined, and one for
//! each further endpoint that a server lists.

use super::naming;
use super::participant_record::{DumpPresence, ParticipantRecord};
use super::presence_overlap::TOLERANCE_MS;
use super::{endpoint_matching, server_listing};
use crate::clocks::{ServerClocks, client_clocks};
use crate::extract::Extract;
use crate::sessions::{Extracts, Sessions};

/// The participants of a conference, sorted by key. Equal keys get a number: `key`, `key#2`.
///
/// A generated stats id belongs to a browser profile, so dumps with the same one are of one participant, unless they overlap
/// in time. Names are not compared, since several participants may have the same one.
pub(crate) fn participant_records(
    extracts: &Extracts,
    dump_indexes: &[usize],
    clocks: &ServerClocks,
    sessions: &Sessions,
) -> Vec<ParticipantRecord> {
    let mut presences: Vec<(DumpPresence, &Extract)> = client_clocks(extracts, dump_indexes, clocks)
        .into_iter()
        .filter_map(|(index, clock)| {
            let extract = extracts.get(index)?;
            Some((DumpPresence::new(index, extract, clock), extract))
        })
        .collect();
    presences
        .sort_by(|(a, _), (b, _)| a.span.from_ms.total_cmp(&b.span.from_ms).then(a.extract.cmp(&b.extract)));
    let mut records: Vec<(ParticipantRecord, Option<String>)> = Vec::new();
    for (presence, extract) in presences {
        let (_, stats_id) = naming::names(&extract.identity);
        let first_part = sessions.first_part(presence.extract);
        let earlier = records.iter_mut().find(|(record, known)| {
            let same_session =
                || record.presences.iter().any(|known| sessions.first_part(known.extract) == first_part);
            let follows = || {
                record
                    .presences
                    .last()
                    .is_some_and(|last| last.span.to_ms <= presence.span.from_ms + TOLERANCE_MS)
            };
            same_session() || (known.is_some() && *known == stats_id && follows())
        });
        match earlier {
            Some((record, _)) => record.presences.push(presence),
            None => {
                let key = naming::participant_key(extract);
                records.push((
                    ParticipantRecord { key, presences: vec![presence], listings: Vec::new() },
                    stats_id,
                ));
            }
        }
    }
    let mut records: Vec<ParticipantRecord> = records.into_iter().map(|(record, _)| record).collect();
    endpoint_matching::add_listed_endpoints(
        &mut records,
        server_listing::listed(extracts, dump_indexes, clocks),
        extracts,
    );
    // The sort is stable: records with equal keys stay in the order of time.
    records.sort_by(|a, b| a.key.cmp(&b.key));
    number_equal_keys(&mut records);
    records
}

/// Appends `#2`, `#3`, … to the second and further records with the same key.
fn number_equal_keys(records: &mut [ParticipantRecord]) {
    let keys: Vec<String> = records.iter().map(|record| record.key.clone()).collect();
    for (at, record) in records.iter_mut().enumerate() {
        let earlier = keys.iter().take(at).filter(|key| **key == record.key).count();
        if earlier > 0 {
            record.key = format!("{}#{}", record.key, earlier + 1);
        }
    }
}
