//! `ice-restart`: ICE was restarted on a connection.

use super::super::context::RuleContext;
use super::super::finding_builder::{FindingBuilder, Side, evidence};
use crate::catalog::{FindingInfo, Quantity};
use crate::model::EventKind;
use crate::report::FindingSeverity;
use crate::time_span::TimeSpan;

pub(in super::super) const CODE: &str = "ice-restart";
/// Events that follow each other within this time are one restart: it is requested, then applied.
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
            let previous = findings.iter_mut().rfind(|finding| finding.participant == participant);
            if let Some(finding) =
                previous.filter(|finding| state.at_ms - finding.span.to_ms < ONE_RESTART_MS)
            {
                finding.span.to_ms = state.at_ms;
                continue;
            }
            let span = TimeSpan::new(state.at_ms, state.at_ms);
            let mut finding = FindingBuilder::new(&INFO, participant, span);
            finding.evidence = evidence(connection, &[state.line], Some("iceRestart"));
            finding.severity = FindingSeverity::Info;
            finding.side = Side::Path;
            finding.title = format!("{}: ICE restart", context.label(participant));
            finding.advice = "A single restart follows a change of the network; repeated restarts mean that the network is unstable.";
            findings.push(finding);
        }
    }
    findings
}
