//! The machines of a call and what happened on them.

use crate::clocks::ServerClocks;
use crate::extract::{BridgeExtract, Extract, ServerExtract};
use crate::model::{MemberKind, SourceKind};
use crate::report::Server;
use crate::sessions::{Extracts, Sessions};
use crate::time_span::TimeSpan;

/// Every server: those that left a dump, and those that such a dump tells of.
pub(crate) fn servers(
    extracts: &Extracts,
    members: &[usize],
    clocks: &ServerClocks,
    sessions: &Sessions,
) -> Vec<Server> {
    let dumps = || members.iter().filter_map(|index| Some((*index, extracts.get(*index)?)));
    let mut servers: Vec<(Option<&ServerExtract>, Server)> = Vec::new();
    let mut first_parts: Vec<usize> = Vec::new();
    let began_ms = |index: usize| {
        let span = extracts.get(index).and_then(|extract| extract.span);
        span.map_or(f64::INFINITY, |span| span.from_ms + clocks.offset_ms(index))
    };
    let mut in_order: Vec<(usize, usize, &Extract)> =
        dumps().map(|(index, extract)| (sessions.first_part(index), index, extract)).collect();
    in_order.sort_by(|(a_first, a, _), (b_first, b, _)| {
        let by_time = began_ms(*a_first).total_cmp(&began_ms(*b_first));
        by_time.then(a_first.cmp(b_first)).then_with(|| sessions.place(*a).cmp(&sessions.place(*b)))
    });
    for (first, index, extract) in in_order {
        let Some(row) = own(extract, index, clocks) else { continue };
        let part = first_parts.iter().position(|known| *known == first);
        // A bridge that had the conference twice left two dumps.
        let same =
            |(_, known): &(_, Server)| known.kind == row.kind && row.name.is_some() && known.name == row.name;
        let known = part.or_else(|| servers.iter().position(same));
        match known.and_then(|at| servers.get_mut(at)) {
            // What it tells is in the row of those that it was read with.
            Some((_, known)) if sessions.head(index) != index => known.other_parts.push(row.file),
            Some((_, known)) => go_on(known, row),
            None => {
                first_parts.push(first);
                servers.push((extract.server.as_deref(), row));
            }
        }
    }
    for (index, extract) in dumps() {
        let Some(server) = extract.server.as_deref() else { continue };
        let offset_ms = clocks.offset_ms(index);
        for bridge in &server.bridges {
            let known = bridge_of(bridge, server, &servers);
            match known.and_then(|at| servers.get_mut(at)) {
                Some((_, row)) => describe(row, bridge),
                None => {
                    let mut row = told("jvb", &bridge.name, bridge.span, offset_ms, extract);
                    describe(&mut row, bridge);
                    servers.push((None, row));
                }
            }
        }
        for member in server.members.iter() {
            let kind = match member.kind {
                MemberKind::Person => continue,
                MemberKind::Jibri => "jibri",
                MemberKind::Jigasi => "jigasi",
                MemberKind::Transcriber => "transcriber",
                MemberKind::Bot => "bot",
            };
            let stays = member.presences.list();
            let span =
                stays.first().zip(stays.last()).map(|(first, last)| TimeSpan::new(first.from_ms, last.to_ms));
            let mut row = told(kind, &member.id, span, offset_ms, extract);
            row.region.clone_from(&member.region);
            servers.push((None, row));
        }
    }
    let mut rows: Vec<Server> = servers.into_iter().map(|(_, row)| row).collect();
    rows.sort_by(|a, b| (&a.kind, &a.name, &a.file).cmp(&(&b.kind, &b.name, &b.file)));
    rows
}

