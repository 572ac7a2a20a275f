//! `ice-failure`: ICE failed on a connection.
//!
//! Attempts that fail while another connection of the participant carries media (a peer-to-peer one, with the bridge's)
//! do no harm and are left out; attempts that fail while none works are one failure.

use super::super::context::RuleContext;
use super::super::finding_builder::FindingBuilder;
use super::{
    bandwidth_limited, downlink_loss, high_rtt, ice_disconnect, ice_restart, uplink_loss, video_freeze,
};
use crate::catalog::{FindingInfo, Quantity};
use crate::report::FindingSeverity;
use crate::wording::duration;

pub(in super::super) const CODE: &str = "ice-failure";
/// Attempts within this time are one failure.
const ONE_FAILURE_MS: f64 = 30_000.0;

pub(in super::super) const INFO: FindingInfo = FindingInfo {
    code: CODE,
    label: "ICE failure",
    explanation: "ICE failed on a connection, and the participant had no media until a new connection was made.",
    quantity: None,
    shown_by: Quantity::BitrateReceived,
    thresholds: None,
    criteria: "Critical. From the first missing packet to the first media of a new connection, or to the end of the \
               presence. Attempts that fail while another connection carries media do not count.",
    explains: &[
        ice_disconnect::CODE,
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
    let mut findings: Vec<FindingBuilder> = Vec::new();
    for (participant, connection, outages) in context.connections() {
        for outage in outages.iter().filter(|outage| outage.failed) {
            if !connection.carried_media() && context.receives_media_near(participant, outage.span.from_ms) {
                continue;
            }
            let mut finding = ice_disconnect::of_outage(&INFO, participant, connection, outage);
            if !outage.recovered {
                finding.span.to_ms = context.next_media_after(participant, outage.span.to_ms);
            }
            match findings.iter_mut().find(|known| {
                known.participant == participant && known.span.extended(ONE_FAILURE_MS).overlaps(finding.span)
            }) {
                Some(known) => {
                    known.span.to_ms = known.span.to_ms.max(finding.span.to_ms);
                    known.evidence.extend(finding.evidence);
                }
                None => findings.push(finding),
            }
        }
    }
    for finding in &mut findings {
        finding.severity = FindingSeverity::Critical;
        finding.value = Some(finding.span.duration_ms() / 1_000.0);
        finding.title = format!(
            "{}: connection failed (ICE), no media for {}",
            context.label(finding.participant),
            duration(finding.span.duration_ms())
        );
        finding.advice = "Check that UDP to the bridge and a TURN server over TCP 443 are both allowed, and whether \
                          the network changed at that time.";
    }
    findings
}
