//! One endpoint as its bridge knows it: what came, what was lost, what was sent, second by second.

use std::collections::{BTreeMap, VecDeque};

use super::allocation::Allocation;
use super::stays::{Stay, uses_bridges};
use super::window::{Loss, Window};
use crate::simulator::chance::Chance;
use crate::simulator::fault::{Fault, FaultKind};
use crate::simulator::model::{Condition, Endpoint, Kind, Network, Sending};
use crate::simulator::scenario::Scenario;
use crate::simulator::script::generation;
use crate::simulator::session::{Session, Source};

/// What legs' draws are for, beside the stay's number.
const PURPOSE: u64 = 4_100;
/// Rates are means of this many steps.
const RATE_STEPS: usize = 5;
/// RTP's header.
const HEADER_BYTES: u64 = 12;
/// RTCP in a second: packets and bytes, each way.
const RTCP: Count = Count { packets: 4, bytes: 236 };
/// Without answers for this long, ICE has failed.
const FAILED_MS: u64 = 20_000;
/// What two people send to the bridge before their direct connection takes over, in steps.
const BEFORE_DIRECT_STEPS: u64 = 3;
/// What a bridge believes at first, how fast it believes more, and what it believes where it loses much.
const FIRST_BWE_BPS: f64 = 2_500_000.0;
const BWE_GROWTH: f64 = 1.08;
const BWE_FALL: f64 = 0.93;
const BWE_FALLS_FROM: f64 = 0.1;

/// Packets and their bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) packets: u64,
    pub(super) bytes: u64,
}

impl Count {
    pub(super) fn add(&mut self, other: Self) {
        self.packets += other.packets;
        self.bytes += other.bytes;
    }
}

/// What one step brought.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Traffic {
    pub(super) audio: Count,
    pub(super) video: Count,
    pub(super) sent: Count,
}

/// One stream that an endpoint sends.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stream {
    pub(super) received: Count,
    pub(super) lost: u64,
    pub(super) jitter_ms: f64,
    pub(super) bps: u64,
    pub(super) fps: u32,
    pub(super) active_ms: u64,
    /// What the model had booked as lost when the bridge began to count.
    booked: Option<f64>,
}

/// An endpoint on a bridge.
#[derive(Debug)]
pub(super) struct Leg {
    pub(super) connected: bool,
    pub(super) failed: bool,
    pub(super) generation: usize,
    /// 0 while it is unknown.
    pub(super) rtt_ms: f64,
    pub(super) up: Window,
    pub(super) down: Window,
    pub(super) received: Count,
    pub(super) rtcp_received: Count,
    pub(super) sent: Count,
    pub(super) rtcp_sent: Count,
    pub(super) streams: BTreeMap<u32, Stream>,
    recent: VecDeque<Traffic>,
    pub(super) nacked: u64,
    pub(super) plis: u64,
    pub(super) key_frames: u64,
    pub(super) bwe_bps: f64,
    pub(super) allocation: Allocation,
    pub(super) oversending_s: u64,
    pub(super) heard: BTreeMap<&'static str, u64>,
    pub(super) told: BTreeMap<&'static str, u64>,
    key_frames_before: Option<u64>,
    unseen_down: u64,
    capacity_bps: f64,
    chance: Chance,
}

/// Where a leg looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) sessions: &'a [Session],
    pub(super) network: &'a Network,
    pub(super) step: u32,
    /// Whether somebody new began to dominate in this step.
    pub(super) new_speaker: bool,
}

impl Leg {
    /// A leg on which nothing has happened.
    pub(super) fn new(seed: u64, number: u64) -> Self {
        let mut chance = Chance::new(seed, PURPOSE + number);
        Self {
            connected: false,
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
            bwe_bps: FIRST_BWE_BPS,
            allocation: Allocation::default(),
            oversending_s: 0,
            heard: BTreeMap::new(),
            told: BTreeMap::new(),
            key_frames_before: None,
            unseen_down: 0,
            capacity_bps: chance.between(9e6, 22e6),
            chance,
        }
    }