/// A server that left this dump.
fn own(extract: &Extract, index: usize, clocks: &ServerClocks) -> Option<Server> {
    let kind = match extract.identity.kind? {
        SourceKind::Client => return None,
        SourceKind::Jvb => "jvb",
        SourceKind::Jicofo => "jicofo",
        SourceKind::Jigasi => "jigasi",
        SourceKind::Jibri => "jibri",
    };
    let server = extract.server.as_deref();
    let offset_ms = clocks.offset_ms(index);
    let span = server.and_then(|server| server.span).or(extract.span);
    Some(Server {
        kind: kind.to_owned(),
        name: extract.identity.display_name.clone(),
        version: extract.identity.release.clone(),
        region: extract.identity.region.clone(),
        file: extract.file.name.clone(),
        has_dump: true,
        from_ms: span.map(|span| span.from_ms + offset_ms),
        to_ms: span.map(|span| span.to_ms + offset_ms),
        polls: server.map_or(0, |server| server.polls),
        poll_ms: server.and_then(|server| server.poll_ms),
        clock: clocks.of(index).cloned(),
        peak_endpoints: server.and_then(|server| server.peak_endpoints),
        relays: server.map(|server| server.relays.clone()).unwrap_or_default(),
        peak_people: server.and_then(|server| server.peak_people),
        peak_audio_senders: server.and_then(|server| server.peak_audio_senders),
        peak_video_senders: server.and_then(|server| server.peak_video_senders),
        ..Server::default()
    })
}

/// Another dump of a server, or another part of it.
fn go_on(known: &mut Server, part: Server) {
    known.other_parts.push(part.file);
    known.from_ms = known.from_ms.into_iter().chain(part.from_ms).reduce(f64::min);
    known.to_ms = known.to_ms.into_iter().chain(part.to_ms).reduce(f64::max);
    known.polls += part.polls;
    known.peak_endpoints = known.peak_endpoints.max(part.peak_endpoints);
    for (peak, of_part) in [
        (&mut known.peak_people, part.peak_people),
        (&mut known.peak_audio_senders, part.peak_audio_senders),
        (&mut known.peak_video_senders, part.peak_video_senders),
    ] {
        *peak = (*peak).into_iter().chain(of_part).reduce(f64::max);
    }
    known.relays.extend(part.relays);
    known.relays.sort();
    known.relays.dedup();
}

/// A machine that another's dump tells of.
fn told(kind: &str, name: &str, span: Option<TimeSpan>, offset_ms: f64, by: &Extract) -> Server {
    Server {
        kind: kind.to_owned(),
        name: Some(name.to_owned()),
        file: by.file.name.clone(),
        from_ms: span.map(|span| span.from_ms + offset_ms),
        to_ms: span.map(|span| span.to_ms + offset_ms),
        ..Server::default()
    }
}

fn describe(row: &mut Server, bridge: &BridgeExtract) {
    row.version = row.version.take().or_else(|| bridge.version.clone());
    row.region = row.region.take().or_else(|| bridge.region.clone());
    row.stress = bridge.stress();
    row.overloaded_ms = bridge.overloaded_ms;
    row.healthy = bridge.healthy;
    row.draining = bridge.draining;
}

/// The bridge's own dump: by its host's name, else by who was on it.
fn bridge_of(
    bridge: &BridgeExtract,
    focus: &ServerExtract,
    servers: &[(Option<&ServerExtract>, Server)],
) -> Option<usize> {
    let jvbs = || servers.iter().enumerate().filter(|(_, (_, row))| row.kind == "jvb");
    let named = |row: &Server| {
        let rest = row.name.as_deref().and_then(|host| host.strip_prefix(bridge.name.as_str()));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    if let Some((at, _)) = jvbs().find(|(_, (_, row))| named(row)) {
        return Some(at);
    }
    let was_there = |id: &str| {
        let mut members = focus.members.iter().filter(|member| member.id == id);
        members.any(|member| member.bridges.iter().any(|choice| choice.bridge == bridge.name))
    };
    let shared = jvbs().filter_map(|(at, (server, _))| {
        let count = server.as_ref()?.endpoints.iter().filter(|endpoint| was_there(&endpoint.id)).count();
        (count > 0).then_some((count, at))
    });
    let mut shared: Vec<(usize, usize)> = shared.collect();
    shared.sort_unstable();
    match shared.as_slice() {
        [.., (second, _), (most, _)] if second == most => None,
        [.., (_, at)] => Some(*at),
        [] => None,
    }
}
