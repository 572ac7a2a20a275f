//! The network model: one step per second of true time, for all sessions together.

mod condition;
mod counter;
mod endpoint;
mod layers;
mod path;
mod playing;
mod receiving;
mod sending;

pub(crate) use condition::Condition;
pub(crate) use counter::Moment;
pub(crate) use endpoint::Endpoint;
pub(crate) use layers::{LAYERS, SCREEN};
pub(crate) use receiving::{Kind, Receiving};
pub(crate) use sending::Sending;

use super::deployment::BridgeFault;
use super::random::Random;
use super::scenario::{Scenario, Topology};
use super::session::Session;
use condition::direct;
use endpoint::Sent;
use layers::Scene;
use sending::Flow;

/// The purposes of the model's random numbers.
const PURPOSE: u64 = 1;
/// The rate of a camera on a direct connection.
const DIRECT_LAYER: usize = 2;

/// The network sides of all sessions.
#[derive(Debug)]
pub(super) struct Network {
    pub(super) endpoints: Vec<Endpoint>,
    /// By receiver: the layer of each camera that it would receive without a capacity limit.
    pub(super) ideal: Vec<View>,
    random: Random,
}

/// By sender: the layer of its camera; `None` for those that are not seen.
type View = Vec<Option<usize>>;

impl Network {
    /// A network before the first step.
    pub(super) fn new(scenario: &Scenario, sessions: &[Session]) -> Self {
        Self {
            endpoints: sessions.iter().map(Endpoint::new).collect(),
            ideal: Vec::new(),
            random: Random::new(scenario.seed, PURPOSE),
        }
    }

    /// Simulates one second.
    pub(super) fn step(&mut self, scenario: &Scenario, sessions: &[Session], step: u32) {
        let at_ms = u64::from(step) * 1_000;
        let p2p = scenario.topology == Topology::PeerToPeer;
        let scene = Scene::at(scenario, sessions, at_ms);
        let condition = |session: &Session| match scenario.topology {
            Topology::Bridge => Condition::to_bridge(session, scenario, at_ms),
            Topology::PeerToPeer => Condition::of(session, &scenario.faults, at_ms),
        };
        let access: Vec<Condition> = sessions.iter().map(condition).collect();
        let views: Vec<View> = (0..sessions.len()).map(|receiver| scene.view(receiver)).collect();
        let carried = access.iter().map(|own| own.downlink_bps);
        let narrowed = |((receiver, view), carried_bps): ((usize, &View), Option<f64>)| match carried_bps {
            Some(bps) => scene.narrowed(receiver, view.clone(), bps),
            None => view.clone(),
        };
        let sees: Vec<View> = views.iter().enumerate().zip(carried).map(narrowed).collect();
        let other = |index: usize| if p2p { access.get(1 - index.min(1)).copied() } else { None };
        self.move_between_bridges(scenario, sessions, at_ms);
        self.listen(&scene, at_ms, p2p);
        let mut sent = Vec::with_capacity(sessions.len());
        for (index, (endpoint, own)) in self.endpoints.iter_mut().zip(&access).enumerate() {
            let Some(shows) = scene.shows(index) else {
                endpoint.there = false;
                sent.push(Sent::default());
                continue;
            };
            let top = views.iter().filter_map(|view| view.get(index).copied().flatten()).max();
            let top = if p2p { shows.camera.then_some(DIRECT_LAYER) } else { top };
            let now = other(index).map_or(*own, |other| direct(*own, other));
            endpoint.path.step(step, &now, &mut self.random);
            let loss = if p2p { 0.0 } else { now.up_loss };
            let loss = if now.cut && !p2p { 1.0 } else { loss };
            sent.push(endpoint.send(step, shows, top, &now, loss, &mut self.random));
            endpoint.there = true;
        }
        for (index, view) in sees.iter().enumerate() {
            let (Some(_), Some(own)) = (scene.shows(index), access.get(index)) else { continue };
            let Some(endpoint) = self.endpoints.get_mut(index) else { continue };
            let now = other(index).map_or(*own, |other| direct(*own, other));
            endpoint.meet(&scene, sessions.len(), index);
            for stream in &mut endpoint.received {
                let flow = forwarded(stream, &scene, &sent, view, p2p);
                let far_ms = access.get(stream.from).map_or(0.0, |far| far.rtt_ms);
                let relay_ms = relay_rtt_ms(scenario, sessions, index, stream.from, at_ms);
                let before = (stream.received.total(), stream.bytes.total());
                stream.step(step, flow, &now, (own.rtt_ms + far_ms + relay_ms) / 2.0, &mut self.random);
                let (packets, bytes) = (stream.received.total() - before.0, stream.bytes.total() - before.1);
                endpoint.path.arrived(step, packets, bytes);
            }
        }
        self.ideal = views;
    }

