//! Connecting: a bridge's log and the client tell when ICE and DTLS were connected, the two ends within a round trip.

use std::collections::BTreeMap;

use super::machine::Machine;
use super::{BUSY_MS, Client, EARLY_MS};
use crate::clocks::agreement::{AllowedOffsets, OffsetObservation};
use crate::model::EventKind;

/// Each end of ICE chooses its pair by itself: how far the two may lie apart beside the way.
const ICE_MS: f64 = 500.0;

/// ICE's two ends.
pub(super) fn ice(client: &Client<'_>, machines: &[Machine<'_>]) -> Vec<OffsetObservation> {
    let apart_ms = ICE_MS + client.long_rtt_ms();
    let connected = connections(client, EventKind::IceConnectionState);
    paired(client, machines, EventKind::BridgeIceState, &connected, (apart_ms, apart_ms))
}

/// The last flight of the handshake takes half a round trip; which end sends it depends on DTLS' version and on who began.
pub(super) fn dtls(client: &Client<'_>, machines: &[Machine<'_>]) -> Vec<OffsetObservation> {
    let rtt_ms = client.long_rtt_ms();
    let connected = connections(client, EventKind::DtlsState);
    let apart_ms = (rtt_ms + EARLY_MS, rtt_ms + BUSY_MS);
    paired(client, machines, EventKind::BridgeDtlsState, &connected, apart_ms)
}

/// When the client was connected with a bridge, by its own clock: each time that it was not before.
pub(super) fn connections(client: &Client<'_>, kind: EventKind) -> Vec<f64> {
    let mut is_up: BTreeMap<&str, bool> =
        client.bridge_connections().map(|connection| (connection.summary.id.as_str(), false)).collect();
    let mut found = Vec::new();
    for event in client.extract.events.iter().filter(|event| event.kind == kind) {
        let Some(known) = event.connection.as_deref().and_then(|id| is_up.get_mut(id)) else { continue };
        let now = matches!(event.detail.as_deref(), Some("connected" | "completed"));
        if now && !*known {
            found.push(event.at_ms);
        }
        *known = now;
    }
    found.sort_by(f64::total_cmp);
    found
}

/// Where bridges' logs and the client tell of as many, they are the same in the order of time; else each may be any.
fn paired(
    client: &Client<'_>,
    machines: &[Machine<'_>],
    kind: EventKind,
    connected: &[f64],
    (early_ms, late_ms): (f64, f64),
) -> Vec<OffsetObservation> {
    let mut logged: Vec<(f64, f64)> = Vec::new();
    for machine in machines {
        for (offset_ms, server) in machine.dumps() {
            let own = server.events.iter().filter(|event| {
                event.exact
                    && event.kind == kind
                    && event.detail.as_deref() == Some("connected")
                    && event.endpoint.as_deref() == Some(client.id)
            });
            logged.extend(own.map(|event| (event.at_ms + offset_ms, machine.late_ms())));
        }
    }
    logged.sort_by(|a, b| a.0.total_cmp(&b.0));
    let firm = logged.len() == connected.len();
    let witness = |(at, (said_ms, clock_ms)): (usize, &(f64, f64))| {
        let mine = connected.iter().enumerate().filter(|(place, _)| !firm || *place == at);
        let allowed = mine.map(|(_, connected_ms)| AllowedOffsets {
            low: said_ms - connected_ms - early_ms - clock_ms,
            high: said_ms - connected_ms + late_ms,
            usual: None,
        });
        OffsetObservation { allows: allowed.collect(), firm }
    };
    logged.iter().enumerate().map(witness).collect()
}
