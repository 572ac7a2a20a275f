//! `ice-failure`: ICE gave a path up. Critical: without a new connection there is no media.
//!
//! From the first missing packet to the new connection, or to the end of the stay. Attempts that fail while another
//! path of the same person carries media (a direct one beside the bridge's) harm nobody; attempts that fail while
//! nothing works are the same failure.

use super::super::RuleContext;
use super::super::finding_builder::FindingBuilder;
use super::ice_disconnect;
use crate::report::FindingSeverity;

const CODE: &str = "ice-failure";
/// Further attempts come within this.
const ONE_FAILURE_MS: f64 = 30_000.0;

pub(super) fn judge(context: &RuleContext<'_>) -> Vec<FindingBuilder> {
    let mut findings: Vec<FindingBuilder> = Vec::new();
    for (participant, connection, outages) in context.connections() {
        for outage in outages.iter().filter(|outage| outage.failed) {
            if !connection.carried_media() && context.receives_media_near(participant, outage.from_ms) {
                continue;
            }
            let mut finding = ice_disconnect::finding(CODE, participant, connection, outage);
            if !outage.recovered {
                finding.to_ms = context.next_media_after(participant, outage.to_ms);
            }
            match findings
                .iter_mut()
                .find(|known| known.participant == participant && known.overlaps(&finding, ONE_FAILURE_MS))
            {
                Some(known) => {
                    known.to_ms = known.to_ms.max(finding.to_ms);
                    known.evidence.extend(finding.evidence);
                }
                None => findings.push(finding),
            }
        }
    }
    for finding in &mut findings {
        finding.severity = FindingSeverity::Critical;
        finding.value = Some((finding.to_ms - finding.from_ms) / 1_000.0);
        finding.title = format!("{}'s connection failed", context.label(finding.participant));
        finding.advice = "No path was left: check that UDP to the bridge and a TURN server over TCP 443 are both allowed, and \
                        whether the network changed at that time.";
    }
    findings
}
