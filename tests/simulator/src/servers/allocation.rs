//! The bandwidth allocation of an endpoint: the video that a bridge sends, and the video that it would send without a
//! bandwidth limit.

use super::leg::StepInput;
use super::sources::name;
use crate::model::{Endpoint, Kind, LAYERS, SCREEN};

/// The encodings' frame rate.
const FPS: u32 = 30;

/// One encoding of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Encoding {
    /// The index among the source's encodings, the smallest first.
    pub(super) place: usize,
    pub(super) height: u32,
    pub(super) bps: u64,
}

impl Encoding {
    pub(super) const FPS: u32 = FPS;

    /// The layer index of bridges: the encoding, its spatial layer and its temporal layer.
    pub(super) fn index(self) -> usize {
        self.place * 64 + 2
    }

    pub(super) fn name(self) -> String {
        format!("E{}S0T2", self.place)
    }
}

/// One source for one endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Allocated {
    pub(super) source: String,
    pub(super) ideal: Encoding,
    /// `None` if the bandwidth is too low for the smallest encoding.
    pub(super) target: Option<Encoding>,
}

/// All sources for one endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Allocation {
    pub(super) sources: Vec<Allocated>,
}

impl Allocation {
    /// The allocation for a session in the last step.
    pub(super) fn of(seen: &StepInput<'_>, receiver: usize) -> Self {
        let (Some(endpoint), Some(ideal)) =
            (seen.network.endpoints.get(receiver), seen.network.ideal.get(receiver))
        else {
            return Self::default();
        };
        let mut sources = Vec::new();
        for stream in endpoint.received.iter().filter(|stream| stream.kind != Kind::Voice) {
            let (Some(sender), Some(from)) =
                (seen.sessions.get(stream.from), seen.network.endpoints.get(stream.from))
            else {
                continue;
            };
            let encodings = encodings(from, stream.kind);
            let wanted = match stream.kind {
                Kind::Camera => ideal.get(stream.from).copied().flatten(),
                _ => Some(0),
            };
            let Some(wanted) = wanted else { continue };
            let Some(ideal) = encodings.iter().rev().find(|encoding| encoding.place <= wanted).copied()
            else {
                continue;
            };
            let is_sent = |encoding: &&Encoding| stream.came > 0 && encoding.height == stream.flow.height;
            sources.push(Allocated {
                source: name(sender, stream.kind),
                ideal,
                target: encodings.iter().find(is_sent).copied(),
            });
        }
        Self { sources }
    }

    /// The bitrate of all sources that are sent.
    pub(super) fn target_bps(&self) -> u64 {
        self.sources.iter().filter_map(|source| source.target).map(|encoding| encoding.bps).sum()
    }

    /// The bitrate of the ideal allocation.
    pub(super) fn ideal_bps(&self) -> u64 {
        self.sources.iter().map(|source| source.ideal.bps).sum()
    }

    /// The sources that are sent.
    pub(super) fn forwarded(&self) -> Vec<&str> {
        let sent = self.sources.iter().filter(|source| source.target.is_some());
        sent.map(|source| source.source.as_str()).collect()
    }

    /// The sources that are in the ideal allocation but not sent.
    pub(super) fn suspended(&self) -> Vec<&str> {
        let missing = self.sources.iter().filter(|source| source.target.is_none());
        missing.map(|source| source.source.as_str()).collect()
    }
}

/// The encodings of an endpoint's source with received packets in this step.
fn encodings(from: &Endpoint, kind: Kind) -> Vec<Encoding> {
    let (streams, layers) = match kind {
        Kind::Camera => (from.camera.as_slice(), LAYERS.as_slice()),
        _ => (std::slice::from_ref(&from.screen), std::slice::from_ref(&SCREEN)),
    };
    let sent = streams
        .iter()
        .zip(layers)
        .enumerate()
        .filter(|(_, (stream, _))| stream.flow.packets > stream.flow.lost_up);
    sent.map(|(place, (stream, layer))| Encoding {
        place,
        height: layer.height,
        bps: u64::from(stream.flow.bytes) * 8,
    })
    .collect()
}
