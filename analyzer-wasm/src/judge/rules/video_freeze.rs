//! `video-freeze`: received video was frozen.
//!
//! A freeze is reported when the video continues, so that its span begins that much earlier.

use super::super::context::RuleContext;
use super::super::finding_builder::{FindingBuilder, Side};
use super::super::outage::Outage;
use super::super::samples::{PeerConnectionSamples, RtpStreamSamples};
use super::super::window::{DegradedSpan, Limit, Sample, degraded_spans};
use super::super::words::names;
use crate::catalog::{FindingInfo, Quantity, Thresholds, Unit};
use crate::report::MediaKind;
use crate::time_span::TimeSpan;
use crate::wording::{duration, percent};

pub(in super::super) const CODE: &str = "video-freeze";
const WARNING: f64 = 0.05;
/// A single freeze of this length counts.
const LONG_FREEZE_MS: f64 = 2_000.0;

pub(in super::super) const INFO: FindingInfo = FindingInfo {
    code: CODE,
    label: "video freeze",
    explanation: "Video that the participant received was frozen.",
    quantity: Some(Quantity::FreezeTime),
    shown_by: Quantity::FreezeTime,
    thresholds: Some(Thresholds { warning: WARNING, critical: 0.20, unit: Unit::Ratio }),
    criteria: "Share of the span's time, found with windows of 10 s; one freeze of 2 s is a warning.",
    explains: &[],
    affects_receivers: false,
};

pub(in super::super) fn judge(context: &RuleContext<'_>) -> Vec<FindingBuilder> {
    let mut findings: Vec<FindingBuilder> = Vec::new();
    for (participant, connection, outages) in context.connections() {
        for stream in connection.inbound.iter().filter(|stream| stream.kind == Some(MediaKind::Video)) {
            for span in frozen_spans(connection, stream, outages) {
                let mut finding = FindingBuilder::of_degraded_span(&INFO, participant, connection, &span);
                finding.set_value(span.ratio);
                // With packet loss this would be an effect of that; without, the device that shows the video is slow.
                finding.set_side(Side::Device);
                finding.evidence_against = 1;
                finding.other_participants = stream.sender.into_iter().collect();
                findings.push(finding);
            }
        }
    }
    findings
}

/// Joins the freezes that no other finding explains: those of several streams at one time are one finding.
pub(in super::super) fn join_unexplained(
    context: &RuleContext<'_>,
    findings: Vec<FindingBuilder>,
) -> Vec<FindingBuilder> {
    let (freezes, mut rest): (Vec<FindingBuilder>, Vec<FindingBuilder>) =
        findings.into_iter().partition(|finding| finding.info.code == CODE);
    let mut joined: Vec<FindingBuilder> = Vec::new();
    freezes.into_iter().for_each(|finding| join(&mut joined, finding));
    for finding in &mut joined {
        let labels: Vec<&str> =
            finding.other_participants.iter().map(|sender| context.label(*sender)).collect();
        finding.title = format!(
            "{}: video of {} frozen {} of {}",
            context.label(finding.participant),
            names(&labels),
            percent(finding.value.unwrap_or(0.0)),
            duration(finding.span.duration_ms())
        );
        finding.advice =
            "No packet loss or delay explains it: look at the receiver's CPU and at the sender's frame rate.";
    }
    rest.append(&mut joined);
    rest
}

fn join(findings: &mut Vec<FindingBuilder>, finding: FindingBuilder) {
    let known = findings
        .iter_mut()
        .find(|known| known.participant == finding.participant && known.span.overlaps(finding.span));
    let Some(known) = known else {
        findings.push(finding);
        return;
    };
    known.span = known.span.union(finding.span);
    known.value = known.value.zip(finding.value).map(|(a, b)| a.max(b));
    known.severity = known.severity.min(finding.severity);
    for sender in finding.other_participants {
        if !known.other_participants.contains(&sender) {
            known.other_participants.push(sender);
        }
    }
    known.evidence.extend(finding.evidence);
}

fn frozen_spans(
    connection: &PeerConnectionSamples,
    stream: &RtpStreamSamples,
    outages: &[Outage],
) -> Vec<DegradedSpan> {
    let samples: Vec<Sample> = connection
        .polls
        .iter()
        .zip(&stream.freeze_ms)
        .filter(|(poll, ms)| !ms.is_nan() && !outages.iter().any(|outage| outage.covers(poll)))
        .map(|(poll, ms)| {
            let mut poll = *poll;
            poll.span.from_ms = poll.span.from_ms.min(poll.span.to_ms - ms);
            Sample { poll, amount: *ms, total: poll.span.duration_ms().max(1.0) }
        })
        .collect();
    let limit = Limit { warning: WARNING, least_total: 0.0, poll_ms: connection.poll_ms };
    let mut found = degraded_spans(&samples, limit);
    for sample in samples.iter().filter(|sample| sample.amount >= LONG_FREEZE_MS) {
        if !found.iter().any(|known| known.span.overlaps(sample.poll.span)) {
            let to_ms = sample.poll.span.to_ms;
            let span = TimeSpan::new(to_ms - sample.amount, to_ms);
            found.push(DegradedSpan { span, ratio: 1.0, lines: vec![sample.poll.line] });
        }
    }
    found
}
