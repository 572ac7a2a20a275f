//! `uplink-loss`: packets from a participant are lost before they reach the bridge.
//!
//! Losses that receivers see at that time are its effects.

use super::super::context::RuleContext;
use super::super::finding_builder::{FindingBuilder, Side};
use super::loss::{THRESHOLDS, is_affected, loss_ratio, lossy_spans, samples};
use super::{bandwidth_limited, downlink_loss, video_freeze};
use crate::catalog::{FindingInfo, Quantity};
use crate::wording::{duration, percent};

pub(in super::super) const CODE: &str = "uplink-loss";

pub(in super::super) const INFO: FindingInfo = FindingInfo {
    code: CODE,
    label: "uplink packet loss",
    explanation: "Packets from the participant are lost before they reach the bridge, by the bridge's RTCP reports.",
    quantity: Some(Quantity::UplinkLoss),
    shown_by: Quantity::UplinkLoss,
    thresholds: Some(THRESHOLDS),
    criteria: "Mean of the span, found with windows of 10 s and at least 50 packets. A peer-to-peer connection has no \
               uplink of its own: see `downlink-loss`.",
    explains: &[video_freeze::CODE, bandwidth_limited::CODE],
    affects_receivers: true,
};

pub(in super::super) fn judge(context: &RuleContext<'_>) -> Vec<FindingBuilder> {
    let mut findings = Vec::new();
    for (participant, connection, outages) in
        context.connections().filter(|(_, connection, _)| !connection.p2p)
    {
        let samples = samples(connection, &connection.outbound, false, outages, |_, _| true);
        for span in lossy_spans(&samples, connection) {
            let mut finding = FindingBuilder::of_degraded_span(&INFO, participant, connection, &span);
            finding.set_value(span.ratio);
            finding.set_side(Side::Uplink);
            let receivers = context
                .connections()
                .filter(|(other, connection, _)| *other != participant && !connection.p2p);
            for (receiver, ratio) in receivers.filter_map(|(receiver, connection, _)| {
                Some((receiver, loss_ratio(connection, Some(participant), &span)?))
            }) {
                if is_affected(ratio) {
                    finding.evidence_for += 1;
                    finding.other_participants.push(receiver);
                    finding.add_effect(downlink_loss::CODE, receiver);
                } else {
                    finding.evidence_against += 1;
                }
            }
            finding.title = format!(
                "{}: uplink packet loss {} for {}",
                context.label(participant),
                percent(span.ratio),
                duration(finding.span.duration_ms())
            );
            finding.advice = "The participant's own network or provider loses sent packets: use a wired connection or \
                              another Wi-Fi channel, or reduce upstream traffic. Other participants cannot fix it.";
            findings.push(finding);
        }
    }
    findings
}
