//! The samples that rules evaluate: connections and streams of all participants on the conference's clock.

use crate::catalog::Quantity;
use crate::extract::{ConnectionExtract, Extract, Timeline, protocol_of};
use crate::judge::{
    ConferenceSamples, ParticipantSamples, PeerConnectionSamples, Poll, RtpStreamSamples, SelectedPair,
    StateChange,
};
use crate::model::{Event, EventKind, GAP_PERIODS};
use crate::participants::{DumpPresence, ParticipantRecord, Senders};
use crate::report::{Direction, Participant, Stream};
use crate::sessions::Extracts;
use crate::time_span::TimeSpan;

/// The samples of a conference, participants in the order of the records.
pub(crate) fn conference_samples(
    extracts: &Extracts,
    records: &[ParticipantRecord],
    participants: &[Participant],
    senders: &Senders,
) -> ConferenceSamples {
    let until =
        |participant: &Participant| participant.presences.last().map_or(0.0, |presence| presence.to_ms);
    let pairs = records.iter().zip(participants).enumerate();
    let members = pairs.map(|(index, (record, participant))| ParticipantSamples {
        until_ms: until(participant),
        key: record.key.clone(),
        connections: record
            .dumps(extracts)
            .flat_map(|(presence, extract)| {
                let bridge =
                    extract.connections.iter().position(|connection| connection.summary.p2p != Some(true));
                extract.connections.iter().enumerate().map(move |(at, connection)| {
                    let states = states(presence, extract, &connection.summary.id, bridge == Some(at));
                    peer_connection_samples(presence, index, connection, states, senders)
                })
            })
            .collect(),
    });
    ConferenceSamples { participants: members.collect() }
}

/// The names of participants for the titles of findings. If several have the same name, their keys are appended.
pub(crate) fn labels(participants: &[Participant]) -> Vec<String> {
    let names: Vec<&str> = participants.iter().map(Participant::label).collect();
    let label = |(participant, name): (&Participant, &&str)| match names
        .iter()
        .filter(|other| *other == name)
        .count()
    {
        0 | 1 => (*name).to_owned(),
        _ => format!("{name} ({})", participant.key),
    };
    participants.iter().zip(&names).map(label).collect()
}

fn peer_connection_samples(
    presence: &DumpPresence,
    participant: usize,
    connection: &ConnectionExtract,
    states: Vec<StateChange>,
    senders: &Senders,
) -> PeerConnectionSamples {
    let (summary, timeline) = (&connection.summary, &connection.timeline);
    let streams_in = |direction| -> Vec<RtpStreamSamples> {
        let streams = summary.streams.iter().filter(|stream| stream.direction == direction);
        let sender = |stream| match direction {
            Direction::Inbound => senders.of(participant, presence.extract, stream),
            Direction::Outbound => None,
        };
        streams.map(|stream| stream_samples(timeline, stream, sender(stream))).collect()
    };
    PeerConnectionSamples {
        file: summary.file.clone(),
        p2p: summary.p2p == Some(true),
        poll_ms: summary.poll_ms.unwrap_or(1_000.0) * f64::from(timeline.stride()),
        polls: polls(presence, connection),
        rtt_ms: values(timeline, None, Quantity::RoundTripTime),
        inbound: streams_in(Direction::Inbound),
        outbound: streams_in(Direction::Outbound),
        state_changes: states,
        selected_pairs: connection
            .pairs
            .iter()
            .map(|choice| SelectedPair {
                at_ms: presence.shift(choice.at_ms),
                line: choice.line,
                relay: choice.pair.relay == Some(true),
                protocol: protocol_of(&choice.pair),
            })
            .collect(),
    }
}

/// The time that each poll covers: since the previous poll, or one poll period after a gap.
fn polls(presence: &DumpPresence, connection: &ConnectionExtract) -> Vec<Poll> {
    let stride = f64::from(connection.timeline.stride());
    let poll_ms = connection.summary.poll_ms.unwrap_or(1_000.0);
    let mut before: Option<f64> = None;
    let mut polls: Vec<Poll> = Vec::new();
    for (at_ms, line) in connection.timeline.polls() {
        let first_ms = presence.shift(at_ms);
        let since = before.filter(|before| *before < first_ms && first_ms - before < poll_ms * GAP_PERIODS);
        let to_ms = first_ms + (stride - 1.0) * poll_ms;
        let span = TimeSpan::new(since.unwrap_or(first_ms - poll_ms), to_ms);
        polls.push(Poll { span, line });
        before = Some(to_ms);
    }
    polls
}

fn stream_samples(timeline: &Timeline, stream: &Stream, sender: Option<usize>) -> RtpStreamSamples {
    let column = |quantity| values(timeline, Some(stream.index), quantity);
    RtpStreamSamples {
        kind: stream.kind,
        sender,
        expected_packets: column(Quantity::ExpectedPackets),
        lost_packets: column(Quantity::LostPackets),
        freeze_ms: column(Quantity::FreezeTime),
        cpu_limited_ms: column(Quantity::CpuLimited),
        bandwidth_limited_ms: column(Quantity::BandwidthLimited),
    }
}

/// The values of a quantity, one for each poll; all NaN if the dump does not have it.
fn values(timeline: &Timeline, stream: Option<u32>, quantity: Quantity) -> Vec<f64> {
    let column =
        timeline.columns().iter().find(|column| column.stream == stream && column.quantity == quantity);
    match column {
        Some(column) => timeline.values(column).collect(),
        None => vec![f64::NAN; timeline.polls().count()],
    }
}

/// The state changes of a connection, in order of time. ICE restarts that the application logs without a connection belong to
/// the connection to the bridge.
fn states(presence: &DumpPresence, extract: &Extract, id: &str, is_bridge: bool) -> Vec<StateChange> {
    let wanted = |event: &&Event| match event.kind {
        EventKind::IceConnectionState | EventKind::ConnectionState | EventKind::ConnectionClosed => {
            event.connection.as_deref() == Some(id)
        }
        EventKind::IceRestartRequested | EventKind::IceRestartApplied | EventKind::BridgeSessionRestarted => {
            is_bridge
        }
        _ => false,
    };
    let mut states: Vec<StateChange> = extract
        .events
        .iter()
        .filter(wanted)
        .map(|event| StateChange {
            at_ms: presence.shift(event.at_ms),
            line: event.line,
            kind: event.kind,
            value: event.detail.clone().unwrap_or_default(),
        })
        .collect();
    states.sort_by(|a, b| a.at_ms.total_cmp(&b.at_ms));
    states
}
