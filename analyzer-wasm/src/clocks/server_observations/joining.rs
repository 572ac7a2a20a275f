//! Coming: the focus sees it when the room does, a bridge is told of it between that and the client's connection.

use super::connecting::connections;
use super::machine::Machine;
use super::{Client, EARLY_MS};
use crate::clocks::agreement::{Stretch, Witness};
use crate::extract::{ServerPresence, ServerPresences};
use crate::model::EventKind;

/// A client says that it came when the room has answered and it has read who else is there.
const JOIN_MS: f64 = 1_000.0;
/// Or a little before, where the focus is slow to hear of it.
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

/// The focus saw them come; if it did several times, it was one of these.
pub(super) fn came(client: &Client<'_>, machines: &[Machine<'_>]) -> Option<Witness> {
    let joined_ms = client.extract.joined_ms?;
    let usual_ms = client.usual_rtt_ms() / 2.0 - joined_ms;
    let mut allows = Vec::new();
    for machine in machines {
        for (offset_ms, server) in machine.dumps() {
            for member in server.members.iter().filter(|member| member.id == client.id) {
                allows.extend(begins(machine, offset_ms, &member.presences).map(|begin| Stretch {
                    low: begin.since_ms - joined_ms - FOCUS_LATE_MS,
                    high: begin.at_ms - joined_ms + JOIN_MS + client.long_rtt_ms(),
                    usual: begin.logged.then_some(begin.at_ms + usual_ms),
                }));
            }
        }
    }
    (!allows.is_empty()).then_some(Witness { allows, firm: true })
}

/// Bridges were told of them after they came, or were connected for the last time, and before they were connected
/// with this one. Where both know of as many, they are the same in the order of time; else each may be any.
pub(super) fn allocated(client: &Client<'_>, machines: &[Machine<'_>]) -> Vec<Witness> {
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
    let allowed = |stay: &Begin, (begun_ms, connected_ms): (f64, f64)| Stretch {
        low: stay.since_ms - connected_ms - EARLY_MS,
        high: stay.at_ms - begun_ms + JOIN_MS + client.long_rtt_ms(),
        usual: None,
    };
    let paired = stays.len() == places.len();
    let witness = |(at, stay): (usize, &Begin)| {
        let mine = places.iter().enumerate().filter(|(place, _)| !paired || *place == at);
        Witness { allows: mine.map(|(_, place)| allowed(stay, *place)).collect(), firm: paired }
    };
    stays.iter().enumerate().map(witness).collect()
}
