//! `high-rtt`: packets take so long that people talk into each other.
//!
//! Measured by STUN on the pair in use (`candidate-pair.currentRoundTripTime`; Firefox: RTCP), on the connection that
//! carries media. Warning from 300 ms, critical from 600 ms by the mean of the stretch (windows of 10 s). ITU-T G.114
//! calls 150 ms one way fine and 400 ms unacceptable.

use super::super::RuleContext;
use super::super::finding_builder::{FindingBuilder, Side};
use super::super::window::{Limit, Sample, stretches};
use crate::report::FindingSeverity;
use crate::wording::duration;

const CODE: &str = "high-rtt";
const WARNING_MS: f64 = 300.0;
const CRITICAL_MS: f64 = 600.0;
pub(super) const LIMITS_MS: (f64, f64) = (WARNING_MS, CRITICAL_MS);

pub(super) fn judge(context: &RuleContext<'_>) -> Vec<FindingBuilder> {
    let mut findings = Vec::new();
    for (participant, connection, outages) in
        context.connections().filter(|(_, connection, _)| connection.carried_media())
    {
        let beside = |at_ms: f64| !connection.p2p && context.sends_peer_to_peer(participant, at_ms);
        let samples: Vec<Sample> = connection
            .polls
            .iter()
            .zip(&connection.rtt_ms)
            .filter(|(poll, rtt_ms)| !rtt_ms.is_nan() && !beside(poll.to_ms))
            .filter(|(poll, _)| !outages.iter().any(|outage| outage.covers(poll)))
            .map(|(poll, rtt_ms)| {
                let of = (poll.to_ms - poll.from_ms).max(1.0);
                Sample { poll: *poll, amount: rtt_ms * of, of }
            })
            .collect();
        for stretch in
            stretches(&samples, Limit { warning: WARNING_MS, least: 0.0, poll_ms: connection.poll_ms })
        {
            let mut finding = FindingBuilder::on(
                CODE,
                participant,
                connection,
                &stretch,
                "candidate-pair currentRoundTripTime",
            );
            finding.severity = if stretch.ratio >= CRITICAL_MS {
                FindingSeverity::Critical
            } else {
                FindingSeverity::Warning
            };
            finding.value = Some(stretch.ratio);
            finding.unit = "ms";
            finding.threshold = Some(WARNING_MS);
            finding.side = Side::Path;
            finding.evidence_counts = (1, 0);
            let long = duration(stretch.to_ms - stretch.from_ms);
            finding.title =
                format!("{}'s round trip was {:.0} ms for {long}", context.label(participant), stretch.ratio);
            finding.advice = "Look for a distant bridge or relay, a VPN, or a queue that something else fills (an upload \
                            on the same line).";
            findings.push(finding);
        }
    }
    findings
}
