//! Writes a bridge's dump of one conference: every five seconds the changes of its state.

mod debug;
mod log;
mod pipelines;
mod state;
mod stats;
mod subject;

use std::collections::BTreeMap;
use std::vec::IntoIter;

use serde_json::{Map, Value, json};

use crate::deployment::{Bridge, Spelling};
use crate::dump::Form;
use crate::model::Network;
use crate::random::Random;
use crate::server_truth::{TrueCount, TruePoll, TrueRelay};
use crate::servers::diff::difference;
use crate::servers::leg::{Leg, micro};
use crate::servers::logs::{self, Line};
use crate::servers::plan::Setting;
use crate::servers::presences::Conference;
use crate::servers::relay::Relay;
use crate::servers::wire::{Program, Stored, Wire};
use subject::Subject;

/// Random stream of bridges; the index of the conference is added.
const PURPOSE: u64 = 4_600;
/// The polling period in steps.
const PERIOD_STEPS: u64 = 5;

/// The state of the simulation after a step of one second, as input of a poll.
#[derive(Clone, Copy, Debug)]
pub(in crate::servers) struct Second<'a> {
    pub(in crate::servers) setting: Setting<'a>,
    pub(in crate::servers) network: &'a Network,
    pub(in crate::servers) legs: &'a [Leg],
    /// Relays by their bridge and the other bridge.
    pub(in crate::servers) relays: &'a BTreeMap<(usize, usize), Relay>,
    /// Seconds since the call's start.
    pub(in crate::servers) number: u64,
}

/// The writer of a bridge's dump.
#[derive(Debug)]
pub(in crate::servers) struct BridgePusher {
    conference: usize,
    wire: Wire,
    phase: u64,
    before: Value,
    /// All stats ids so far. The identity of a bridge's dump lists them instead of endpoint ids.
    known: Vec<String>,
    begun: bool,
    lines: IntoIter<Line>,
    random: Random,
}

/// The truth of a poll: rows of presences with their indices, and rows of relays.
#[derive(Debug, Default)]
pub(in crate::servers) struct Polled {
    pub(in crate::servers) presences: Vec<(usize, TruePoll)>,
    pub(in crate::servers) relays: Vec<TrueRelay>,
}

impl BridgePusher {
    /// The state before the first poll.
    pub(in crate::servers) fn new(
        setting: Setting<'_>,
        number: usize,
        conference: &Conference,
        form: Form,
    ) -> Option<Self> {
        let bridge = setting.servers.bridges.get(conference.bridge)?;
        let scenario = setting.scenario;
        let at = (scenario.seed, scenario.start_ms);
        let wire =
            Wire::new(Program::Bridge, &bridge.host, &conference.session_id, form, at, 1 + number as u64);
        let phase =
            Random::new(scenario.seed, PURPOSE + 50 + conference.bridge as u64).whole(0, PERIOD_STEPS - 1);
        Some(Self {
            conference: number,
            wire,
            phase,
            before: json!({}),
            known: Vec::new(),
            begun: false,
            lines: log::lines(setting, number),
            random: Random::new(scenario.seed, PURPOSE + number as u64),
        })
    }

