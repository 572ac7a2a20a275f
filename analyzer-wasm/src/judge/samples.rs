//! What rules look at: people, their paths and flows as samples on the conference's clock; no dump, no format.

use crate::model::EventKind;
use crate::report::MediaKind;

/// One conference to be judged.
#[derive(Debug, Default)]
pub(crate) struct ConferenceSamples {
    pub(crate) participants: Vec<ParticipantSamples>,
}

/// One participant.
#[derive(Debug)]
pub(crate) struct ParticipantSamples {
    /// Their key in the report.
    pub(crate) key: String,
    /// What they are called in words.
    pub(crate) label: String,
    /// When they were last there.
    pub(crate) until_ms: f64,
    /// Their connections.
    pub(crate) connections: Vec<PeerConnectionSamples>,
}

/// One peer connection.
#[derive(Debug)]
pub(crate) struct PeerConnectionSamples {
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
    pub(crate) inbound: Vec<RtpStreamSamples>,
    /// What was sent.
    pub(crate) outbound: Vec<RtpStreamSamples>,
    /// ICE and connection states and restarts, in order of time.
    pub(crate) state_changes: Vec<StateChange>,
    /// The pairs that were chosen.
    pub(crate) selected_pairs: Vec<SelectedPair>,
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
pub(crate) struct RtpStreamSamples {
    pub(crate) kind: Option<MediaKind>,
    /// Who sent it, as an index of the people; of received flows only, and only where it is known.
    pub(crate) sender: Option<usize>,
    /// Packets that should have arrived.
    pub(crate) expected_packets: Vec<f64>,
    /// Packets of these that were lost.
    pub(crate) lost_packets: Vec<f64>,
    /// Time that video stood still, ms, booked when it moves again.
    pub(crate) freeze_ms: Vec<f64>,
    /// Time limited by the sender's CPU, ms.
    pub(crate) cpu_limited_ms: Vec<f64>,
    /// Time limited by bandwidth, ms.
    pub(crate) bandwidth_limited_ms: Vec<f64>,
}

/// A state or an event of a path.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StateChange {
    pub(crate) at_ms: f64,
    pub(crate) line: u64,
    pub(crate) kind: EventKind,
    pub(crate) value: String,
}

/// A choice of a candidate pair.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SelectedPair {
    pub(crate) at_ms: f64,
    pub(crate) line: u64,
    pub(crate) relay: bool,
    pub(crate) protocol: Option<String>,
}

impl PeerConnectionSamples {
    /// First and last moment of its polls.
    pub(crate) fn span(&self) -> Option<(f64, f64)> {
        Some((self.polls.first()?.from_ms, self.polls.last()?.to_ms))
    }

    /// Packets that arrived in each poll's time.
    pub(crate) fn received_packets(&self) -> Vec<f64> {
        let sum = |poll: usize| -> f64 {
            let of = |stream: &RtpStreamSamples| {
                Some(stream.expected_packets.get(poll)? - stream.lost_packets.get(poll)?)
            };
            self.inbound.iter().filter_map(of).filter(|packets| !packets.is_nan()).sum()
        };
        (0..self.polls.len()).map(sum).collect()
    }

    /// Whether media ever flowed on it, either way.
    pub(crate) fn carried_media(&self) -> bool {
        self.inbound
            .iter()
            .chain(&self.outbound)
            .any(|stream| stream.expected_packets.iter().any(|packets| *packets > 0.0))
    }
}
