//! What servers saw that a client's dump shows as well: coming, ICE connected, dominant speakers. It tells what must be
//! added to the client's times.

use super::agreement::Witness;
use super::server_clock::ServerClocks;
use crate::extract::{Extract, ServerExtract, ServerStay};
use crate::model::EventKind;

/// A client says that it came when the room has answered: after the focus saw it, by this much at most.
const JOIN_MS: f64 = 1_000.0;
/// Or a little before, where the focus is slow to hear of it.
const FOCUS_LATE_MS: f64 = 250.0;
/// How far the two ends of ICE lie apart: a round trip.
const ICE_MS: f64 = 500.0;
/// How long it takes at most until everybody has heard who speaks.
const SPEAKER_MS: f64 = 400.0;
/// Nobody hears of it before it is so, but for what clocks jitter.
const EARLY_MS: f64 = 50.0;
/// More changes of the speaker than are needed.
const MAX_SPEAKERS: usize = 200;

/// What the servers of a conference say of a client's clock.
pub(super) fn witnesses(
    client: &Extract,
    extracts: &[Extract],
    members: &[usize],
    clocks: &ServerClocks,
) -> Vec<Witness> {
    let Some(id) = client.identity.endpoint_id.as_deref() else { return Vec::new() };
    let mut found = Vec::new();
    for index in members {
        let Some(server) = extracts.get(*index).and_then(|extract| extract.server.as_deref()) else {
            continue;
        };
        let offset_ms = clocks.offset_ms(*index);
        let poll_ms = server.poll_ms.unwrap_or(0.0);
        let members = server.members.iter().filter(|member| member.id == id);
        for stay in members.flat_map(|member| member.stays.list()).filter(|stay| stay.came) {
            found.extend(came(stay, client, offset_ms, poll_ms));
        }
        let endpoints = server.endpoints.iter().filter(|endpoint| endpoint.id == id);
        for stay in endpoints.flat_map(|endpoint| endpoint.stays.list()).filter(|stay| stay.came) {
            found.extend(allocated(stay, client, offset_ms, poll_ms));
        }
        found.extend(ice(server, client, id, offset_ms));
        found.extend(speakers(server, client, offset_ms, poll_ms));
    }
    found
}

fn firm(low: f64, high: f64) -> Witness {
    Witness { allows: vec![(low, high)], firm: true }
}

/// The focus sees somebody come when they do.
fn came(stay: &ServerStay, client: &Extract, offset_ms: f64, poll_ms: f64) -> Option<Witness> {
    let joined_ms = client.joined_ms?;
    let ahead_ms = stay.from_ms + offset_ms - joined_ms;
    let since_ms = if stay.came_by_log() { 0.0 } else { poll_ms };
    Some(firm(ahead_ms - since_ms - FOCUS_LATE_MS, ahead_ms + JOIN_MS))
}

/// A bridge is told of somebody after they came and before they are connected with it.
fn allocated(stay: &ServerStay, client: &Extract, offset_ms: f64, poll_ms: f64) -> Option<Witness> {
    let (joined_ms, connected_ms) = client.joined_ms.zip(connected_ms(client))?;
    let at_ms = stay.from_ms + offset_ms;
    // The focus may be told of it a little before the client itself knows.
    let since_ms = if stay.came_by_log() { 0.0 } else { poll_ms };
    Some(firm(at_ms - since_ms - connected_ms, at_ms - joined_ms + JOIN_MS))
}

/// When the client was first connected with a bridge.
fn connected_ms(client: &Extract) -> Option<f64> {
    let is_bridge = |id: &str| {
        let mut connections = client.connections.iter().map(|connection| &connection.summary);
        connections.any(|connection| connection.id == id && connection.p2p != Some(true))
    };
    let mut states = client.events.iter().filter(|event| {
        event.kind == EventKind::IceConnectionState
            && matches!(event.detail.as_deref(), Some("connected" | "completed"))
            && event.connection.as_deref().is_some_and(is_bridge)
    });
    states.next().map(|event| event.at_ms)
}

/// ICE is connected at both ends within a round trip; only the log tells when.
fn ice(server: &ServerExtract, client: &Extract, id: &str, offset_ms: f64) -> Option<Witness> {
    let connected_ms = connected_ms(client)?;
    let mut logged = server.events.iter().filter(|event| {
        event.exact
            && event.kind == EventKind::BridgeIceState
            && event.detail.as_deref() == Some("connected")
            && event.endpoint.as_deref() == Some(id)
    });
    let ahead_ms = logged.next()?.at_ms + offset_ms - connected_ms;
    Some(firm(ahead_ms - ICE_MS, ahead_ms + ICE_MS))
}

/// The bridge says who speaks and everybody hears of it, half a round trip later. Which change is which is not told, so
/// each is any that names the same speaker.
fn speakers(server: &ServerExtract, client: &Extract, offset_ms: f64, poll_ms: f64) -> Vec<Witness> {
    let said: Vec<(&str, f64, f64)> = server
        .events
        .iter()
        .filter(|event| event.kind == EventKind::DominantSpeaker)
        .filter_map(|event| {
            let since_ms = if event.exact { 0.0 } else { poll_ms };
            Some((event.endpoint.as_deref()?, event.at_ms + offset_ms, since_ms))
        })
        .take(MAX_SPEAKERS)
        .collect();
    let heard = client.events.iter().filter(|event| event.kind == EventKind::DominantSpeaker);
    let allowed = |speaker: &str, heard_ms: f64| -> Vec<(f64, f64)> {
        let same = said.iter().filter(|(name, ..)| *name == speaker);
        same.map(|(_, at_ms, since_ms)| {
            (at_ms - heard_ms - since_ms - EARLY_MS, at_ms - heard_ms + SPEAKER_MS)
        })
        .collect()
    };
    let each = heard.filter_map(|event| Some((event.detail.as_deref()?, event.at_ms))).take(MAX_SPEAKERS);
    each.map(|(speaker, heard_ms)| Witness { allows: allowed(speaker, heard_ms), firm: false }).collect()
}
