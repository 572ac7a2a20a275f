//! `video-freeze`: somebody saw pictures stand still.
//!
//! Measured by `inbound-rtp.totalFreezesDuration` of each received video. Warning from 5 % of the time or one freeze of
//! 2 s, critical from 20 % (windows of 10 s). A freeze is booked when the picture moves again, so the stretch begins
//! that much earlier. Where loss, delay or an outage explains it, it is that finding's effect.

use super::super::RuleContext;
use super::super::finding_builder::{FindingBuilder, Side};
use super::super::outage::Outage;
use super::super::samples::{PeerConnectionSamples, RtpStreamSamples};
use super::super::window::{Limit, Sample, Stretch, stretches};
use super::super::words::names;
use crate::report::{FindingSeverity, MediaKind};
use crate::wording::{duration, percent};

const CODE: &str = "video-freeze";
const WARNING: f64 = 0.05;
const CRITICAL: f64 = 0.20;
const ONE_LONG_MS: f64 = 2_000.0;

pub(super) fn judge(context: &RuleContext<'_>) -> Vec<FindingBuilder> {
    let mut findings: Vec<FindingBuilder> = Vec::new();
    for (participant, connection, outages) in context.connections() {
        for stream in connection.inbound.iter().filter(|stream| stream.kind == Some(MediaKind::Video)) {
            for stretch in frozen(connection, stream, outages) {
                let mut finding = FindingBuilder::on(
                    CODE,
                    participant,
                    connection,
                    &stretch,
                    "inbound-rtp totalFreezesDuration",
                );
                finding.severity = if stretch.ratio >= CRITICAL {
                    FindingSeverity::Critical
                } else {
                    FindingSeverity::Warning
                };
                finding.value = Some(stretch.ratio);
                finding.unit = "ratio";
                finding.threshold = Some(WARNING);
                // The packets arrived, else this would be loss's effect: it is the machine that shows the picture.
                finding.side = Side::Device;
                finding.evidence_counts = (1, 1);
                finding.other_participants = stream.sender.into_iter().collect();
                findings.push(finding);
            }
        }
    }
    findings
}

/// Several pictures that stood still for somebody at one time are one finding: whatever no cause explains.
pub(in super::super) fn join_unexplained(
    context: &RuleContext<'_>,
    findings: Vec<FindingBuilder>,
) -> Vec<FindingBuilder> {
    let (freezes, mut rest): (Vec<FindingBuilder>, Vec<FindingBuilder>) =
        findings.into_iter().partition(|finding| finding.code == CODE);
    let mut joined: Vec<FindingBuilder> = Vec::new();
    freezes.into_iter().for_each(|finding| join(&mut joined, finding));
    for finding in &mut joined {
        let labels: Vec<&str> =
            finding.other_participants.iter().map(|sender| context.label(*sender)).collect();
        let share = percent(finding.value.unwrap_or(0.0));
        let long = duration(finding.to_ms - finding.from_ms);
        finding.title = format!(
            "{} saw {} stand still, {share} of {long}",
            context.label(finding.participant),
            names(&labels)
        );
        finding.advice =
            "Without loss or delay to explain it, look at the receiver's CPU and at the sender's frame rate.";
    }
    rest.append(&mut joined);
    rest
}

fn join(findings: &mut Vec<FindingBuilder>, finding: FindingBuilder) {
    match findings
        .iter_mut()
        .find(|known| known.participant == finding.participant && known.overlaps(&finding, 0.0))
    {
        Some(known) => {
            known.from_ms = known.from_ms.min(finding.from_ms);
            known.to_ms = known.to_ms.max(finding.to_ms);
            known.value = known.value.zip(finding.value).map(|(a, b)| a.max(b));
            known.severity = known.severity.min(finding.severity);
            known.other_participants.extend(
                finding
                    .other_participants
                    .iter()
                    .filter(|other| !known.other_participants.contains(other))
                    .copied()
                    .collect::<Vec<_>>(),
            );
            known.evidence.extend(finding.evidence);
        }
        None => findings.push(finding),
    }
}

fn frozen(connection: &PeerConnectionSamples, stream: &RtpStreamSamples, outages: &[Outage]) -> Vec<Stretch> {
    let samples: Vec<Sample> = connection
        .polls
        .iter()
        .zip(&stream.freeze_ms)
        .filter(|(poll, ms)| !ms.is_nan() && !outages.iter().any(|outage| outage.covers(poll)))
        .map(|(poll, ms)| {
            let mut poll = *poll;
            poll.from_ms = poll.from_ms.min(poll.to_ms - ms);
            Sample { poll, amount: *ms, of: (poll.to_ms - poll.from_ms).max(1.0) }
        })
        .collect();
    let limit = Limit { warning: WARNING, least: 0.0, poll_ms: connection.poll_ms };
    let mut found = stretches(&samples, limit);
    for sample in samples.iter().filter(|sample| sample.amount >= ONE_LONG_MS) {
        if !found.iter().any(|stretch| stretch.overlaps(sample.poll.from_ms, sample.poll.to_ms)) {
            let (from_ms, to_ms) = (sample.poll.to_ms - sample.amount, sample.poll.to_ms);
            found.push(Stretch { from_ms, to_ms, ratio: 1.0, lines: vec![sample.poll.line] });
        }
    }
    found
}