    /// Sessions moved to another bridge in the previous second begin anew there.
    fn move_between_bridges(&mut self, scenario: &Scenario, sessions: &[Session], at_ms: u64) {
        let Some(servers) = scenario.servers.as_ref().filter(|_| scenario.topology == Topology::Bridge)
        else {
            return;
        };
        let arrived = |fault: &&BridgeFault| (fault.time.to_ms..fault.time.to_ms + 1_000).contains(&at_ms);
        for (fault, _) in servers.restarts().filter(|(fault, _)| arrived(fault)) {
            for (endpoint, session) in self.endpoints.iter_mut().zip(sessions) {
                if servers.bridge_of(session.person, fault.time.from_ms) == fault.bridge {
                    endpoint.begin_anew();
                }
            }
        }
    }

    /// Receiver reports arrive: from the bridge about the uplink, from the other side about the whole path.
    fn listen(&mut self, scene: &Scene, at_ms: u64, p2p: bool) {
        let counted: Vec<Vec<(Kind, f64)>> = self
            .endpoints
            .iter()
            .map(|endpoint| {
                endpoint.received.iter().map(|stream| (stream.kind, stream.gap.lost().total())).collect()
            })
            .collect();
        for (index, endpoint) in self.endpoints.iter_mut().enumerate() {
            if scene.shows(index).is_none() || !endpoint.there || endpoint.path.cut {
                continue;
            }
            let by_other = |kind: Kind| {
                let streams = counted.get(1 - index.min(1))?;
                streams.iter().find(|(other, _)| *other == kind).map(|(_, lost)| *lost)
            };
            let rtt_ms = endpoint.path.step_rtt_ms;
            let Endpoint { voice, camera, screen, .. } = endpoint;
            let streams = std::iter::once((Kind::Voice, voice))
                .chain(camera.iter_mut().map(|stream| (Kind::Camera, stream)))
                .chain(std::iter::once((Kind::Screen, screen)));
            for (kind, stream) in streams {
                let due = kind != Kind::Voice || (at_ms / 1_000).is_multiple_of(5);
                if !due || stream.flow.packets == 0 {
                    continue;
                }
                let own = stream.gap.lost().total();
                let lost = if p2p { by_other(kind).unwrap_or(0.0) } else { own };
                let jitter_ms = (3.0 + self.random.normal()).max(0.3);
                stream.hear(at_ms, lost, rtt_ms + self.random.between(0.1, 1.5), jitter_ms);
            }
        }
    }
}

/// The round-trip time between the bridges of two sessions.
fn relay_rtt_ms(scenario: &Scenario, sessions: &[Session], one: usize, other: usize, at_ms: u64) -> f64 {
    let (Some(servers), Topology::Bridge) = (&scenario.servers, scenario.topology) else { return 0.0 };
    let bridge = |index: usize| sessions.get(index).map(|session| servers.bridge_of(session.person, at_ms));
    let (Some(one), Some(other)) = (bridge(one), bridge(other)) else { return 0.0 };
    servers.relay_rtt_ms(one, other)
}

/// The forwarded streams of a sender; for its camera the requested layer, or the next smaller one that is sent.
fn forwarded(stream: &Receiving, scene: &Scene, sent: &[Sent], view: &[Option<usize>], p2p: bool) -> Flow {
    let (Some(sent), Some(shows)) = (sent.get(stream.from), scene.shows(stream.from)) else {
        return Flow::default();
    };
    match stream.kind {
        // Bridges drop silence.
        Kind::Voice if shows.voice || p2p => sent.voice,
        Kind::Voice => Flow::default(),
        Kind::Screen => sent.screen,
        Kind::Camera if p2p => sent.camera.first().copied().unwrap_or_default(),
        Kind::Camera => view
            .get(stream.from)
            .copied()
            .flatten()
            .and_then(|layer| sent.camera.iter().take(layer + 1).rev().find(|flow| flow.packets > 0).copied())
            .unwrap_or_default(),
    }
}
