//! Writes the servers' dumps of a call from the same network model as the clients' dumps.

mod allocation;
mod bridge;
mod diff;
mod focus;
mod leg;
mod logs;
mod plan;
mod presences;
mod relay;
mod sources;
mod truth;
mod window;
mod wire;

pub use diff::difference;

use std::collections::BTreeMap;

use super::deployment::Servers;
use super::dump::Form;
use super::model::Network;
use super::scenario::Scenario;
use super::server_truth::{TruePoll, TrueRelay, TrueServers};
use super::session::Session;
use bridge::{BridgePusher, Second};
use focus::FocusPusher;
use leg::{Leg, StepInput};
use plan::{Plan, Setting};
use relay::Relay;

/// One stored file of a server's dump.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerDump {
    /// Its name.
    pub name: String,
    /// The server's name.
    pub server: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// How much text it holds.
    pub text_bytes: u64,
}

/// The servers of a call during the simulation.
#[derive(Debug)]
pub(super) struct Watch<'a> {
    scenario: &'a Scenario,
    servers: &'a Servers,
    sessions: &'a [Session],
    plan: Plan,
    /// One per presence on a bridge.
    legs: Vec<Leg>,
    relays: BTreeMap<(usize, usize), Relay>,
    bridges: Vec<BridgePusher>,
    focus: FocusPusher,
    polls: Vec<Vec<TruePoll>>,
    /// By bridge.
    relayed: Vec<Vec<TrueRelay>>,
}

impl<'a> Watch<'a> {
    /// The state before the first step.
    pub(super) fn new(
        scenario: &'a Scenario,
        servers: &'a Servers,
        sessions: &'a [Session],
        form: Form,
    ) -> Self {
        let plan = Plan::new(scenario, servers, sessions);
        let setting = Setting { scenario, servers, sessions, plan: &plan };
        let numbered = plan.conferences.iter().enumerate();
        let bridges =
            numbered.filter_map(|(number, conference)| BridgePusher::new(setting, number, conference, form));
        Self {
            bridges: bridges.collect(),
            focus: FocusPusher::new(setting, form),
            legs: (0..).zip(&plan.presences).map(|(number, _)| Leg::new(scenario.seed, number)).collect(),
            relays: BTreeMap::new(),
            polls: vec![Vec::new(); plan.presences.len()],
            relayed: vec![Vec::new(); servers.bridges.len()],
            scenario,
            servers,
            sessions,
            plan,
        }
    }

    /// Processes a step of the network model, and polls where a poll is due.
    pub(super) fn step(&mut self, network: &Network, step: u32) {
        let begin_ms = u64::from(step) * 1_000;
        let begins = |turn: &&plan::DominantTurn| (begin_ms..begin_ms + 1_000).contains(&turn.time.from_ms);
        let new_speaker = self.plan.dominance.iter().any(|turn| begins(&turn));
        let seen = StepInput { scenario: self.scenario, sessions: self.sessions, network, step, new_speaker };
        for (leg, presence) in self.legs.iter_mut().zip(&self.plan.presences) {
            leg.step(&seen, presence);
        }
        self.relay(begin_ms);
        let setting = Setting {
            scenario: self.scenario,
            servers: self.servers,
            sessions: self.sessions,
            plan: &self.plan,
        };
        let second =
            Second { setting, network, legs: &self.legs, relays: &self.relays, number: u64::from(step) + 1 };
        for pusher in &mut self.bridges {
            let polled = pusher.step(second);
            let place =
                self.plan.conferences.get(pusher.conference()).map_or(0, |conference| conference.bridge);
            if let Some(rows) = self.relayed.get_mut(place) {
                rows.extend(polled.relays);
            }
            for (presence, poll) in polled.presences {
                if let Some(polls) = self.polls.get_mut(presence) {
                    polls.push(poll);
                }
            }
        }
        self.focus.step(setting, &self.legs, u64::from(step) + 1);
    }

    /// Adds the traffic of a step to the relays between the bridges in use.
    fn relay(&mut self, begin_ms: u64) {
        let mut sent: BTreeMap<usize, leg::Traffic> = BTreeMap::new();
        for (leg, presence) in
            self.legs.iter().zip(&self.plan.presences).filter(|(_, presence)| presence.contains(begin_ms))
        {
            let sum = sent.entry(presence.bridge).or_default();
            let step = leg.last();
            sum.audio.add(step.audio);
            sum.video.add(step.video);
        }
        self.relays.retain(|(one, other), _| sent.contains_key(one) && sent.contains_key(other));
        for (one, here) in &sent {
            for (other, there) in sent.iter().filter(|(other, _)| *other != one) {
                self.relays.entry((*one, *other)).or_default().step(*there, *here);
            }
        }
    }

    /// Returns the dumps and the truth about the servers.
    pub(super) fn finish(self) -> (Vec<ServerDump>, TrueServers) {
        truth::finish(self)
    }
}
