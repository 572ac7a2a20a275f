//! `ice-restart`: a path was negotiated anew. Worth knowing; where it belongs to an outage, it is that one's effect.

use super::super::RuleContext;
use super::super::finding_builder::{FindingBuilder, Side};
use super::super::window::Stretch;
use crate::model::EventKind;
use crate::report::FindingSeverity;

/// Entries of one restart come within this.
const ONE_RESTART_MS: f64 = 10_000.0;

pub(super) fn judge(context: &RuleContext<'_>) -> Vec<FindingBuilder> {
    let mut findings: Vec<FindingBuilder> = Vec::new();
    for (participant, connection, _) in context.connections() {
        for state in connection.state_changes.iter().filter(|state| {
            let restarts = [
                EventKind::IceRestartRequested,
                EventKind::IceRestartApplied,
                EventKind::BridgeSessionRestarted,
            ];
            restarts.contains(&state.kind)
        }) {
            let known = findings.iter_mut().rfind(|finding| finding.participant == participant);
            if let Some(finding) = known.filter(|finding| state.at_ms - finding.to_ms < ONE_RESTART_MS) {
                finding.to_ms = state.at_ms;
                continue;
            }
            let stretch =
                Stretch { from_ms: state.at_ms, to_ms: state.at_ms, ratio: 1.0, lines: vec![state.line] };
            let mut finding =
                FindingBuilder::on("ice-restart", participant, connection, &stretch, "iceRestart");
            finding.severity = FindingSeverity::Info;
            finding.side = Side::Path;
            finding.title = format!("{}'s connection was negotiated anew", context.label(participant));
            finding.advice = "Once is a network that changed; often is a network that does not hold.";
            findings.push(finding);
        }
    }
    findings
}
