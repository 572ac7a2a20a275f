//! The input of the rules: every participant's connections and streams as samples on the conference's clock.

use crate::model::EventKind;
use crate::report::MediaKind;
use crate::time_span::TimeSpan;

/// The samples of one conference.
#[derive(Debug, Default)]
pub(crate) struct ConferenceSamples {
    pub(crate) participants: Vec<ParticipantSamples>,
}

/// The samples of one participant.
#[derive(Debug)]
pub(crate) struct ParticipantSamples {
    /// The participant's key in the report.
    pub(crate) key: String,
    /// The end of the last presence.
    pub(crate) until_ms: f64,
    /// The peer connections of all dumps.
    pub(crate) connections: Vec<PeerConnectionSamples>,
}

/// The samples of one peer connection.
#[derive(Debug)]
pub(crate) struct PeerConnectionSamples {
    /// The dump's name.
    pub(crate) file: String,
    /// Whether it goes to another participant (`true`) or to a bridge.
    pub(crate) p2p: bool,
    /// Median time between polls.
    pub(crate) poll_ms: f64,
    /// Its polls, in order.
    pub(crate) polls: Vec<Poll>,
    /// Round-trip time at each poll, NaN where it was not measured.
    pub(crate) rtt_ms: Vec<f64>,
    /// The received streams (`inbound-rtp`).
    pub(crate) inbound: Vec<RtpStreamSamples>,
    /// The sent streams (`outbound-rtp`).
    pub(crate) outbound: Vec<RtpStreamSamples>,
    /// ICE and connection states and restarts, by time.
    pub(crate) state_changes: Vec<StateChange>,
    /// The candidate pairs that were selected, by time.
    pub(crate) selected_pairs: Vec<SelectedPair>,
}

/// The time that a sample covers, and the line of the dump that holds it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Poll {
    pub(crate) span: TimeSpan,
    pub(crate) line: u64,
}

/// The samples of one RTP stream; every column has a value for each poll, NaN where it has none.
#[derive(Debug)]
pub(crate) struct RtpStreamSamples {
    pub(crate) kind: Option<MediaKind>,
    /// The sender, as an index of the participants: of received streams only, and only where it is known.
    pub(crate) sender: Option<usize>,
    /// Packets received and lost; of a sent stream, packets sent since the other side's last report.
    pub(crate) expected_packets: Vec<f64>,
    /// Packets of these that were lost.
    pub(crate) lost_packets: Vec<f64>,
    /// Time in which video was frozen, reported when it continues.
    pub(crate) freeze_ms: Vec<f64>,
    /// Time in which the device's CPU limited sent video.
    pub(crate) cpu_limited_ms: Vec<f64>,
    /// Time in which bandwidth limited sent video.
    pub(crate) bandwidth_limited_ms: Vec<f64>,
}

/// A state or a restart of a connection.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StateChange {
    pub(crate) at_ms: f64,
    pub(crate) line: u64,
    pub(crate) kind: EventKind,
    /// The new state.
    pub(crate) value: String,
}

/// The selection of a candidate pair.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SelectedPair {
    pub(crate) at_ms: f64,
    pub(crate) line: u64,
    /// Whether either candidate is a TURN relay's.
    pub(crate) relay: bool,
    /// The protocol of the first hop.
    pub(crate) protocol: Option<String>,
}

impl PeerConnectionSamples {
    /// From the start of the first to the end of the last poll.
    pub(crate) fn span(&self) -> Option<TimeSpan> {
        Some(TimeSpan::new(self.polls.first()?.span.from_ms, self.polls.last()?.span.to_ms))
    }

    /// Packets received in the time of each poll, over all streams.
    pub(crate) fn received_packets(&self) -> Vec<f64> {
        let sum = |poll: usize| -> f64 {
            let of = |stream: &RtpStreamSamples| {
                Some(stream.expected_packets.get(poll)? - stream.lost_packets.get(poll)?)
            };
            self.inbound.iter().filter_map(of).filter(|packets| !packets.is_nan()).sum()
        };
        (0..self.polls.len()).map(sum).collect()
    }

    /// Whether it ever carried media, in either direction.
    pub(crate) fn carried_media(&self) -> bool {
        let mut streams = self.inbound.iter().chain(&self.outbound);
        streams.any(|stream| stream.expected_packets.iter().any(|packets| *packets > 0.0))
    }
}
