//! `downlink-loss`: packets to a participant are lost after they left the bridge.
//!
//! All received streams are pooled. Loss that a sender's lossy uplink or outage explains is left out.

use super::super::context::RuleContext;
use super::super::finding_builder::{FindingBuilder, Side};
use super::super::samples::PeerConnectionSamples;
use super::super::window::DegradedSpan;
use super::super::words::names;
use super::loss::{THRESHOLDS, explains_poll, is_affected, loss_ratio, lossy_spans, samples, uplink_spans};
use super::{bandwidth_limited, video_freeze};
use crate::catalog::{FindingInfo, Quantity};
use crate::wording::{duration, percent};

pub(in super::super) const CODE: &str = "downlink-loss";

pub(in super::super) const INFO: FindingInfo = FindingInfo {
    code: CODE,
    label: "downlink packet loss",
    explanation: "Packets to the participant are lost after they left the bridge.",
    quantity: Some(Quantity::DownlinkLoss),
    shown_by: Quantity::DownlinkLoss,
    thresholds: Some(THRESHOLDS),
    criteria: "Mean of the span over all received streams, found with windows of 10 s and at least 50 packets, without \
               loss that a sender's uplink or outage explains. On a peer-to-peer connection the dumps do not show \
               whose network loses packets: the side is `path`.",
    explains: &[video_freeze::CODE, bandwidth_limited::CODE],
    affects_receivers: false,
};

pub(in super::super) fn judge(context: &RuleContext<'_>) -> Vec<FindingBuilder> {
    let uplinks: Vec<Vec<DegradedSpan>> = (0..context.conference.participants.len())
        .map(|participant| uplink_spans(context, participant))
        .collect();
    let mut findings = Vec::new();
    for (participant, connection, outages) in context.connections() {
        let own = samples(connection, &connection.inbound, true, outages, |stream, poll| {
            let Some(sender) = stream.sender.filter(|_| !connection.p2p) else { return true };
            let spans = uplinks.get(sender).map(Vec::as_slice).unwrap_or_default();
            !spans.iter().any(|span| explains_poll(span, poll)) && !context.in_outage(sender, poll)
        });
        for span in lossy_spans(&own, connection) {
            findings.push(finding(context, participant, connection, &span));
        }
    }
    findings
}

fn finding(
    context: &RuleContext<'_>,
    participant: usize,
    connection: &PeerConnectionSamples,
    span: &DegradedSpan,
) -> FindingBuilder {
    let mut senders: Vec<Option<usize>> = connection.inbound.iter().map(|stream| stream.sender).collect();
    senders.sort_unstable();
    senders.dedup();
    let ratios: Vec<(Option<usize>, f64)> = senders
        .into_iter()
        .filter_map(|sender| Some((sender, loss_ratio(connection, sender, span)?)))
        .collect();
    let (affected, unaffected): (Vec<_>, Vec<_>) =
        ratios.into_iter().partition(|(_, ratio)| is_affected(*ratio));
    let senders: Vec<usize> = affected.iter().filter_map(|(sender, _)| *sender).collect();
    let count = |senders: &[(Option<usize>, f64)]| u32::try_from(senders.len()).unwrap_or(u32::MAX);

    let mut finding = FindingBuilder::of_degraded_span(&INFO, participant, connection, span);
    finding.set_value(span.ratio);
    finding.evidence_for = count(&affected);
    finding.evidence_against = count(&unaffected);
    finding.side = match (connection.p2p, affected.len(), unaffected.len()) {
        (true, ..) => Side::Path,
        // Most senders' streams lose packets alike: the cause is what they share, the receiver's downlink.
        (false, affected, unaffected) if affected > unaffected => Side::Downlink,
        _ => Side::Unknown,
    };
    let (label, ratio) = (context.label(participant), percent(span.ratio));
    let length = duration(finding.span.duration_ms());
    if connection.p2p {
        let labels: Vec<&str> = senders.iter().map(|sender| context.label(*sender)).collect();
        finding.title =
            format!("{label}: peer-to-peer packet loss {ratio} from {} for {length}", names(&labels));
        finding.advice = "With two participants the dumps do not show whose network loses packets: let each of them \
                          test with another participant.";
        finding.other_participants = senders;
    } else {
        finding.title = format!("{label}: downlink packet loss {ratio} for {length}");
        finding.advice = "The participant's own network or provider loses received packets: use a wired connection or \
                          another Wi-Fi channel, or reduce downstream traffic.";
    }
    finding
}