    /// Takes the step that the network has taken.
    pub(super) fn step(&mut self, seen: &Seen<'_>, stay: &Stay) {
        let at_ms = u64::from(seen.step) * 1_000;
        let Some(session) = seen.sessions.get(stay.session) else { return };
        let Some(endpoint) = seen.network.endpoints.get(stay.session) else { return };
        if !(stay.connected_ms <= at_ms && at_ms + 1_000 <= stay.to_ms) {
            return;
        }
        let now = Condition::to_bridge(session, seen.scenario, at_ms);
        self.connect(seen, session, stay, at_ms);
        let (traffic, up, down) = if uses_bridges(seen.scenario) {
            self.carry(session, endpoint, now.cut)
        } else {
            self.idle(session, &now, at_ms - stay.connected_ms)
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
            for (all, rtcp) in [
                (&mut self.received, &mut self.rtcp_received),
                (&mut self.sent, &mut self.rtcp_sent),
            ] {
                all.add(RTCP);
                rtcp.add(RTCP);
            }
        }
        self.allocate(seen, stay, &now, down);
        self.talk(seen, session, at_ms, now.cut);
    }

    fn connect(&mut self, seen: &Seen<'_>, session: &Session, stay: &Stay, at_ms: u64) {
        let given_up = |fault: &&Fault| {
            let failed_ms = fault.time.from_ms + FAILED_MS;
            fault.person == session.person
                && fault.kind == FaultKind::IceFailure
                && (failed_ms..fault.time.to_ms).contains(&at_ms)
        };
        self.failed = seen.scenario.faults.iter().any(|fault| given_up(&fault));
        self.connected = !self.failed;
        let before = generation(seen.scenario, session, stay.connected_ms);
        self.generation = generation(seen.scenario, session, at_ms).saturating_sub(before);
    }

    /// A call through bridges: media both ways.
    fn carry(&mut self, session: &Session, endpoint: &Endpoint, cut: bool) -> (Traffic, Loss, Loss) {
        let (mut traffic, mut up) = (Traffic::default(), Loss::default());
        if !endpoint.there {
            return (traffic, up, Loss::default());
        }
        if !cut {
            self.rtt_ms = micro(endpoint.path.step_rtt_ms);
        }
        let voice = std::iter::once((true, &endpoint.voice, &session.audio));
        let cameras = endpoint.camera.iter().zip(&session.camera).map(|(stream, source)| (false, stream, source));
        let screen = std::iter::once((false, &endpoint.screen, &session.screen));
        for (is_voice, sending, source) in voice.chain(cameras).chain(screen) {
            let (count, lost) = self.receive(sending, source);
            if is_voice { &mut traffic.audio } else { &mut traffic.video }.add(count);
            up.lost += lost;
            up.received += count.packets;
        }
        let pictures = endpoint.camera.iter().chain([&endpoint.screen]);
        let key_frames = pictures.map(|stream| stream.key_frames.total() as u64).sum();
        self.key_frames = key_frames - *self.key_frames_before.get_or_insert(key_frames);
        let down = self.forward(endpoint, &mut traffic);
        (traffic, up, down)
    }

    /// What came of a stream in this step, and what was found to be lost.
    fn receive(&mut self, sending: &Sending, source: &Source) -> (Count, u64) {
        let booked = sending.gap.lost().total();
        let flow = sending.flow;
        if flow.packets == 0 && !self.streams.contains_key(&source.ssrc) {
            return (Count::default(), 0);
        }
        let stream = self.streams.entry(source.ssrc).or_default();
        // Of what was lost before the bridge began to count, it knows nothing.
        let before = *stream.booked.get_or_insert(booked - f64::from(flow.lost_up));
        stream.booked = Some(booked);
        let lost = (booked - before).max(0.0) as u64;
        let came = flow.packets.saturating_sub(flow.lost_up);
        let count = Count {
            packets: u64::from(came),
            bytes: share(flow.bytes, came, flow.packets) + u64::from(came) * HEADER_BYTES,
        };
        stream.received.add(count);
        stream.lost += lost;
        stream.jitter_ms = micro(sending.feedback.jitter_s * 1_000.0);
        stream.bps = count.bytes * 8;
        stream.fps = if came > 0 { flow.frames } else { 0 };
        stream.active_ms += if came > 0 { 1_000 } else { 0 };
        (count, lost)
    }

