//! `relay-transport`: media was sent through a TURN relay, which adds delay and a machine that can fail.

use super::super::context::RuleContext;
use super::super::finding_builder::{FindingBuilder, Side, evidence};
use super::super::samples::{PeerConnectionSamples, SelectedPair};
use crate::catalog::{FindingInfo, Quantity};
use crate::report::FindingSeverity;
use crate::time_span::TimeSpan;

pub(in super::super) const CODE: &str = "relay-transport";

pub(in super::super) const INFO: FindingInfo = FindingInfo {
    code: CODE,
    label: "media relayed by TURN",
    explanation: "Media was sent through a TURN relay, which adds delay and a machine that can fail.",
    quantity: None,
    shown_by: Quantity::RoundTripTime,
    thresholds: None,
    criteria: "Info.",
    explains: &[],
    affects_receivers: false,
};

pub(in super::super) fn judge(context: &RuleContext<'_>) -> Vec<FindingBuilder> {
    let mut findings = of_selected_pairs(context, &INFO, |pair| pair.relay);
    for finding in &mut findings {
        finding.set_side(Side::Relay);
        finding.title = format!("{}: media sent through a TURN relay", context.label(finding.participant));
        finding.advice = "Direct UDP was blocked or failed: allow UDP to the bridge's port (10000 by default) in the \
                          participant's firewall.";
    }
    findings
}

/// A finding for each connection that selected such pairs, from the first such selection to the end of the last.
pub(super) fn of_selected_pairs(
    context: &RuleContext<'_>,
    info: &'static FindingInfo,
    matches: impl Fn(&SelectedPair) -> bool,
) -> Vec<FindingBuilder> {
    let mut findings: Vec<FindingBuilder> = Vec::new();
    for (participant, connection, _) in
        context.connections().filter(|(_, connection, _)| connection.carried_media())
    {
        let Some((span, line)) = selected_span(connection, &matches) else { continue };
        let mut finding = FindingBuilder::new(info, participant, span);
        finding.evidence = evidence(connection, &[line], Some("candidate-pair"));
        finding.severity = FindingSeverity::Info;
        findings.push(finding);
    }
    findings
}

/// From the first selection of such a pair to the end of the last, and the line of the first.
fn selected_span(
    connection: &PeerConnectionSamples,
    matches: impl Fn(&SelectedPair) -> bool,
) -> Option<(TimeSpan, u64)> {
    let end_ms = connection.span()?.to_ms;
    let ends = connection.selected_pairs.iter().skip(1).map(|pair| pair.at_ms).chain([end_ms]);
    let mut selections = connection.selected_pairs.iter().zip(ends).filter(|(pair, _)| matches(pair));
    let (first, first_end_ms) = selections.next()?;
    let to_ms = selections.last().map_or(first_end_ms, |(_, end_ms)| end_ms);
    Some((TimeSpan::new(first.at_ms, to_ms), first.line))
}
