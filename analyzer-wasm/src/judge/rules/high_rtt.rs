//! `high-rtt`: the round-trip time of the connection that carries media is too long for a conversation.
//!
//! The thresholds are round trips of one hop of the path; ITU-T G.114 calls 150 ms one way fine and 400 ms unacceptable.

use super::super::context::RuleContext;
use super::super::finding_builder::{FindingBuilder, Side};
use super::super::window::{Limit, Sample, degraded_spans};
use super::{bandwidth_limited, video_freeze};
use crate::catalog::{FindingInfo, Quantity, Thresholds, Unit};
use crate::wording::duration;

pub(in super::super) const CODE: &str = "high-rtt";
const WARNING_MS: f64 = 300.0;

pub(in super::super) const INFO: FindingInfo = FindingInfo {
    code: CODE,
    label: "high round-trip time",
    explanation: "The round-trip time of the connection that carries media is too long for a conversation.",
    quantity: Some(Quantity::RoundTripTime),
    shown_by: Quantity::RoundTripTime,
    thresholds: Some(Thresholds { warning: WARNING_MS, critical: 600.0, unit: Unit::Milliseconds }),
    criteria: "Mean of the span, found with windows of 10 s. The STUN measurement of the selected pair is used; where \
               it is missing (Firefox), that of RTCP.",
    explains: &[bandwidth_limited::CODE, video_freeze::CODE],
    affects_receivers: false,
};

pub(in super::super) fn judge(context: &RuleContext<'_>) -> Vec<FindingBuilder> {
    let mut findings = Vec::new();
    for (participant, connection, outages) in
        context.connections().filter(|(_, connection, _)| connection.carried_media())
    {
        let is_idle = |at_ms: f64| !connection.p2p && context.sends_peer_to_peer(participant, at_ms);
        let samples: Vec<Sample> = connection
            .polls
            .iter()
            .zip(&connection.rtt_ms)
            .filter(|(poll, rtt_ms)| !rtt_ms.is_nan() && !is_idle(poll.span.to_ms))
            .filter(|(poll, _)| !outages.iter().any(|outage| outage.covers(poll)))
            .map(|(poll, rtt_ms)| {
                let total = poll.span.duration_ms().max(1.0);
                Sample { poll: *poll, amount: rtt_ms * total, total }
            })
            .collect();
        let limit = Limit { warning: WARNING_MS, least_total: 0.0, poll_ms: connection.poll_ms };
        for span in degraded_spans(&samples, limit) {
            let mut finding = FindingBuilder::of_degraded_span(&INFO, participant, connection, &span);
            finding.set_value(span.ratio);
            finding.set_side(Side::Path);
            finding.title = format!(
                "{}: round-trip time {:.0} ms for {}",
                context.label(participant),
                span.ratio,
                duration(finding.span.duration_ms())
            );
            finding.advice =
                "Look for a distant bridge or relay, a VPN, or a full queue (an upload on the same line).";
            findings.push(finding);
        }
    }
    findings
}