    /// Polls the conference if a poll is due and the bridge has it.
    pub(in crate::servers) fn step(&mut self, second: Second<'_>) -> Polled {
        let mut polled = Polled::default();
        if second.number % PERIOD_STEPS != self.phase {
            return polled;
        }
        let (setting, at_ms) = (second.setting, second.number * 1_000 + self.random.whole(0, 9));
        let Some(conference) = setting.plan.conferences.get(self.conference) else { return polled };
        let Some(bridge) = setting.servers.bridges.get(conference.bridge) else { return polled };
        let there =
            setting.plan.presences_of(self.conference).filter(|(_, presence)| presence.contains(at_ms));
        let subjects: Vec<(usize, Subject<'_>)> = there
            .filter_map(|(place, presence)| Some((place, state::subject(second, place, presence, at_ms)?)))
            .collect();
        if subjects.is_empty() {
            return polled;
        }
        self.identify(setting, bridge, &subjects, at_ms);
        let (relays, rows) = self.relays(second, conference, bridge, at_ms);
        let state = state::state(setting, conference, bridge, &subjects, relays, at_ms);
        let written = self.wire.entry(at_ms, &difference(&self.before, &state));
        self.before = state;
        self.log(setting, bridge, at_ms);
        let row = |(place, subject): &(usize, Subject<'_>)| (*place, state::poll(subject, written));
        polled.presences = subjects.iter().map(row).collect();
        polled.relays = rows.into_iter().map(|row| TrueRelay { written, ..row }).collect();
        polled
    }

    fn identify(
        &mut self,
        setting: Setting<'_>,
        bridge: &Bridge,
        there: &[(usize, Subject<'_>)],
        at_ms: u64,
    ) {
        let identity = |endpoints: &[String]| {
            json!({
                "confName": setting.scenario.room.to_lowercase(), "displayName": bridge.host.name,
                "meetingUniqueId": setting.scenario.meeting_id, "applicationName": "JVB",
                "endpoints": endpoints,
            })
        };
        if !std::mem::replace(&mut self.begun, true) {
            self.wire.identity(at_ms, &identity(&[]));
        }
        let ids = there.iter().map(|(_, subject)| subject.session.details.stats_id.clone());
        let new: Vec<String> = ids.filter(|id| !self.known.contains(id)).collect();
        if !new.is_empty() {
            self.known.extend(new);
            self.wire.identity(at_ms, &identity(&self.known));
        }
    }

    fn log(&mut self, setting: Setting<'_>, bridge: &Bridge, at_ms: u64) {
        let mut lines = Vec::new();
        while let Some(line) = self.lines.as_slice().first().filter(|line| line.at_ms <= at_ms) {
            lines.push(line.clone());
            self.lines.next();
        }
        if !lines.is_empty() {
            let now_ms = setting.scenario.start_ms + at_ms + 8;
            let now_ms = now_ms.saturating_add_signed(bridge.host.clock_ahead_ms);
            self.wire.entry(at_ms + 8, &logs::entry_of(&lines, now_ms));
        }
    }

    /// The state of the bridge's relays, and their truth.
    fn relays(
        &mut self,
        second: Second<'_>,
        conference: &Conference,
        bridge: &Bridge,
        at_ms: u64,
    ) -> (Map<String, Value>, Vec<TrueRelay>) {
        let setting = second.setting;
        let (mut relays, mut rows) = (Map::new(), Vec::new());
        for ((_, other), relay) in second.relays.iter().filter(|((one, _), _)| *one == conference.bridge) {
            let noise_ms = self.random.normal().abs() * 0.2;
            if !setting
                .plan
                .presences
                .iter()
                .any(|presence| presence.bridge == *other && presence.contains(at_ms))
            {
                continue;
            }
            let rtt_ms = micro(setting.servers.relay_rtt_ms(conference.bridge, *other) + noise_ms);
            let to = setting.bridge_name(*other);
            let value = match bridge.spelling {
                Spelling::Debug => debug::relay(relay, rtt_ms, at_ms - conference.time.from_ms, to),
                Spelling::Stats => stats::relay(relay, rtt_ms),
            };
            relays.insert(to.to_owned(), value);
            rows.push(TrueRelay {
                at_ms: setting.scenario.start_ms + at_ms,
                written: false,
                to: to.to_owned(),
                rtt_ms,
                received: TrueCount { packets: relay.received.packets, bytes: relay.received.bytes },
                sent: TrueCount { packets: relay.sent.packets, bytes: relay.sent.bytes },
            });
        }
        (relays, rows)
    }

    pub(in crate::servers) fn conference(&self) -> usize {
        self.conference
    }

    /// Ends the dump and returns its files.
    pub(in crate::servers) fn finish(self) -> Vec<Stored> {
        self.wire.finish()
    }
}
