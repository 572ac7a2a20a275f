//! The input of every rule: the samples of a conference, the outages of its connections and the participants' names.

use super::outage::{Outage, outages};
use super::samples::{ConferenceSamples, ParticipantSamples, PeerConnectionSamples, Poll};

/// The input of a rule.
#[derive(Debug)]
pub(super) struct RuleContext<'a> {
    pub(super) conference: &'a ConferenceSamples,
    /// The participants' names in titles, by their index.
    labels: &'a [String],
    /// The outages of each connection of each participant.
    outages: Vec<Vec<Vec<Outage>>>,
}

impl<'a> RuleContext<'a> {
    pub(super) fn new(conference: &'a ConferenceSamples, labels: &'a [String]) -> Self {
        let of_participant =
            |participant: &ParticipantSamples| participant.connections.iter().map(outages).collect();
        let outages = conference.participants.iter().map(of_participant).collect();
        Self { conference, labels, outages }
    }

    /// Every connection with the index of its participant and its outages.
    pub(super) fn connections(&self) -> impl Iterator<Item = (usize, &'a PeerConnectionSamples, &[Outage])> {
        let participants = self.conference.participants.iter().zip(&self.outages).enumerate();
        participants.flat_map(|(participant, (samples, outages))| {
            let with_outages = samples.connections.iter().zip(outages);
            with_outages.map(move |(connection, outages)| (participant, connection, outages.as_slice()))
        })
    }

    /// Whether the participant's media took a peer-to-peer connection at this time; the connection to the bridge is then
    /// idle.
    pub(super) fn sends_peer_to_peer(&self, participant: usize, at_ms: f64) -> bool {
        let peer_to_peer = self
            .connections_of(participant)
            .iter()
            .filter(|connection| connection.p2p && connection.carried_media());
        let mut spans = peer_to_peer.filter_map(PeerConnectionSamples::span);
        spans.any(|span| span.contains(at_ms))
    }

    /// Whether the participant received media on any connection less than 15 s before or after this time.
    pub(super) fn receives_media_near(&self, participant: usize, at_ms: f64) -> bool {
        const NEAR_MS: f64 = 15_000.0;
        self.connections_of(participant).iter().any(|connection| {
            let polls = connection.polls.iter().zip(connection.received_packets());
            polls
                .into_iter()
                .any(|(poll, packets)| packets > 0.0 && (poll.span.to_ms - at_ms).abs() < NEAR_MS)
        })
    }

    /// The end of the first poll after this time in which the participant received media on any connection; else the end
    /// of the participant's last presence.
    pub(super) fn next_media_after(&self, participant: usize, at_ms: f64) -> f64 {
        let Some(samples) = self.conference.participants.get(participant) else { return at_ms };
        let first = samples.connections.iter().filter_map(|connection| {
            let polls = connection.polls.iter().zip(connection.received_packets());
            let mut later = polls.filter(|(poll, packets)| poll.span.from_ms >= at_ms && *packets > 0.0);
            later.next().map(|(poll, _)| poll.span.to_ms)
        });
        first.reduce(f64::min).unwrap_or(samples.until_ms).max(at_ms)
    }

    /// Whether an outage of the participant covers a poll. The poll may start just after the outage: receivers count the
    /// packets that they missed when the next ones arrive.
    pub(super) fn in_outage(&self, participant: usize, poll: &Poll) -> bool {
        let outages = self.outages.get(participant).map(Vec::as_slice).unwrap_or_default();
        outages.iter().flatten().any(|outage| outage.covers(poll))
    }

    /// The participant's name in titles.
    pub(super) fn label(&self, participant: usize) -> &'a str {
        self.labels.get(participant).map_or("unknown participant", String::as_str)
    }

    fn connections_of(&self, participant: usize) -> &'a [PeerConnectionSamples] {
        let samples = self.conference.participants.get(participant);
        samples.map(|samples| samples.connections.as_slice()).unwrap_or_default()
    }
}
