//! `ice-disconnect`: ICE of a connection was disconnected and recovered without having failed.

use super::super::context::RuleContext;
use super::super::finding_builder::{FindingBuilder, Side, evidence};
use super::super::outage::Outage;
use super::super::samples::PeerConnectionSamples;
use super::{bandwidth_limited, downlink_loss, high_rtt, ice_restart, uplink_loss, video_freeze};
use crate::catalog::{FindingInfo, Quantity, Unit};
use crate::report::FindingSeverity;
use crate::wording::duration;

pub(in super::super) const CODE: &str = "ice-disconnect";
const CRITICAL_MS: f64 = 10_000.0;

pub(in super::super) const INFO: FindingInfo = FindingInfo {
    code: CODE,
    label: "ICE disconnect",
    explanation: "A connection lost its network path and recovered.",
    quantity: None,
    shown_by: Quantity::BitrateReceived,
    thresholds: None,
    criteria: "From the first missing packet to recovery, by received packets, ICE and connection states. Warning; \
               critical from 10 s. A connection that ends because the participant leaves does not count.",
    explains: &[
        ice_restart::CODE,
        downlink_loss::CODE,
        uplink_loss::CODE,
        video_freeze::CODE,
        bandwidth_limited::CODE,
        high_rtt::CODE,
    ],
    affects_receivers: true,
};

pub(in super::super) fn judge(context: &RuleContext<'_>) -> Vec<FindingBuilder> {
    let mut findings = Vec::new();
    for (participant, connection, outages) in context.connections() {
        for outage in outages.iter().filter(|outage| !outage.failed && outage.recovered) {
            let mut finding = of_outage(&INFO, participant, connection, outage);
            let length_ms = finding.span.duration_ms();
            if length_ms >= CRITICAL_MS {
                finding.severity = FindingSeverity::Critical;
            }
            finding.title =
                format!("{}: connection interrupted for {}", context.label(participant), duration(length_ms));
            finding.advice = "The network changed or was unavailable for a while: look for Wi-Fi roaming, a VPN that was \
                              started, or an interrupted line.";
            findings.push(finding);
        }
    }
    findings
}

/// A finding about an outage, for this rule and `ice-failure`: span, value in seconds, evidence, side and lost packets as
/// effect; severity, title and advice are the caller's.
pub(super) fn of_outage(
    info: &'static FindingInfo,
    participant: usize,
    connection: &PeerConnectionSamples,
    outage: &Outage,
) -> FindingBuilder {
    let mut finding = FindingBuilder::new(info, participant, outage.span);
    finding.evidence = evidence(connection, &outage.lines, Some("iceConnectionState"));
    finding.value = Some(finding.span.duration_ms() / 1_000.0);
    finding.unit = Unit::Seconds.symbol();
    finding.set_side(Side::Path);
    if connection.p2p {
        finding.other_participants = connection.inbound.iter().filter_map(|stream| stream.sender).collect();
        finding.other_participants.sort_unstable();
        finding.other_participants.dedup();
    }
    let has_loss = connection.inbound.iter().any(|stream| {
        let polls = connection.polls.iter().zip(&stream.lost_packets);
        polls.filter(|(poll, _)| outage.covers(poll)).any(|(_, lost)| *lost > 0.0)
    });
    if has_loss {
        finding.add_effect(downlink_loss::CODE, participant);
    }
    finding
}
