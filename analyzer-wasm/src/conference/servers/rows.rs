//! Rows of servers in the report.

use crate::clocks::ServerClocks;
use crate::extract::{BridgeExtract, Extract};
use crate::model::SourceKind;
use crate::report::Server;
use crate::time_span::TimeSpan;

/// The row of the server that wrote a dump; `None` for a client's dump.
pub(super) fn dumped_server(extract: &Extract, index: usize, clocks: &ServerClocks) -> Option<Server> {
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

/// Adds another dump of a server, or another part of its session, to its row.
pub(super) fn add_part(known: &mut Server, part: Server) {
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

/// The row of a server that the dump of another server lists.
pub(super) fn listed_server(
    kind: &str,
    name: &str,
    span: Option<TimeSpan>,
    offset_ms: f64,
    source: &Extract,
) -> Server {
    Server {
        kind: kind.to_owned(),
        name: Some(name.to_owned()),
        file: source.file.name.clone(),
        from_ms: span.map(|span| span.from_ms + offset_ms),
        to_ms: span.map(|span| span.to_ms + offset_ms),
        ..Server::default()
    }
}

/// Adds the state of a bridge that a focus recorded.
pub(super) fn add_bridge_state(row: &mut Server, bridge: &BridgeExtract) {
    row.version = row.version.take().or_else(|| bridge.version.clone());
    row.region = row.region.take().or_else(|| bridge.region.clone());
    row.stress = bridge.stress();
    row.overloaded_ms = bridge.overloaded_ms;
    row.healthy = bridge.healthy;
    row.draining = bridge.draining;
}
