//! Says what was wrong: rules over a frame of samples, their effects put where they belong, worst first.

mod effects;
mod finding_builder;
mod outage;
mod rules;
mod samples;
mod summary;
mod window;
mod words;

pub(crate) use samples::{
    ConferenceSamples, ParticipantSamples, PeerConnectionSamples, Poll, RtpStreamSamples, SelectedPair,
    StateChange,
};
pub(crate) use summary::summary;

use std::collections::BTreeMap;

use crate::report::{Finding, Threshold};
use finding_builder::FindingBuilder;
use outage::{Outage, outages};

/// A frame with what every rule needs of it.
#[derive(Debug)]
struct RuleContext<'a> {
    conference: &'a ConferenceSamples,
    /// By person and path.
    outages: Vec<Vec<Vec<Outage>>>,
}

impl<'a> RuleContext<'a> {
    fn new(conference: &'a ConferenceSamples) -> Self {
        let of_member = |member: &ParticipantSamples| member.connections.iter().map(outages).collect();
        Self { conference, outages: conference.participants.iter().map(of_member).collect() }
    }

    /// Every path of everybody, with its outages.
    fn connections(&self) -> impl Iterator<Item = (usize, &'a PeerConnectionSamples, &[Outage])> {
        self.conference.participants.iter().zip(&self.outages).enumerate().flat_map(
            |(participant, (member, outages))| {
                let with_outages = member.connections.iter().zip(outages);
                with_outages.map(move |(connection, outages)| (participant, connection, outages.as_slice()))
            },
        )
    }

    /// Whether somebody's media went straight to the other person at that time, beside an idle bridge.
    fn sends_peer_to_peer(&self, participant: usize, at_ms: f64) -> bool {
        let connections = self
            .conference
            .participants
            .get(participant)
            .map(|member| member.connections.as_slice())
            .unwrap_or_default();
        let mut direct = connections
            .iter()
            .filter(|connection| connection.p2p && connection.carried_media())
            .filter_map(PeerConnectionSamples::span);
        direct.any(|(from_ms, to_ms)| from_ms <= at_ms && at_ms <= to_ms)
    }

    /// Whether any path of somebody carried media around that time.
    fn receives_media_near(&self, participant: usize, at_ms: f64) -> bool {
        const AROUND_MS: f64 = 15_000.0;
        let connections = self
            .conference
            .participants
            .get(participant)
            .map(|member| member.connections.as_slice())
            .unwrap_or_default();
        connections.iter().any(|connection| {
            let around = connection.polls.iter().zip(connection.received_packets());
            around.into_iter().any(|(poll, packets)| packets > 0.0 && (poll.to_ms - at_ms).abs() < AROUND_MS)
        })
    }

    /// When media next reached somebody after that time, on any path; else when they left.
    fn next_media_after(&self, participant: usize, at_ms: f64) -> f64 {
        let Some(member) = self.conference.participants.get(participant) else { return at_ms };
        let first = member.connections.iter().filter_map(|connection| {
            let arrived = connection.polls.iter().zip(connection.received_packets());
            let mut later = arrived.filter(|(poll, packets)| poll.from_ms >= at_ms && *packets > 0.0);
            later.next().map(|(poll, _)| poll.to_ms)
        });
        first.reduce(f64::min).unwrap_or(member.until_ms).max(at_ms)
    }

    /// Whether a path of somebody was out at the time of a poll, or has just come back: what others miss of them then is
    /// told with the next packets.
    fn in_outage(&self, participant: usize, poll: &Poll) -> bool {
        let outages = self.outages.get(participant).map(Vec::as_slice).unwrap_or_default();
        outages.iter().flatten().any(|outage| outage.covers(poll))
    }

    /// What somebody is called.
    fn label(&self, participant: usize) -> &'a str {
        self.conference.participants.get(participant).map_or("somebody", |member| &member.label)
    }
}

/// The codes that are judged.
pub(crate) fn rules() -> Vec<String> {
    rules::ALL.iter().map(|rule| rule.code.to_owned()).collect()
}

/// From when the rules count that measure what charts show.
pub(crate) fn limits() -> Vec<Threshold> {
    let limits = rules::ALL.iter().filter_map(|rule| Some((rule.code, rule.limits?)));
    limits.map(|(code, (warning, critical))| Threshold { code: code.to_owned(), warning, critical }).collect()
}

/// Everything that was wrong, worst first.
pub(crate) fn judge(conference: &ConferenceSamples) -> Vec<Finding> {
    let context = RuleContext::new(conference);
    let findings: Vec<FindingBuilder> = rules::ALL.iter().flat_map(|rule| (rule.judge)(&context)).collect();
    let findings = effects::put_where_they_belong(findings);
    let mut findings = rules::video_freeze::join_unexplained(&context, findings);
    findings.sort_by(|a, b| {
        let place = |finding: &FindingBuilder| (finding.severity, finding.code, finding.participant);
        let longest_first = (b.to_ms - b.from_ms).total_cmp(&(a.to_ms - a.from_ms));
        a.severity
            .cmp(&b.severity)
            .then(longest_first)
            .then(a.from_ms.total_cmp(&b.from_ms))
            .then(place(a).cmp(&place(b)))
    });
    let mut numbers: BTreeMap<(&str, usize), usize> = BTreeMap::new();
    let numbered = findings.into_iter().map(|finding| {
        let number = numbers.entry((finding.code, finding.participant)).or_default();
        *number += 1;
        finding.finish(*number, conference)
    });
    numbered.collect()
}