    /// What is sent to the endpoint, and what its feedback says of it.
    fn forward(&mut self, endpoint: &Endpoint, traffic: &mut Traffic) -> Loss {
        let (mut lost, mut came) = (0, 0);
        for stream in &endpoint.received {
            let (packets, missing) = (u64::from(stream.came), u64::from(stream.lost_down));
            came += packets;
            lost += missing;
            let bytes = share(stream.flow.bytes, stream.came, stream.flow.packets);
            traffic.sent.add(Count { packets, bytes: bytes + packets * HEADER_BYTES });
            if stream.kind != Kind::Voice && !endpoint.path.cut {
                self.nacked += missing;
                self.plis += u64::from(missing * 5 > packets);
            }
        }
        if endpoint.path.cut {
            // No feedback comes; what is missing will be known when it does.
            self.unseen_down += came;
            return Loss::default();
        }
        let received = came - lost;
        Loss { lost: lost + std::mem::take(&mut self.unseen_down), received }
    }

    /// Two people who talk directly: a little at first, then only checks.
    fn idle(&mut self, session: &Session, now: &Condition, since_ms: u64) -> (Traffic, Loss, Loss) {
        let mut traffic = Traffic::default();
        if now.cut {
            return (traffic, Loss::default(), Loss::default());
        }
        self.rtt_ms = micro(now.rtt_ms + self.chance.normal().abs() * 1.5);
        if since_ms >= BEFORE_DIRECT_STEPS * 1_000 {
            return (traffic, Loss::default(), Loss::default());
        }
        let count = Count { packets: 50, bytes: 50 * (60 + HEADER_BYTES) };
        let stream = self.streams.entry(session.audio.ssrc).or_default();
        stream.received.add(count);
        stream.active_ms += 1_000;
        (traffic.audio, traffic.sent) = (count, count);
        let all = Loss { lost: 0, received: count.packets };
        (traffic, all, all)
    }

    fn allocate(&mut self, seen: &Seen<'_>, stay: &Stay, now: &Condition, down: Loss) {
        let before = std::mem::take(&mut self.allocation);
        self.allocation = Allocation::of(seen, stay.session);
        let noise = 1.0 + self.chance.normal() * 0.015;
        let lossy = down.lost as f64 > BWE_FALLS_FROM * (down.lost + down.received) as f64;
        let target_bps = self.allocation.target_bps() as f64;
        self.bwe_bps = match now.downlink_bps {
            Some(bps) => bps * noise,
            None if lossy => (self.bwe_bps * BWE_FALL).max(target_bps * 1.05),
            None => (self.bwe_bps * BWE_GROWTH).min(self.capacity_bps * noise).max(target_bps * 1.05),
        };
        self.oversending_s += u64::from(self.is_oversending());
        if before.forwarded() != self.allocation.forwarded() {
            *self.told.entry("ForwardedSourcesMessage").or_default() += 1;
        }
    }

    /// The messages between client and bridge.
    fn talk(&mut self, seen: &Seen<'_>, session: &Session, at_ms: u64, cut: bool) {
        if cut {
            return;
        }
        if seen.new_speaker {
            *self.told.entry("DominantSpeakerMessage").or_default() += 1;
            *self.heard.entry("ReceiverVideoConstraintsMessage").or_default() += 1;
        }
        if (at_ms / 1_000 + u64::from(session.audio.ssrc % 10)).is_multiple_of(10) {
            *self.heard.entry("EndpointStats").or_default() += 1;
            *self.told.entry("EndpointStats").or_default() += 1;
        }
        let shared = session.details.screen.iter().flat_map(|share| [share.from_ms, share.to_ms]);
        let toggled = shared.filter(|edge_ms| (at_ms..at_ms + 1_000).contains(edge_ms)).count() as u64;
        if toggled > 0 {
            *self.heard.entry("SourceVideoTypeMessage").or_default() += toggled;
        }
    }

    pub(super) fn is_oversending(&self) -> bool {
        self.allocation.target_bps() as f64 > self.bwe_bps
    }

    /// What the last step brought.
    pub(super) fn last(&self) -> Traffic {
        self.recent.back().copied().unwrap_or_default()
    }

    /// Means of the last seconds, for a second.
    pub(super) fn rates(&self) -> Traffic {
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

fn share(bytes: u32, part: u32, whole: u32) -> u64 {
    if whole == 0 { 0 } else { u64::from(bytes) * u64::from(part) / u64::from(whole) }
}

/// To the millionth, as bridges have it of nanoseconds.
pub(super) fn micro(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}
