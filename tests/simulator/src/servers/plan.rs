//! The plan of the servers' side of a call, which is fixed before the first step: presences on bridges, conferences,
//! repair streams and dominant speakers.

use super::presences::{self, BridgePresence, Conference};
use super::sources::Repairs;
use crate::deployment::{DOMAIN, Servers};
use crate::scenario::{Scenario, TimeRange};
use crate::session::Session;

/// Time until a bridge detects a new dominant speaker.
const SURE_MS: u64 = 400;

/// The plan of a scenario.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) presences: Vec<BridgePresence>,
    pub(super) conferences: Vec<Conference>,
    pub(super) repairs: Vec<Repairs>,
    pub(super) dominance: Vec<DominantTurn>,
}

/// A time in which a session is the dominant speaker.
#[derive(Clone, Copy, Debug)]
pub(super) struct DominantTurn {
    pub(super) session: usize,
    pub(super) time: TimeRange,
}

/// A plan with its inputs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) servers: &'a Servers,
    pub(super) sessions: &'a [Session],
    pub(super) plan: &'a Plan,
}

impl Plan {
    /// Builds the plan of a scenario.
    pub(super) fn new(scenario: &Scenario, servers: &Servers, sessions: &[Session]) -> Self {
        let (presences, conferences) = presences::all(scenario, servers, sessions);
        let repairs = Repairs::all(scenario.seed, sessions);
        let dominance =
            if presences::uses_bridges(scenario) { dominance(scenario, sessions) } else { Vec::new() };
        Self { presences, conferences, repairs, dominance }
    }

    /// The session that is the dominant speaker at a time.
    pub(super) fn dominant(&self, at_ms: u64) -> Option<usize> {
        self.dominance.iter().find(|turn| turn.time.contains(at_ms)).map(|turn| turn.session)
    }

    /// The presences on a bridge's conference, with their indices.
    pub(super) fn presences_of(&self, conference: usize) -> impl Iterator<Item = (usize, &BridgePresence)> {
        self.presences.iter().enumerate().filter(move |(_, presence)| presence.conference == conference)
    }

    /// The presence of a session at a time.
    pub(super) fn presence_of(&self, session: usize, at_ms: u64) -> Option<&BridgePresence> {
        self.presences.iter().find(|presence| presence.session == session && presence.contains(at_ms))
    }
}

impl Setting<'_> {
    /// The room's address.
    pub(super) fn room(&self) -> String {
        format!("{}@conference.{DOMAIN}", self.scenario.room.to_lowercase())
    }

    /// A bridge's name.
    pub(super) fn bridge_name(&self, bridge: usize) -> &str {
        self.servers.bridges.get(bridge).map_or("", |bridge| &bridge.host.name)
    }

    /// Whether a session shares its screen.
    pub(super) fn shares(&self, session: &Session, at_ms: u64) -> bool {
        session.details.screen.iter().any(|share| share.contains(at_ms))
    }

    /// The sessions on all bridges, those that spoke most recently first.
    pub(super) fn by_speech(&self, at_ms: u64) -> Vec<usize> {
        let there = self
            .plan
            .presences
            .iter()
            .filter(|presence| presence.contains(at_ms))
            .map(|presence| presence.session);
        let mut sessions: Vec<usize> = there.collect();
        let spoke_ms = |session: &usize| {
            let before = self.plan.dominance.iter().rev().filter(|turn| turn.time.from_ms <= at_ms);
            before.filter(|turn| turn.session == *session).map(|turn| turn.time.from_ms).next()
        };
        sessions.sort_by_key(|session| std::cmp::Reverse(spoke_ms(session)));
        sessions
    }
}

/// A speaker is dominant from the detection of its turn to that of another speaker's turn, or to its leave.
fn dominance(scenario: &Scenario, sessions: &[Session]) -> Vec<DominantTurn> {
    let mut all: Vec<DominantTurn> = Vec::new();
    for turn in &scenario.turns {
        let speaks =
            |session: &&Session| session.person == turn.person && session.connected().contains(turn.at_ms);
        let Some(session) = sessions.iter().position(|session| speaks(&session)) else { continue };
        let from_ms = turn.at_ms + SURE_MS;
        let to_ms = sessions.get(session).map_or(from_ms, |session| session.time().to_ms);
        if let Some(last) = all.last_mut() {
            if last.session == session && from_ms < last.time.to_ms {
                continue;
            }
            last.time.to_ms = last.time.to_ms.min(from_ms);
        }
        if from_ms < to_ms {
            all.push(DominantTurn { session, time: TimeRange { from_ms, to_ms } });
        }
    }
    all
}
