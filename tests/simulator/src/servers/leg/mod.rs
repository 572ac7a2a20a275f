//! The counters of one endpoint on its bridge, updated each second: received, lost and sent packets, round-trip time,
//! messages.

mod bandwidth;
mod media;

use std::collections::{BTreeMap, VecDeque};

use crate::fault::{Fault, FaultKind};
use crate::model::{Condition, Network};
use crate::random::Random;
use crate::scenario::Scenario;
use crate::script::generation;
use crate::servers::allocation::Allocation;
use crate::servers::presences::{BridgePresence, uses_bridges};
use crate::servers::window::Window;
use crate::session::Session;

/// Random stream of legs; the index of the presence is added.
const PURPOSE: u64 = 4_100;
/// Rates are means of this many steps.
const RATE_STEPS: usize = 5;
/// RTCP per second in each direction.
const RTCP: Count = Count { packets: 4, bytes: 236 };
/// Time without responses after which ICE has failed.
const FAILED_MS: u64 = 20_000;

/// Packets and their bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::servers) struct Count {
    pub(in crate::servers) packets: u64,
    pub(in crate::servers) bytes: u64,
}

impl Count {
    pub(in crate::servers) fn add(&mut self, other: Self) {
        self.packets += other.packets;
        self.bytes += other.bytes;
    }
}

/// The traffic of one step.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::servers) struct Traffic {
    pub(in crate::servers) audio: Count,
    pub(in crate::servers) video: Count,
    pub(in crate::servers) sent: Count,
}

/// One stream that an endpoint sends.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::servers) struct Stream {
    pub(in crate::servers) received: Count,
    pub(in crate::servers) lost: u64,
    pub(in crate::servers) jitter_ms: f64,
    pub(in crate::servers) bps: u64,
    pub(in crate::servers) fps: u32,
    pub(in crate::servers) active_ms: u64,
    /// The loss in the model's counters when the bridge started to count.
    booked: Option<f64>,
}

/// An endpoint on a bridge.
#[derive(Debug)]
pub(in crate::servers) struct Leg {
    pub(in crate::servers) failed: bool,
    pub(in crate::servers) generation: usize,
    /// The round-trip time in ms; 0 before the first measurement.
    pub(in crate::servers) rtt_ms: f64,
    pub(in crate::servers) up: Window,
    pub(in crate::servers) down: Window,
    pub(in crate::servers) received: Count,
    pub(in crate::servers) rtcp_received: Count,
    pub(in crate::servers) sent: Count,
    pub(in crate::servers) rtcp_sent: Count,
    pub(in crate::servers) streams: BTreeMap<u32, Stream>,
    recent: VecDeque<Traffic>,
    pub(in crate::servers) nacked: u64,
    pub(in crate::servers) plis: u64,
    pub(in crate::servers) key_frames: u64,
    pub(in crate::servers) bwe_bps: f64,
    pub(in crate::servers) allocation: Allocation,
    pub(in crate::servers) oversending_s: u64,
    pub(in crate::servers) messages_received: BTreeMap<&'static str, u64>,
    pub(in crate::servers) messages_sent: BTreeMap<&'static str, u64>,
    key_frames_before: Option<u64>,
    unseen_down: u64,
    capacity_bps: f64,
    random: Random,
}

/// The input of a step.
#[derive(Clone, Copy, Debug)]
pub(in crate::servers) struct StepInput<'a> {
    pub(in crate::servers) scenario: &'a Scenario,
    pub(in crate::servers) sessions: &'a [Session],
    pub(in crate::servers) network: &'a Network,
    pub(in crate::servers) step: u32,
    /// Whether the dominant speaker changed in this step.
    pub(in crate::servers) new_speaker: bool,
}

impl Leg {
    /// A leg before its first step.
    pub(in crate::servers) fn new(seed: u64, number: u64) -> Self {
        let mut random = Random::new(seed, PURPOSE + number);
        Self {
            failed: false,
            generation: 0,
            rtt_ms: 0.0,
            up: Window::default(),
            down: Window::default(),
            received: Count::default(),
            rtcp_received: Count::default(),
            sent: Count::default(),
            rtcp_sent: Count::default(),
            streams: BTreeMap::new(),
            recent: VecDeque::new(),
            nacked: 0,
            plis: 0,
            key_frames: 0,
            bwe_bps: bandwidth::FIRST_BPS,
            allocation: Allocation::default(),
            oversending_s: 0,
            messages_received: BTreeMap::new(),
            messages_sent: BTreeMap::new(),
            key_frames_before: None,
            unseen_down: 0,
            capacity_bps: random.between(9e6, 22e6),
            random,
        }
    }

