//! The servers of a conference: those that left a dump, and those that the dump of another server lists.

mod bridge_dumps;
mod rows;

use crate::clocks::ServerClocks;
use crate::extract::{Extract, MemberExtract, ServerExtract};
use crate::model::MemberKind;
use crate::report::Server;
use crate::sessions::{Extracts, Sessions};
use crate::time_span::TimeSpan;
use bridge_dumps::dump_of_bridge;
use rows::{add_bridge_state, add_part, dumped_server, listed_server};

/// A row of the report, with the server's extract from its first dump if it left one.
type ServerRow<'a> = (Option<&'a ServerExtract>, Server);

/// All servers of a conference by kind, name and file. Dumps of the same server, such as those of a bridge that served the
/// conference twice, are one row; so are the parts of a session.
pub(crate) fn servers(
    extracts: &Extracts,
    dump_indexes: &[usize],
    clocks: &ServerClocks,
    sessions: &Sessions,
) -> Vec<Server> {
    let mut servers = servers_with_dumps(extracts, dump_indexes, clocks, sessions);
    for index in dump_indexes {
        let Some(extract) = extracts.get(*index) else { continue };
        let Some(server) = extract.server.as_deref() else { continue };
        let offset_ms = clocks.offset_ms(*index);
        for bridge in &server.bridges {
            let dumped = dump_of_bridge(bridge, server, &servers);
            match dumped.and_then(|at| servers.get_mut(at)) {
                Some((_, row)) => add_bridge_state(row, bridge),
                None => {
                    let mut row = listed_server("jvb", &bridge.name, bridge.span, offset_ms, extract);
                    add_bridge_state(&mut row, bridge);
                    servers.push((None, row));
                }
            }
        }
        let services = server.members.iter().filter_map(|member| service(member, offset_ms, extract));
        servers.extend(services.map(|row| (None, row)));
    }
    let mut rows: Vec<Server> = servers.into_iter().map(|(_, row)| row).collect();
    rows.sort_by(|a, b| (&a.kind, &a.name, &a.file).cmp(&(&b.kind, &b.name, &b.file)));
    rows
}

/// The servers that left dumps, in order of the start of their sessions.
fn servers_with_dumps<'a>(
    extracts: &'a Extracts,
    dump_indexes: &[usize],
    clocks: &ServerClocks,
    sessions: &Sessions,
) -> Vec<ServerRow<'a>> {
    let dumps = dump_indexes.iter().filter_map(|index| Some((*index, extracts.get(*index)?)));
    let mut servers: Vec<ServerRow<'a>> = Vec::new();
    let mut first_parts: Vec<usize> = Vec::new();
    let start_ms = |index: usize| {
        let span = extracts.get(index).and_then(|extract| extract.span);
        span.map_or(f64::INFINITY, |span| span.from_ms + clocks.offset_ms(index))
    };
    let mut in_order: Vec<(usize, usize, &Extract)> =
        dumps.map(|(index, extract)| (sessions.first_part(index), index, extract)).collect();
    in_order.sort_by(|(a_first, a, _), (b_first, b, _)| {
        let by_time = start_ms(*a_first).total_cmp(&start_ms(*b_first));
        by_time.then(a_first.cmp(b_first)).then_with(|| sessions.place(*a).cmp(&sessions.place(*b)))
    });
    for (first, index, extract) in in_order {
        let Some(row) = dumped_server(extract, index, clocks) else { continue };
        let part = first_parts.iter().position(|known| *known == first);
        // A bridge that served the conference twice left two dumps.
        let same =
            |(_, known): &(_, Server)| known.kind == row.kind && row.name.is_some() && known.name == row.name;
        let known = part.or_else(|| servers.iter().position(same));
        match known.and_then(|at| servers.get_mut(at)) {
            // The data of a stitched part is already in the extract of the first part.
            Some((_, known)) if sessions.head(index) != index => known.other_parts.push(row.file),
            Some((_, known)) => add_part(known, row),
            None => {
                first_parts.push(first);
                servers.push((extract.server.as_deref(), row));
            }
        }
    }
    servers
}

/// The row of a member that is a recorder, a gateway, a transcriber or a bot; `None` for a participant.
fn service(member: &MemberExtract, offset_ms: f64, extract: &Extract) -> Option<Server> {
    let kind = match member.kind {
        MemberKind::Participant => return None,
        MemberKind::Jibri => "jibri",
        MemberKind::Jigasi => "jigasi",
        MemberKind::Transcriber => "transcriber",
        MemberKind::Bot => "bot",
    };
    let presences = member.presences.list();
    let span =
        presences.first().zip(presences.last()).map(|(first, last)| TimeSpan::new(first.from_ms, last.to_ms));
    let mut row = listed_server(kind, &member.id, span, offset_ms, extract);
    row.region.clone_from(&member.region);
    Some(row)
}
