//! Observations of connecting: a bridge's log and the client's dump both show when ICE and DTLS were connected, which the
//! two ends notice within a round trip of each other.

use std::collections::BTreeMap;

use super::machine::Machine;
use super::{BUSY_MS, Client, EARLY_MS};
use crate::clocks::offset_observation::{AllowedOffsets, OffsetObservation, OffsetRange};
use crate::model::EventKind;

/// How far apart the two ends of ICE may select a pair, besides the delay of the network.
const ICE_MS: f64 = 500.0;

/// Observations of connected ICE.
pub(super) fn ice(client: &Client<'_>, machines: &[Machine<'_>]) -> Vec<OffsetObservation> {
    let apart_ms = ICE_MS + client.long_rtt_ms();
    let connected = connections(client, EventKind::IceConnectionState);
    paired(client, machines, EventKind::BridgeIceState, &connected, (apart_ms, apart_ms))
}

/// Observations of connected DTLS. The last flight of the handshake takes half a round trip; which end sends it depends on
/// the version of DTLS and on which end is the client.
pub(super) fn dtls(client: &Client<'_>, machines: &[Machine<'_>]) -> Vec<OffsetObservation> {
    let rtt_ms = client.long_rtt_ms();
    let connected = connections(client, EventKind::DtlsState);
    let apart_ms = (rtt_ms + EARLY_MS, rtt_ms + BUSY_MS);
    paired(client, machines, EventKind::BridgeDtlsState, &connected, apart_ms)
}

/// The times, on the client's clock, at which it became connected with a bridge.
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

/// Pairs what bridges logged with what the client logged. Where both logged as many they are paired in order of time, else
/// each may be any of the others.
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
    let observation = |(at, (said_ms, clock_ms)): (usize, &(f64, f64))| {
        let mine = connected.iter().enumerate().filter(|(place, _)| !firm || *place == at);
        let allowed = mine.map(|(_, connected_ms)| AllowedOffsets {
            range: OffsetRange::new(
                said_ms - connected_ms - early_ms - clock_ms,
                said_ms - connected_ms + late_ms,
            ),
            usual_ms: None,
        });
        OffsetObservation { allowed: allowed.collect(), firm }
    };
    logged.iter().enumerate().map(observation).collect()
}
