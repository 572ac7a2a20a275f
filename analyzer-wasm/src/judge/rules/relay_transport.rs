//! `relay-transport`: media went through a TURN relay. Worth knowing: it adds delay and a machine that can fail.

use super::super::RuleContext;
use super::super::finding_builder::{FindingBuilder, Side};
use super::super::samples::{PeerConnectionSamples, SelectedPair};
use super::super::window::Stretch;
use crate::report::FindingSeverity;

pub(super) fn judge(context: &RuleContext<'_>) -> Vec<FindingBuilder> {
    judge_pairs(
        context,
        "relay-transport",
        |pair| pair.relay,
        |label| {
            (
                format!("{label}'s media went through a relay"),
                "Direct UDP was blocked or failed: allow UDP to the bridge's port (10000 by default) in their firewall.",
            )
        },
    )
}

/// A finding for each path with pairs of that kind, over the time of the first stretch of them to the last.
pub(super) fn judge_pairs(
    context: &RuleContext<'_>,
    code: &'static str,
    wanted: impl Fn(&SelectedPair) -> bool,
    words: impl Fn(&str) -> (String, &'static str),
) -> Vec<FindingBuilder> {
    let mut findings: Vec<FindingBuilder> = Vec::new();
    for (participant, connection, _) in
        context.connections().filter(|(_, connection, _)| connection.carried_media())
    {
        let Some(stretch) = chosen(connection, &wanted) else { continue };
        let mut finding = FindingBuilder::on(code, participant, connection, &stretch, "candidate-pair");
        finding.severity = FindingSeverity::Info;
        finding.side = Side::Relay;
        finding.evidence_counts = (1, 0);
        (finding.title, finding.advice) = words(context.label(participant));
        findings.push(finding);
    }
    findings
}

fn chosen(connection: &PeerConnectionSamples, wanted: impl Fn(&SelectedPair) -> bool) -> Option<Stretch> {
    let end_ms = connection.span()?.1;
    let next = connection.selected_pairs.iter().skip(1).map(|pair| pair.at_ms).chain([end_ms]);
    let mut stays = connection.selected_pairs.iter().zip(next).filter(|(pair, _)| wanted(pair));
    let (first, until) = stays.next()?;
    let to_ms = stays.last().map_or(until, |(_, until)| until);
    Some(Stretch { from_ms: first.at_ms, to_ms, ratio: 1.0, lines: vec![first.line] })
}
