//! A bridge's pusher for one conference: every five seconds what has changed of it.

use std::collections::BTreeMap;
use std::vec::IntoIter;

use serde_json::{Map, Value, json};

use super::diff::difference;
use super::leg::{Leg, micro};
use super::logs::Line;
use super::plan::Setting;
use super::relay::Relay;
use super::stays::{Conference, Stay};
use super::subject::Subject;
use super::wire::{Program, Stored, Wire};
use super::{bridge_log, debug, focus, stats};
use crate::simulator::chance::Chance;
use crate::simulator::deployment::{Bridge, Spelling};
use crate::simulator::dump::Form;
use crate::simulator::model::Network;
use crate::simulator::server_truth::{TrueCount, TrueLoss, TruePoll, TrueRelay};

/// What bridges' draws are for, beside the conference's number.
const PURPOSE: u64 = 4_600;
/// Between two polls, in steps.
const PERIOD_STEPS: u64 = 5;

/// What happens in a second, for the pushers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Second<'a> {
    pub(super) setting: Setting<'a>,
    pub(super) network: &'a Network,
    pub(super) legs: &'a [Leg],
    /// By this bridge and the other one.
    pub(super) relays: &'a BTreeMap<(usize, usize), Relay>,
    /// Seconds since the call's start.
    pub(super) number: u64,
}

/// The pusher.
#[derive(Debug)]
pub(super) struct BridgePusher {
    conference: usize,
    wire: Wire,
    phase: u64,
    before: Value,
    /// Every generated id that was ever there: the pusher does not ask for endpoints' ids.
    known: Vec<String>,
    begun: bool,
    lines: IntoIter<Line>,
    chance: Chance,
}

/// What a poll leaves for the truth: rows of stays, by their places, and of relays.
#[derive(Debug, Default)]
pub(super) struct Polled {
    pub(super) stays: Vec<(usize, TruePoll)>,
    pub(super) relays: Vec<TrueRelay>,
}

impl BridgePusher {
    /// A pusher that has seen nothing.
    pub(super) fn new(setting: Setting<'_>, number: usize, conference: &Conference, form: Form) -> Option<Self> {
        let bridge = setting.servers.bridges.get(conference.bridge)?;
        let scenario = setting.scenario;
        let at = (scenario.seed, scenario.start_ms);
        let wire = Wire::new(Program::Bridge, &bridge.host, &conference.session_id, form, at, 1 + number as u64);
        let phase = Chance::new(scenario.seed, PURPOSE + 50 + conference.bridge as u64).whole(0, PERIOD_STEPS - 1);
        Some(Self {
            conference: number,
            wire,
            phase,
            before: json!({}),
            known: Vec::new(),
            begun: false,
            lines: bridge_log::lines(setting, number),
            chance: Chance::new(scenario.seed, PURPOSE + number as u64),
        })
    }

    /// Polls if it is time to and the bridge has the conference.
    pub(super) fn step(&mut self, second: Second<'_>) -> Polled {
        let mut polled = Polled::default();
        if second.number % PERIOD_STEPS != self.phase {
            return polled;
        }
        let (setting, at_ms) = (second.setting, second.number * 1_000 + self.chance.whole(0, 9));
        let Some(conference) = setting.plan.conferences.get(self.conference) else { return polled };
        let Some(bridge) = setting.servers.bridges.get(conference.bridge) else { return polled };
        let there = setting.plan.stays_of(self.conference).filter(|(_, stay)| stay.contains(at_ms));
        let subjects: Vec<(usize, Subject<'_>)> =
            there.filter_map(|(place, stay)| Some((place, subject(second, place, stay, at_ms)?))).collect();
        if subjects.is_empty() {
            return polled;
        }
        self.identify(setting, bridge, &subjects, at_ms);
        let (relays, rows) = self.relays(second, conference, bridge, at_ms);
        let state = state(setting, conference, bridge, &subjects, relays, at_ms);
        let written = self.wire.entry(at_ms, &difference(&self.before, &state));
        self.before = state;
        self.log(setting, bridge, at_ms);
        let row = |(place, subject): &(usize, Subject<'_>)| (*place, poll(subject, written));
        polled.stays = subjects.iter().map(row).collect();
        polled.relays = rows.into_iter().map(|row| TrueRelay { written, ..row }).collect();
        polled
    }

    fn identify(&mut self, setting: Setting<'_>, bridge: &Bridge, there: &[(usize, Subject<'_>)], at_ms: u64) {
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
            self.wire.entry(at_ms + 8, &focus::entry_of(&lines, now_ms));
        }
    }

    /// The relays of the bridge, and their truth.
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
            let noise_ms = self.chance.normal().abs() * 0.2;
            if !setting.plan.stays.iter().any(|stay| stay.bridge == *other && stay.contains(at_ms)) {
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

    pub(super) fn conference(&self) -> usize {
        self.conference
    }

    /// Its files.
    pub(super) fn finish(self) -> Vec<Stored> {
        self.wire.finish()
    }
}

