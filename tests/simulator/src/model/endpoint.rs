//! The network side of one session: its sent streams, its received streams and its path.

use super::condition::Condition;
use super::counter::Gap;
use super::layers::{LAYERS, SCREEN, Scene, Shows, allocate, wanted_bps};
use super::path::Path;
use super::receiving::{Kind, Receiving};
use super::sending::{Flow, Sending};
use crate::random::Random;
use crate::session::Session;

/// Frames per second, from an ordinary and from an overloaded machine.
const FPS: f64 = 29.5;
const SLOW_FPS: f64 = 19.0;
const SCREEN_FPS: f64 = 15.0;

/// One session's side of the network.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) voice: Sending,
    /// By layer, the smallest first; a single one on a direct path.
    pub(crate) camera: Vec<Sending>,
    pub(crate) screen: Sending,
    pub(crate) received: Vec<Receiving>,
    pub(crate) path: Path,
    pub(crate) there: bool,
}

/// What a session sends in a step.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sent {
    pub(super) voice: Flow,
    pub(super) camera: [Flow; 3],
    pub(super) screen: Flow,
}

impl Endpoint {
    /// The state before the first step.
    pub(super) fn new(session: &Session) -> Self {
        Self {
            voice: Sending::default(),
            camera: session.camera.iter().map(|_| Sending::default()).collect(),
            screen: Sending::default(),
            received: Vec::new(),
            path: Path::new(),
            there: false,
        }
    }

    /// Sends a step's streams.
    pub(super) fn send(
        &mut self,
        step: u32,
        shows: Shows,
        top: Option<usize>,
        now: &Condition,
        loss: f64,
        random: &mut Random,
    ) -> Sent {
        let direct = self.camera.len() == 1;
        let screen_bps = if shows.screen { SCREEN.bps } else { 0.0 };
        let wanted = if direct && top.is_some() { LAYERS[2].bps } else { wanted_bps(top) };
        self.path.limit(step, now, wanted + screen_bps);
        let left = self.path.available_bps - screen_bps;
        let fps = if now.cpu_limited { SLOW_FPS } else { FPS };
        let voice = Flow::voice(random, shows.voice, shows.speaking);
        let mut sent = Sent { voice: self.voice.step(step, voice, loss, random), ..Sent::default() };
        self.voice.active = true;
        let mut rates = allocate(top, left);
        if direct {
            rates = [wanted.min(left.max(100_000.0)), 0.0, 0.0];
        }
        let (mut packets, mut bytes) = (sent.voice.packets, sent.voice.bytes);
        for (place, ((stream, flow), rate)) in
            self.camera.iter_mut().zip(&mut sent.camera).zip(rates).enumerate()
        {
            let layer =
                LAYERS.get(if direct { direct_layer(rate) } else { place }).copied().unwrap_or(SCREEN);
            stream.active = direct && top.is_some() || top.is_some_and(|top| place <= top);
            stream.target_bps = rate;
            let new = Flow::video(random, layer, if stream.active { rate } else { 0.0 }, fps);
            *flow = stream.step(step, new, loss, random);
            packets += flow.packets;
            bytes += flow.bytes;
        }
        self.screen.active = shows.screen;
        self.screen.target_bps = screen_bps;
        let screen = Flow::video(random, SCREEN, screen_bps, SCREEN_FPS);
        sent.screen = self.screen.step(step, screen, loss, random);
        self.path.sent(step, packets + sent.screen.packets, bytes + sent.screen.bytes);
        sent
    }

    /// The other end of the path is new and has no state of earlier streams.
    pub(super) fn begin_anew(&mut self) {
        let cameras = self.camera.iter_mut();
        for stream in cameras.chain([&mut self.voice, &mut self.screen]) {
            stream.gap = Gap::default();
        }
        for stream in &mut self.received {
            stream.gap.forget();
        }
    }

    /// Adds the streams of joined sessions and removes those of sessions that left.
    pub(super) fn meet(&mut self, scene: &Scene, sessions: usize, own: usize) {
        self.received.retain(|stream| scene.shows(stream.from).is_some());
        for from in (0..sessions).filter(|from| *from != own) {
            let Some(shows) = scene.shows(from) else { continue };
            let wanted = [(Kind::Voice, true), (Kind::Camera, true), (Kind::Screen, shows.screen)];
            for (kind, wanted) in wanted {
                let known = self.received.iter().any(|stream| stream.from == from && stream.kind == kind);
                if wanted && !known {
                    self.received.push(Receiving::new(from, kind));
                }
            }
        }
    }
}

/// The size that a direct path's camera has at a rate.
fn direct_layer(bps: f64) -> usize {
    if bps > 1_200_000.0 { 2 } else { usize::from(bps > 300_000.0) }
}
