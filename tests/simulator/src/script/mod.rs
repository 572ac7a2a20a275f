//! All entries of a dump except stats polls: actions of the client and events, ordered by true time.

mod activity;
mod ice;
mod joining;
mod logs;
mod negotiation;
mod remote;
mod sdp;

pub(super) use ice::generation;

use serde_json::Value;

use super::random::Random;
use super::scenario::{Scenario, Topology};
use super::session::Session;

/// What scripts' draws are for, beside the session's number.
const PURPOSE: u64 = 2_000;

/// One entry of a dump.
#[derive(Debug)]
pub(super) struct Entry {
    /// Ms after the call's start, in true time.
    pub(super) at_ms: u64,
    /// The peer connection's number.
    pub(super) connection: Option<u32>,
    pub(super) kind: &'static str,
    /// As JSON.
    pub(super) data: String,
}

/// A session's entries, as they come to be.
struct Script<'a> {
    scenario: &'a Scenario,
    sessions: &'a [Session],
    session: &'a Session,
    random: Random,
    entries: Vec<Entry>,
}

impl Script<'_> {
    /// An entry of the page.
    fn page(&mut self, at_ms: u64, kind: &'static str, data: &Value) {
        self.entries.push(Entry { at_ms, connection: None, kind, data: data.to_string() });
    }

    /// An entry of a peer connection.
    fn on(&mut self, connection: u32, at_ms: u64, kind: &'static str, data: &Value) {
        self.entries.push(Entry { at_ms, connection: Some(connection), kind, data: data.to_string() });
    }

    /// A time on the client's clock, in epoch ms.
    fn client_ms(&self, at_ms: u64) -> u64 {
        (self.scenario.start_ms + at_ms).saturating_add_signed(self.session.details.clock_ahead_ms)
    }
}

/// The number of the peer connection that carries media.
pub(super) fn media_connection(topology: Topology) -> u32 {
    match topology {
        Topology::Bridge => 0,
        Topology::PeerToPeer => 1,
    }
}

/// A session's entries in the order of time.
pub(super) fn script(scenario: &Scenario, sessions: &[Session], index: usize) -> Vec<Entry> {
    let Some(session) = sessions.get(index) else { return Vec::new() };
    let random = Random::new(scenario.seed, PURPOSE + index as u64);
    let mut script = Script { scenario, sessions, session, random, entries: Vec::new() };
    script.joins();
    script.connects();
    script.meets_others();
    script.acts();
    script.suffers();
    script.logs();
    script.leaves();
    let mut entries = script.entries;
    let end_ms = session.time().to_ms;
    entries.retain(|entry| entry.at_ms <= end_ms);
    entries.sort_by_key(|entry| entry.at_ms);
    entries
}