fn subject<'a>(second: Second<'a>, place: usize, stay: &'a Stay, at_ms: u64) -> Option<Subject<'a>> {
    let setting = second.setting;
    Some(Subject {
        setting,
        session: setting.sessions.get(stay.session)?,
        repairs: setting.plan.repairs.get(stay.session)?,
        stay,
        leg: second.legs.get(place)?,
        at_ms,
        asked: second.network.ideal.iter().filter_map(|view| view.get(stay.session).copied().flatten()).max(),
    })
}

fn state(
    setting: Setting<'_>,
    conference: &Conference,
    bridge: &Bridge,
    subjects: &[(usize, Subject<'_>)],
    relays: Map<String, Value>,
    at_ms: u64,
) -> Value {
    let scenario = setting.scenario;
    let clock_ms = |at_ms: u64| (scenario.start_ms + at_ms).saturating_add_signed(bridge.host.clock_ahead_ms);
    let endpoint = match bridge.spelling {
        Spelling::Debug => debug::endpoint,
        Spelling::Stats => stats::endpoint,
    };
    let endpoints: Map<String, Value> =
        subjects.iter().map(|(_, subject)| (subject.id().to_owned(), endpoint(subject))).collect();
    let id = |index: usize| setting.sessions.get(index).map(|session| session.presence.endpoint_id.as_str());
    let dominant = setting.plan.dominant(at_ms).and_then(id).unwrap_or("null");
    match bridge.spelling {
        Spelling::Debug => {
            let order: Vec<&str> = setting.by_speech(at_ms).into_iter().filter_map(id).collect();
            json!({
                "id": conference.id, "name": setting.room(), "meeting_id": scenario.meeting_id,
                "expired": false, "creationTime": clock_ms(conference.time.from_ms),
                "timestamp": clock_ms(at_ms), "relays": relays,
                "speechActivity": {
                    "dominantEndpoint": dominant, "dominantSpeakerIdentification": null,
                    "endpointsBySpeechActivity": order, "endpointsInLastNOrder": order,
                },
                "statistics": {
                    "total_bytes_received": 0, "total_bytes_sent": 0, "total_packets_received": 0,
                    "total_packets_sent": 0, "total_relay_bytes_received": 0, "total_relay_bytes_sent": 0,
                    "total_relay_packets_received": 0, "total_relay_packets_sent": 0,
                    "dtls_failed_endpoints": 0, "has_failed_endpoint": false, "has_succeeded_endpoint": true,
                },
                "endpoints": endpoints,
            })
        }
        Spelling::Stats => json!({
            "id": conference.id, "rtcstatsEnabled": true, "name": setting.room(),
            "meeting_id": scenario.meeting_id, "speech_activity": {"dominantEndpoint": dominant},
            "relays": relays, "exporter": {}, "audio_subscriptions": {}, "endpoints": endpoints,
        }),
    }
}

/// The truth of one endpoint at a poll.
fn poll(subject: &Subject<'_>, written: bool) -> TruePoll {
    let leg = subject.leg;
    let loss = |window: &super::window::Window| {
        let sum = window.sum();
        TrueLoss { lost: sum.lost, received: sum.received }
    };
    let count = |count: super::leg::Count| TrueCount { packets: count.packets, bytes: count.bytes };
    let names = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    TruePoll {
        at_ms: subject.setting.scenario.start_ms + subject.at_ms,
        written,
        ice_connected: subject.is_connected(),
        rtt_ms: Some(leg.rtt_ms).filter(|rtt_ms| *rtt_ms > 0.0),
        up: loss(&leg.up),
        down: loss(&leg.down),
        received: count(leg.received),
        sent: count(leg.sent),
        bwe_bps: subject.bwe_bps(),
        ideal_bps: leg.allocation.ideal_bps(),
        target_bps: leg.allocation.target_bps(),
        oversending: leg.is_oversending(),
        forwarded: names(leg.allocation.forwarded()),
        suspended: names(leg.allocation.suspended()),
    }
}
