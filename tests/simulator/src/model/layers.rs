//! Which cameras a bridge forwards to which receiver in which size, and which requested layers a sender sends.

use crate::scenario::{Scenario, TimeRange};
use crate::session::Session;

/// The sizes that a camera is sent in, the smallest first.
pub(crate) const LAYERS: [Layer; 3] = [
    Layer { width: 320, height: 180, bps: 150_000.0 },
    Layer { width: 640, height: 360, bps: 500_000.0 },
    Layer { width: 1_280, height: 720, bps: 2_000_000.0 },
];
/// The size of a shared screen.
pub(crate) const SCREEN: Layer = Layer { width: 1_920, height: 1_080, bps: 1_200_000.0 };
/// Up to this many participants are shown as tiles of one size.
const TILES: usize = 4;
/// The largest layer is sent with less than its rate, down to this share of it.
const LEAST_SHARE: f64 = 0.45;

/// One size of a camera's picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Layer {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) bps: f64,
}

/// The sessions in the call in a step, with their video sources.
#[derive(Debug)]
pub(crate) struct Scene {
    /// By session: its video sources, or `None` if it is not in the call.
    shows: Vec<Option<Shows>>,
    /// Sessions with a camera, the most recent speaker first.
    order: Vec<usize>,
    tiles: bool,
    last_n: usize,
    spotlights: Vec<usize>,
}

/// The sources of one session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shows {
    pub(crate) voice: bool,
    pub(crate) camera: bool,
    pub(crate) screen: bool,
    pub(crate) speaking: bool,
}

impl Scene {
    /// The scene at a time.
    pub(crate) fn at(scenario: &Scenario, sessions: &[Session], at_ms: u64) -> Self {
        let speaker = scenario.turns.iter().rev().find(|turn| turn.at_ms <= at_ms).map(|turn| turn.person);
        let shows: Vec<Option<Shows>> = sessions
            .iter()
            .map(|session| {
                let there = session.connected().contains(at_ms) && session.connected().contains(at_ms + 999);
                let within =
                    |stretches: &[TimeRange]| stretches.iter().any(|stretch| stretch.contains(at_ms));
                there.then(|| Shows {
                    voice: !within(&session.details.audio_muted),
                    camera: !within(&session.details.video_muted),
                    screen: within(&session.details.screen),
                    speaking: speaker == Some(session.person),
                })
            })
            .collect();
        let mut order: Vec<usize> = (0..)
            .zip(&shows)
            .filter(|(_, shows)| shows.is_some_and(|shows| shows.camera))
            .map(|(index, _)| index)
            .collect();
        let person = |index: &usize| sessions.get(*index).map_or(usize::MAX, |session| session.person);
        let spoke = |index: &usize| {
            let own =
                scenario.turns.iter().rev().find(|turn| turn.at_ms <= at_ms && turn.person == person(index));
            own.map_or(0, |turn| turn.at_ms)
        };
        order.sort_by_key(|index| std::cmp::Reverse(spoke(index)));
        let pinned = |index: &usize| sessions.get(*index).is_some_and(|session| session.details.spotlight);
        Self {
            spotlights: order.iter().copied().filter(pinned).collect(),
            tiles: shows.iter().flatten().count() <= TILES,
            last_n: scenario.last_n.unwrap_or(usize::MAX),
            shows,
            order,
        }
    }

    /// The sources of a session; `None` if it is not in the call.
    pub(crate) fn shows(&self, session: usize) -> Option<Shows> {
        self.shows.get(session).copied().flatten()
    }

    /// The layer of each camera that a receiver is sent, by session; `None` for those that it does not see.
    pub(crate) fn view(&self, receiver: usize) -> Vec<Option<usize>> {
        let mut view = vec![None; self.shows.len()];
        if self.shows(receiver).is_none() {
            return view;
        }
        let others = || self.order.iter().filter(|sender| **sender != receiver);
        let stage = others().next().copied();
        let pinned = self.spotlights.iter().filter(|sender| **sender != receiver);
        for sender in pinned.chain(others()).take(self.last_n.max(1)) {
            let layer = if stage == Some(*sender) && !self.tiles {
                2
            } else {
                usize::from(self.tiles || self.spotlights.contains(sender))
            };
            if let Some(place) = view.get_mut(*sender) {
                *place = Some(layer);
            }
        }
        view
    }

    /// Reduces a view that exceeds the capacity to the receiver, as a bridge does: first to smaller sizes, then by
    /// whole cameras, the least recent speaker first. The one on stage keeps its smallest size.
    pub(crate) fn narrowed(
        &self,
        receiver: usize,
        mut view: Vec<Option<usize>>,
        carried_bps: f64,
    ) -> Vec<Option<usize>> {
        let screens = self
            .shows
            .iter()
            .enumerate()
            .filter(|(sender, shows)| *sender != receiver && shows.is_some_and(|shows| shows.screen));
        let screens_bps = screens.count() as f64 * SCREEN.bps;
        let layer_bps = |layer: usize| LAYERS.get(layer).map_or(0.0, |layer| layer.bps);
        let stage = self.order.iter().copied().find(|sender| view.get(*sender).copied().flatten().is_some());
        loop {
            let cameras_bps: f64 = view.iter().flatten().map(|layer| layer_bps(*layer)).sum();
            if screens_bps + cameras_bps <= carried_bps {
                return view;
            }
            let largest = view.iter().flatten().copied().max();
            let less = |sender: &&usize| {
                let layer = view.get(**sender).copied().flatten();
                layer.is_some() && layer == largest && (layer > Some(0) || Some(**sender) != stage)
            };
            let Some(place) = self.order.iter().rev().find(less).and_then(|sender| view.get_mut(*sender))
            else {
                return view;
            };
            *place = place.and_then(|layer| layer.checked_sub(1));
        }
    }
}

/// Rates of the layers that are sent, up to the requested one and within the capacity of the network.
pub(crate) fn allocate(top: Option<usize>, carried_bps: f64) -> [f64; 3] {
    let mut rates = [0.0; 3];
    let Some(top) = top else { return rates };
    let mut left = carried_bps;
    for (rate, layer) in rates.iter_mut().zip(LAYERS).take(top + 1) {
        if left < layer.bps * LEAST_SHARE {
            break;
        }
        *rate = layer.bps.min(left);
        left -= *rate;
    }
    rates
}

/// Target rates of the layers up to the requested one.
pub(crate) fn wanted_bps(top: Option<usize>) -> f64 {
    top.map_or(0.0, |top| LAYERS.iter().take(top + 1).map(|layer| layer.bps).sum())
}
