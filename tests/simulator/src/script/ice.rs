//! Connection state changes caused by faults.

use serde_json::json;

use super::{Script, media_connection, sdp};
use crate::deployment::BridgeFault;
use crate::fault::{Fault, FaultKind};
use crate::scenario::{Scenario, Topology};
use crate::session::Session;

/// Without packets for this long, ICE is disconnected, and for this long it has failed.
const DISCONNECTED_MS: u64 = 5_200;
const FAILED_MS: u64 = 20_000;
/// Between the network's return and ICE's knowing it.
const BACK_MS: u64 = 250;

/// Which generation of ICE a session is in.
pub(crate) fn generation(scenario: &Scenario, session: &Session, at_ms: u64) -> usize {
    let restarts = |fault: &&Fault| {
        let restarted_ms = match fault.kind {
            FaultKind::IceFailure => fault.time.to_ms,
            FaultKind::IceRestart => fault.time.from_ms + 1_000,
            _ => return false,
        };
        fault.person == session.person && session.connected().contains(restarted_ms) && restarted_ms <= at_ms
    };
    let moved = moves(scenario, session).filter(|fault| fault.time.to_ms <= at_ms);
    scenario.faults.iter().filter(restarts).count() + moved.count()
}

/// The bridges' deaths that move a session to another bridge.
fn moves<'a>(
    scenario: &'a Scenario,
    session: &'a Session,
) -> impl Iterator<Item = &'a BridgeFault> + use<'a> {
    let servers = scenario.servers.iter().filter(|_| scenario.topology == Topology::Bridge);
    let felt = servers.flat_map(|servers| servers.faults_of(session.person, session.connected()));
    felt.filter(|fault| fault.successor().is_some() && session.connected().contains(fault.time.to_ms))
}

impl Script<'_> {
    /// Follows the faults.
    pub(super) fn suffers(&mut self) {
        let p2p = self.scenario.topology == Topology::PeerToPeer;
        let (person, connected) = (self.session.person, self.session.connected());
        for fault in &self.scenario.faults {
            if fault.person != person && !p2p || !connected.overlaps(fault.time) {
                continue;
            }
            match fault.kind {
                FaultKind::IceDisconnect | FaultKind::Blackout => self.disconnects(fault),
                FaultKind::IceFailure if fault.person == person => self.fails(fault),
                FaultKind::IceRestart if fault.person == person => self.changes_networks(fault),
                _ => {}
            }
        }
        for fault in moves(self.scenario, self.session) {
            self.is_moved(fault);
        }
    }

    /// The bridge fails: a new description (`transport-replace`) moves the same connection to another bridge.
    fn is_moved(&mut self, fault: &BridgeFault) {
        if fault.time.length_ms() > DISCONNECTED_MS {
            self.states(fault.time.from_ms + DISCONNECTED_MS, "disconnected");
        }
        let to_ms = fault.time.to_ms;
        let is_other = |other: &&Session| other.presence.endpoint_id != self.session.presence.endpoint_id;
        let others = self.sessions.iter().filter(is_other);
        let there: Vec<&Session> = others.filter(|other| other.connected().contains(to_ms)).collect();
        let generation = generation(self.scenario, self.session, to_ms);
        let sdp = sdp::of_others_after(self.session, &there, "actpass", generation);
        let pc = media_connection(self.scenario.topology);
        let offer = json!({"type": "offer", "sdp": sdp});
        self.done(pc, to_ms.saturating_sub(400), "setRemoteDescription", &offer);
        self.states(to_ms.saturating_sub(300), "checking");
        self.states(to_ms + BACK_MS, "connected");
    }

    fn states(&mut self, at_ms: u64, state: &str) {
        let pc = media_connection(self.scenario.topology);
        self.on(pc, at_ms, "oniceconnectionstatechange", &json!(state));
        let whole = if state == "checking" { "connecting" } else { state };
        self.on(pc, at_ms + 2, "onconnectionstatechange", &json!(whole));
    }

    fn disconnects(&mut self, fault: &Fault) {
        if fault.time.length_ms() > DISCONNECTED_MS {
            self.states(fault.time.from_ms + DISCONNECTED_MS, "disconnected");
            self.states(fault.time.to_ms + BACK_MS, "connected");
        }
    }

    fn fails(&mut self, fault: &Fault) {
        if fault.time.length_ms() <= FAILED_MS {
            return self.disconnects(fault);
        }
        let failed_ms = fault.time.from_ms + FAILED_MS;
        self.states(fault.time.from_ms + DISCONNECTED_MS, "disconnected");
        self.states(failed_ms, "failed");
        self.page(failed_ms + 100, "iceRestartRequested", &json!({"reason": "ice-failed"}));
        self.states(fault.time.to_ms, "checking");
        self.states(fault.time.to_ms + BACK_MS, "connected");
        self.page(fault.time.to_ms + BACK_MS + 20, "iceRestartApplied", &json!({"generation": 1}));
    }

    fn changes_networks(&mut self, fault: &Fault) {
        let from_ms = fault.time.from_ms;
        self.page(from_ms, "iceRestartRequested", &json!({"reason": "network-change"}));
        self.states(from_ms + 600, "checking");
        self.states(from_ms + 1_000, "connected");
        self.page(from_ms + 1_020, "iceRestartApplied", &json!({"generation": 1}));
    }
}
