//! Writes the focus' dump: every ten seconds the changes of the room's state and the new log lines.

mod log;
mod room;

use std::vec::IntoIter;

use serde_json::{Value, json};

use crate::deployment::BridgeFaultKind;
use crate::dump::Form;
use crate::random::Random;
use crate::server_truth::{TrueFocusPoll, TrueStress};
use crate::servers::diff::difference;
use crate::servers::leg::{Leg, micro};
use crate::servers::logs::{self, Line, LoggedChange};
use crate::servers::plan::Setting;
use crate::servers::wire::{Program, Stored, Wire};
use room::Room;

/// Random stream of the focus.
const PURPOSE: u64 = 4_003;
/// The polling period in steps.
pub(in crate::servers) const PERIOD_STEPS: u64 = 10;
/// The packet rate of a bridge at a stress of 1, in packets per second.
const PACKETS_AT_1: f64 = 50_000.0;
/// The stress from which on the focus considers a bridge overloaded.
const OVERLOADED_FROM: f64 = 0.8;

/// The writer of the focus' dump.
#[derive(Debug)]
pub(in crate::servers) struct FocusPusher {
    wire: Wire,
    pub(in crate::servers) session_id: String,
    phase: u64,
    before: Value,
    known: Vec<String>,
    lines: IntoIter<Line>,
    /// The joins and leaves whose log lines are in the dump.
    pub(in crate::servers) logged_changes: Vec<LoggedChange>,
    pub(in crate::servers) polls: Vec<TrueFocusPoll>,
    random: Random,
}

impl FocusPusher {
    /// The state before the first poll.
    pub(in crate::servers) fn new(setting: Setting<'_>, form: Form) -> Self {
        let scenario = setting.scenario;
        let mut random = Random::new(scenario.seed, PURPOSE);
        let session_id = random.uuid();
        let at = (scenario.seed, scenario.start_ms);
        Self {
            wire: Wire::new(Program::Focus, &setting.servers.focus.host, &session_id, form, at, 0),
            session_id,
            phase: random.whole(0, PERIOD_STEPS - 1),
            before: json!({}),
            known: Vec::new(),
            lines: log::lines(setting),
            logged_changes: Vec::new(),
            polls: Vec::new(),
            random,
        }
    }

    /// Polls the room if a poll is due.
    pub(in crate::servers) fn step(&mut self, setting: Setting<'_>, legs: &[Leg], second: u64) {
        if second % PERIOD_STEPS != self.phase {
            return;
        }
        let at_ms = second * 1_000 + self.random.whole(0, 9);
        let stress = self.stress(setting, legs, at_ms);
        let room = Room { setting, at_ms, stress: &stress };
        let people = room.members().map(|(_, turn)| &turn.presence.endpoint_id);
        let machines = room.machines().map(|machine| &machine.endpoint_id);
        let ids: Vec<String> = people.chain(machines).cloned().collect();
        if ids.is_empty() {
            return;
        }
        let new = ids.into_iter().filter(|id| !self.known.contains(id)).collect::<Vec<String>>();
        if self.polls.is_empty() {
            self.wire.identity(at_ms, &identity(setting, &[]));
        }
        if !new.is_empty() {
            self.known.extend(new);
            self.wire.identity(at_ms, &identity(setting, &self.known));
        }
        let state = room.state();
        let written = self.wire.entry(at_ms, &difference(&self.before, &state));
        self.before = state;
        self.polls.push(TrueFocusPoll {
            at_ms: setting.scenario.start_ms + at_ms,
            written,
            participants: room.members().count(),
            machines: room.machines().count(),
            audio_senders: room.senders()[0],
            video_senders: room.senders()[1],
            bridges: stress.clone(),
        });
        self.log(setting, at_ms);
    }

    fn log(&mut self, setting: Setting<'_>, at_ms: u64) {
        let mut lines = Vec::new();
        while let Some(line) = self.lines.as_slice().first().filter(|line| line.at_ms <= at_ms) {
            lines.push(line.clone());
            self.lines.next();
        }
        if lines.is_empty() {
            return;
        }
        let now_ms = setting.scenario.start_ms + at_ms + 12;
        let now_ms = now_ms.saturating_add_signed(setting.servers.focus.host.clock_ahead_ms);
        if self.wire.entry(at_ms + 12, &logs::entry_of(&lines, now_ms)) {
            self.logged_changes.extend(lines.iter().filter_map(|line| line.change));
        }
    }

    /// The stress of the bridges in use.
    fn stress(&mut self, setting: Setting<'_>, legs: &[Leg], at_ms: u64) -> Vec<TrueStress> {
        let mut rows = Vec::new();
        for (place, bridge) in setting.servers.bridges.iter().enumerate() {
            let noise = self.random.normal();
            let here =
                setting.plan.presences.iter().zip(legs).filter(|(presence, _)| presence.bridge == place);
            let mut here = here.filter(|(presence, _)| presence.is_kept(at_ms)).peekable();
            if here.peek().is_none() {
                continue;
            }
            let packets = |leg: &Leg| {
                let rates = leg.rates();
                rates.audio.packets + rates.video.packets + rates.sent.packets
            };
            let packets: u64 = here.map(|(_, leg)| packets(leg)).sum();
            let usual = bridge.busy + packets as f64 / PACKETS_AT_1 + noise * 0.01;
            let overload = setting.servers.faults.iter().find_map(|fault| match fault.kind {
                BridgeFaultKind::Overload { stress }
                    if fault.bridge == place && fault.time.contains(at_ms) =>
                {
                    Some(stress + noise * 0.01)
                }
                _ => None,
            });
            let stress = micro(overload.unwrap_or(usual).max(0.0));
            let overloaded = stress >= OVERLOADED_FROM;
            let draining = bridge.drain.is_some_and(|time| time.contains(at_ms));
            rows.push(TrueStress { bridge: bridge.host.name.clone(), stress, overloaded, draining });
        }
        rows
    }

    /// Ends the dump and returns its files.
    pub(in crate::servers) fn finish(self) -> (Vec<Stored>, Vec<TrueFocusPoll>) {
        (self.wire.finish(), self.polls)
    }
}

fn identity(setting: Setting<'_>, endpoints: &[String]) -> Value {
    json!({
        "confName": setting.room(), "displayName": setting.servers.focus.host.name,
        "meetingUniqueId": setting.scenario.meeting_id, "applicationName": "Jicofo", "endpoints": endpoints,
    })
}
