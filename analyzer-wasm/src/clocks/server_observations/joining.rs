//! Observations of joining: the focus notices a join when the room does; a bridge allocates an endpoint between that and the
//! client's connection.

use super::connecting::connections;
use super::machine::Machine;
use super::{Client, EARLY_MS};
use crate::clocks::offset_observation::{AllowedOffsets, OffsetObservation, OffsetRange};
use crate::extract::{ServerPresence, ServerPresences};
use crate::model::EventKind;

/// A client logs its join this late at most: after the room has answered and listed the other members.
const JOIN_MS: f64 = 1_000.0;
/// Or this early, where the focus is notified late.
const FOCUS_LATE_MS: f64 = 250.0;

/// A stay's begin by the conference's clock, and since when it may have been so.
struct Begin {
    since_ms: f64,
    at_ms: f64,
    logged: bool,
}

fn begins<'a>(
    machine: &'a Machine<'_>,
    offset_ms: f64,
    stays: &'a ServerPresences,
) -> impl Iterator<Item = Begin> + 'a {
    let begin = move |stay: &ServerPresence| {
        let (at_ms, logged) = (stay.from_ms + offset_ms, stay.joined_by_log());
        let since_ms = if logged { at_ms } else { machine.polled_before(at_ms)? };
        Some(Begin { since_ms: since_ms - machine.late_ms(), at_ms, logged })
    };
    stays.list().iter().filter(|stay| stay.joined).filter_map(begin)
}

/// The joins of this client that the focus recorded; of several it was one.
pub(super) fn came(client: &Client<'_>, machines: &[Machine<'_>]) -> Option<OffsetObservation> {
    let joined_ms = client.extract.joined_ms?;
    let usual_ms = client.usual_rtt_ms() / 2.0 - joined_ms;
    let mut allowed = Vec::new();
    for machine in machines {
        for (offset_ms, server) in machine.dumps() {
            for member in server.members.iter().filter(|member| member.id == client.id) {
                allowed.extend(begins(machine, offset_ms, &member.presences).map(|begin| AllowedOffsets {
                    range: OffsetRange::new(
                        begin.since_ms - joined_ms - FOCUS_LATE_MS,
                        begin.at_ms - joined_ms + JOIN_MS + client.long_rtt_ms(),
                    ),
                    usual_ms: begin.logged.then_some(begin.at_ms + usual_ms),
                }));
            }
        }
    }
    (!allowed.is_empty()).then_some(OffsetObservation { allowed, firm: true })
}

/// Allocations of this client on bridges: each after the join, or the connection before it, and before the connection with
/// that bridge. Where there are as many of both they are paired in order of time, else each may be any of the others.
pub(super) fn allocated(client: &Client<'_>, machines: &[Machine<'_>]) -> Vec<OffsetObservation> {
    let Some(joined_ms) = client.extract.joined_ms else { return Vec::new() };
    let connected = connections(client, EventKind::IceConnectionState);
    let mut stays: Vec<Begin> = Vec::new();
    for machine in machines {
        for (offset_ms, server) in machine.dumps() {
            let own = server.endpoints.iter().filter(|endpoint| endpoint.id == client.id);
            stays.extend(own.flat_map(|endpoint| begins(machine, offset_ms, &endpoint.presences)));
        }
    }
    stays.sort_by(|a, b| a.at_ms.total_cmp(&b.at_ms));
    let before = std::iter::once(joined_ms).chain(connected.iter().copied());
    let places: Vec<(f64, f64)> = before.zip(connected.iter().copied()).collect();
    let allowed = |stay: &Begin, (begun_ms, connected_ms): (f64, f64)| AllowedOffsets {
        range: OffsetRange::new(
            stay.since_ms - connected_ms - EARLY_MS,
            stay.at_ms - begun_ms + JOIN_MS + client.long_rtt_ms(),
        ),
        usual_ms: None,
    };
    let paired = stays.len() == places.len();
    let observation = |(at, stay): (usize, &Begin)| {
        let mine = places.iter().enumerate().filter(|(place, _)| !paired || *place == at);
        OffsetObservation { allowed: mine.map(|(_, place)| allowed(stay, *place)).collect(), firm: paired }
    };
    stays.iter().enumerate().map(observation).collect()
}