    /// Processes a step of the network model.
    pub(in crate::servers) fn step(&mut self, seen: &StepInput<'_>, presence: &BridgePresence) {
        let at_ms = u64::from(seen.step) * 1_000;
        let Some(session) = seen.sessions.get(presence.session) else { return };
        let Some(endpoint) = seen.network.endpoints.get(presence.session) else { return };
        if !(presence.connected_ms <= at_ms && at_ms + 1_000 <= presence.to_ms) {
            return;
        }
        let now = Condition::to_bridge(session, seen.scenario, at_ms);
        self.restart(seen, session, presence, at_ms);
        let (traffic, up, down) = if uses_bridges(seen.scenario) {
            self.carry(session, endpoint, now.cut)
        } else {
            self.idle(session, &now, at_ms - presence.connected_ms)
        };
        self.up.push(up);
        self.down.push(down);
        self.recent.push_back(traffic);
        if self.recent.len() > RATE_STEPS {
            self.recent.pop_front();
        }
        for count in [traffic.audio, traffic.video] {
            self.received.add(count);
        }
        self.sent.add(traffic.sent);
        if !now.cut {
            for (all, rtcp) in
                [(&mut self.received, &mut self.rtcp_received), (&mut self.sent, &mut self.rtcp_sent)]
            {
                all.add(RTCP);
                rtcp.add(RTCP);
            }
        }
        self.allocate(seen, presence, &now, down);
        self.talk(seen, session, at_ms, now.cut);
    }

    /// Updates the ICE state.
    fn restart(&mut self, seen: &StepInput<'_>, session: &Session, presence: &BridgePresence, at_ms: u64) {
        let given_up = |fault: &&Fault| {
            let failed_ms = fault.time.from_ms + FAILED_MS;
            fault.person == session.person
                && fault.kind == FaultKind::IceFailure
                && (failed_ms..fault.time.to_ms).contains(&at_ms)
        };
        self.failed = seen.scenario.faults.iter().any(|fault| given_up(&fault));
        let before = generation(seen.scenario, session, presence.connected_ms);
        self.generation = generation(seen.scenario, session, at_ms).saturating_sub(before);
    }

    /// Counts the messages between client and bridge.
    fn talk(&mut self, seen: &StepInput<'_>, session: &Session, at_ms: u64, cut: bool) {
        if cut {
            return;
        }
        if seen.new_speaker {
            *self.messages_sent.entry("DominantSpeakerMessage").or_default() += 1;
            *self.messages_received.entry("ReceiverVideoConstraintsMessage").or_default() += 1;
        }
        if (at_ms / 1_000 + u64::from(session.audio.ssrc % 10)).is_multiple_of(10) {
            *self.messages_received.entry("EndpointStats").or_default() += 1;
            *self.messages_sent.entry("EndpointStats").or_default() += 1;
        }
        let shared = session.details.screen.iter().flat_map(|share| [share.from_ms, share.to_ms]);
        let toggled = shared.filter(|edge_ms| (at_ms..at_ms + 1_000).contains(edge_ms)).count() as u64;
        if toggled > 0 {
            *self.messages_received.entry("SourceVideoTypeMessage").or_default() += toggled;
        }
    }

    /// The traffic of the last step.
    pub(in crate::servers) fn last(&self) -> Traffic {
        self.recent.back().copied().unwrap_or_default()
    }

    /// Mean traffic per second over the last steps.
    pub(in crate::servers) fn rates(&self) -> Traffic {
        let mut sum = Traffic::default();
        for step in &self.recent {
            sum.audio.add(step.audio);
            sum.video.add(step.video);
            sum.sent.add(step.sent);
        }
        let steps = self.recent.len().max(1) as u64;
        for count in [&mut sum.audio, &mut sum.video, &mut sum.sent] {
            *count = Count { packets: count.packets / steps, bytes: count.bytes / steps };
        }
        sum
    }
}

/// Rounds to six decimals, which is the resolution of bridges: nanoseconds, in ms.
pub(in crate::servers) fn micro(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}
