//! The connection to the bridge that two participants keep beside their direct one: connected, with almost no traffic.

use std::sync::Arc;

use super::thousandth;
use crate::dump::Snapshot;
use crate::session::{Session, connected_after};

/// Interval of STUN checks.
const STUN_MS: f64 = 2_500.0;
/// Amounts sent before the direct connection became active.
const PACKETS: i64 = 150;

/// The ids of its reports.
#[derive(Debug)]
pub(crate) struct Idle {
    pair: Arc<str>,
    local: Arc<str>,
    remote: Arc<str>,
    outbound: Arc<str>,
    transport: Arc<str>,
}

impl Idle {
    /// Of a session that has a direct connection.
    pub(crate) fn of(session: &Session) -> Self {
        let ids = session.ice.last();
        let id = |of: fn(&crate::session::IceIds) -> &Arc<str>| {
            ids.map_or_else(|| "I".into(), |ids| of(ids).clone())
        };
        Self {
            pair: id(|ids| &ids.pair),
            local: id(|ids| &ids.local),
            remote: id(|ids| &ids.remote),
            outbound: session.audio.names.outbound.clone(),
            transport: "T01".into(),
        }
    }
}

/// A poll of it at a true time, which the client's clock calls `now_ms`.
pub(crate) fn idle_poll(idle: &Idle, session: &Session, true_ms: f64, now_ms: f64, snapshot: &mut Snapshot) {
    snapshot.clear();
    let now_ms = thousandth(now_ms);
    let since_ms = (true_ms - connected_after(session.time().from_ms) as f64).max(0.0);
    let checks = (since_ms / STUN_MS) as i64 + 1;
    let rtt_s = (session.details.rtt_ms + (checks % 3) as f64).round() / 1_000.0;
    let bytes = checks * 240;
    snapshot
        .report(&idle.pair, "candidate-pair", now_ms)
        .whole("availableOutgoingBitrate", 300_000)
        .whole("bytesReceived", bytes)
        .whole("bytesSent", bytes + PACKETS * 80)
        .real("currentRoundTripTime", rtt_s)
        .text("localCandidateId", &idle.local)
        .flag("nominated", true)
        .whole("packetsReceived", checks * 2)
        .whole("packetsSent", checks * 2 + PACKETS)
        .text("remoteCandidateId", &idle.remote)
        .whole("responsesReceived", checks)
        .word("state", "succeeded")
        .word("transportId", "T01");
    for (id, kind, port) in
        [(&idle.local, "local-candidate", 51_000), (&idle.remote, "remote-candidate", 10_000)]
    {
        snapshot
            .report(id, kind, now_ms)
            .word("address", "x.x.x.x")
            .word("candidateType", "host")
            .whole("port", port)
            .word("protocol", "udp")
            .word("transportId", "T01");
    }
    snapshot
        .report(&idle.outbound, "outbound-rtp", now_ms)
        .word("kind", "audio")
        .word("mediaType", "audio")
        .whole("ssrc", session.audio.ssrc)
        .word("transportId", "T01")
        .whole("bytesSent", PACKETS * 60)
        .whole("packetsSent", PACKETS)
        .flag("active", false);
    snapshot
        .report(&idle.transport, "transport", now_ms)
        .whole("bytesReceived", bytes)
        .whole("bytesSent", bytes + PACKETS * 80)
        .word("dtlsState", "connected")
        .word("iceState", "connected")
        .text("selectedCandidatePairId", &idle.pair);
}
