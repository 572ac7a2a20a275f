//! What rules look at: people, their paths and flows as samples on the conference's clock; no dump, no format.

use crate::model::EventKind;
use crate::report::MediaKind;

/// One conference to be judged.
#[derive(Debug, Default)]
pub(crate) struct Frame {
    pub(crate) people: Vec<Member>,
}

/// One participant.
#[derive(Debug)]
pub(crate) struct Member {
    /// Their key in the report.
    pub(crate) key: String,
    /// What they are called in words.
    pub(crate) label: String,
    /// When they were last there.
    pub(crate) until_ms: f64,
    /// Their connections.
    pub(crate) paths: Vec<Path>,
}

/// One peer connection.
#[derive(Debug)]
pub(crate) struct Path {
    /// The dump.
    pub(crate) file: String,
    /// Whether it goes to the other person (`true`) or to a bridge.
    pub(crate) p2p: bool,
    /// Median time between polls.
    pub(crate) poll_ms: f64,
    /// Its polls, in order.
    pub(crate) polls: Vec<Poll>,
    /// Round trip at each poll, NaN where it was not measured.
    pub(crate) rtt_ms: Vec<f64>,
    /// What arrived.
    pub(crate) received: Vec<Flow>,
    /// What was sent.
    pub(crate) sent: Vec<Flow>,
    /// ICE and connection states and restarts, in order of time.
    pub(crate) states: Vec<State>,
    /// The pairs that were chosen.
    pub(crate) pairs: Vec<Pair>,
}

/// The time that a point stands for, and the line that shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Poll {
    pub(crate) from_ms: f64,
    pub(crate) to_ms: f64,
    pub(crate) line: u64,
}

/// One RTP stream; every column has a value for each poll, NaN where it has none.
#[derive(Debug)]
pub(crate) struct Flow {
    pub(crate) kind: Option<MediaKind>,
    /// Who sent it, as an index of the people; of received flows only, and only where it is known.
    pub(crate) sender: Option<usize>,
    /// Packets that should have arrived.
    pub(crate) expected: Vec<f64>,
    /// Packets of these that were lost.
    pub(crate) lost: Vec<f64>,
    /// Time that video stood still, ms, booked when it moves again.
    pub(crate) frozen_ms: Vec<f64>,
    /// Time limited by the sender's CPU, ms.
    pub(crate) cpu_ms: Vec<f64>,
    /// Time limited by bandwidth, ms.
    pub(crate) bandwidth_ms: Vec<f64>,
}

/// A state or an event of a path.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct State {
    pub(crate) at_ms: f64,
    pub(crate) line: u64,
    pub(crate) kind: EventKind,
    pub(crate) value: String,
}

/// A choice of a candidate pair.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pair {
    pub(crate) at_ms: f64,
    pub(crate) line: u64,
    pub(crate) relay: bool,
    pub(crate) protocol: Option<String>,
}

impl Path {
    /// First and last moment of its polls.
    pub(crate) fn span(&self) -> Option<(f64, f64)> {
        Some((self.polls.first()?.from_ms, self.polls.last()?.to_ms))
    }

    /// Packets that arrived in each poll's time.
    pub(crate) fn arrived(&self) -> Vec<f64> {
        let sum = |poll: usize| -> f64 {
            let of = |flow: &Flow| Some(flow.expected.get(poll)? - flow.lost.get(poll)?);
            self.received.iter().filter_map(of).filter(|packets| !packets.is_nan()).sum()
        };
        (0..self.polls.len()).map(sum).collect()
    }

    /// Whether media ever flowed on it, either way.
    pub(crate) fn carried_media(&self) -> bool {
        self.received.iter().chain(&self.sent).any(|flow| flow.expected.iter().any(|packets| *packets > 0.0))
    }
}
