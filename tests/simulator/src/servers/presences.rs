//! The presences of sessions on bridges, and the conferences that result from them on each bridge.

use crate::deployment::Servers;
use crate::random::Random;
use crate::scenario::{Scenario, TimeRange, Topology};
use crate::session::{Session, connected_after};

/// Time from the start of the session to the join in the room.
const JOINED_MS: u64 = 1_000;
/// Time from the join to the allocation on a bridge.
const ALLOCATED_MS: u64 = 60;
/// Media is announced this long before the connection is established.
const PUBLISHED_MS: u64 = 100;
/// Random stream of the conferences' ids.
const PURPOSE: u64 = 4_001;

/// The presence of a session on one bridge.
#[derive(Clone, Debug)]
pub(super) struct BridgePresence {
    pub(super) session: usize,
    pub(super) bridge: usize,
    /// Times of the allocation on the bridge, of the ICE connection, and of the end.
    pub(super) allocated_ms: u64,
    pub(super) connected_ms: u64,
    pub(super) to_ms: u64,
    /// Until when the focus lists it on the bridge. The focus detects a bridge's failure late.
    pub(super) kept_ms: u64,
    /// The index of the conference.
    pub(super) conference: usize,
}

impl BridgePresence {
    pub(super) fn contains(&self, at_ms: u64) -> bool {
        (self.allocated_ms..self.to_ms).contains(&at_ms)
    }

    pub(super) fn is_kept(&self, at_ms: u64) -> bool {
        (self.allocated_ms..self.kept_ms).contains(&at_ms)
    }
}

/// A conference on a bridge, from its first endpoint to its last.
#[derive(Clone, Debug)]
pub(super) struct Conference {
    pub(super) bridge: usize,
    pub(super) time: TimeRange,
    /// The bridge's own id: 16 hexadecimal digits.
    pub(super) id: String,
    /// The focus' id of its session with the bridge.
    pub(super) colibri_id: String,
    /// The stats session, which names the dump.
    pub(super) session_id: String,
}

/// The time in which a session is a member of the room.
pub(super) fn member_time(session: &Session) -> TimeRange {
    let time = session.time();
    TimeRange { from_ms: (time.from_ms + JOINED_MS).min(time.to_ms), to_ms: time.to_ms }
}

/// When the session's media is announced. Before that it counts as muted.
pub(super) fn published_ms(session: &Session) -> u64 {
    connected_after(session.time().from_ms) - PUBLISHED_MS
}

/// All presences and all conferences.
pub(super) fn all(
    scenario: &Scenario,
    servers: &Servers,
    sessions: &[Session],
) -> (Vec<BridgePresence>, Vec<Conference>) {
    let mut presences: Vec<BridgePresence> = sessions
        .iter()
        .enumerate()
        .flat_map(|(index, session)| of_session(servers, index, session))
        .collect();
    presences.sort_by_key(|presence| (presence.bridge, presence.allocated_ms, presence.session));
    let mut random = Random::new(scenario.seed, PURPOSE);
    let mut conferences: Vec<Conference> = Vec::new();
    for presence in &mut presences {
        let time = TimeRange { from_ms: presence.allocated_ms, to_ms: presence.to_ms };
        match conferences.last_mut() {
            Some(last) if last.bridge == presence.bridge && time.from_ms < last.time.to_ms => {
                last.time.to_ms = last.time.to_ms.max(time.to_ms);
            }
            _ => conferences.push(Conference {
                bridge: presence.bridge,
                time,
                id: random.hex(16),
                colibri_id: random.uuid(),
                session_id: random.uuid(),
            }),
        }
        presence.conference = conferences.len() - 1;
    }
    presences.sort_by_key(|presence| (presence.allocated_ms, presence.session));
    (presences, conferences)
}

/// The presences of a session. A bridge's failure ends one and starts the next.
fn of_session(servers: &Servers, index: usize, session: &Session) -> Vec<BridgePresence> {
    let end_ms = session.time().to_ms;
    let mut bridge = servers.homes.get(session.person).copied().unwrap_or(0);
    let mut begin_ms = member_time(session).from_ms + ALLOCATED_MS;
    let mut connected_ms = connected_after(session.time().from_ms);
    let mut presences = Vec::new();
    let mut presence = |bridge, allocated_ms, connected_ms, to_ms, kept_ms: u64| {
        if allocated_ms < to_ms {
            let (session, kept_ms) = (index, kept_ms.min(end_ms));
            presences.push(BridgePresence {
                session,
                bridge,
                allocated_ms,
                connected_ms,
                to_ms,
                kept_ms,
                conference: 0,
            });
        }
    };
    for (fault, successor) in servers.restarts() {
        if fault.bridge != bridge || end_ms <= fault.time.from_ms {
            continue;
        }
        if begin_ms < fault.moved_ms() {
            presence(bridge, begin_ms, connected_ms, fault.time.from_ms, fault.moved_ms());
            begin_ms = fault.moved_ms();
            connected_ms = connected_ms.max(fault.time.to_ms);
        }
        bridge = successor;
    }
    presence(bridge, begin_ms, connected_ms, end_ms, end_ms);
    presences
}

/// Whether media is sent through bridges, rather than peer-to-peer.
pub(super) fn uses_bridges(scenario: &Scenario) -> bool {
    scenario.topology == Topology::Bridge
}
