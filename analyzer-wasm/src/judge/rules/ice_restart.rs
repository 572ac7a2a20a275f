//! `ice-restart`: ICE was restarted on a connection.

use super::super::context::RuleContext;
use super::super::finding_builder::{FindingBuilder, Side, evidence};
use super::super::window::DegradedSpan;
use crate::catalog::{FindingInfo, Quantity};
use crate::model::EventKind;
use crate::report::FindingSeverity;

pub(in super::super) const CODE: &str = "ice-restart";
/// Entries within this time are of one restart.
const ONE_RESTART_MS: f64 = 10_000.0;

pub(in super::super) const INFO: FindingInfo = FindingInfo {
    code: CODE,
    label: "ICE restart",
    explanation: "ICE was restarted on a connection.",
    quantity: None,
    shown_by: Quantity::BitrateReceived,
    thresholds: None,
    criteria: "Info; during an outage it is an effect of that finding.",
    explains: &[],
    affects_receivers: false,
};

pub(in super::super) fn judge(context: &RuleContext<'_>) -> Vec<FindingBuilder> {
    const RESTARTS: [EventKind; 3] =
        [EventKind::IceRestartRequested, EventKind::IceRestartApplied, EventKind::BridgeSessionRestarted];
    let mut findings: Vec<FindingBuilder> = Vec::new();
    for (participant, connection, _) in context.connections() {
        for state in connection.state_changes.iter().filter(|state| RESTARTS.contains(&state.kind)) {
            let known = findings.iter_mut().rfind(|finding| finding.participant == participant);
            if let Some(finding) = known.filter(|finding| state.at_ms - finding.to_ms < ONE_RESTART_MS) {
                finding.to_ms = state.at_ms;
                continue;
            }
            let span =
                DegradedSpan { from_ms: state.at_ms, to_ms: state.at_ms, ratio: 1.0, lines: Vec::new() };
            let mut finding = FindingBuilder::new(&INFO, participant, connection, &span);
            finding.evidence = evidence(connection, &[state.line], Some("iceRestart"));
            finding.severity = FindingSeverity::Info;
            finding.side = Side::Path;
            finding.title = format!("{}: ICE restart", context.label(participant));
            finding.advice =
                "A single restart is a change of the network; many are a network that is not stable.";
            findings.push(finding);
        }
    }
    findings
}
