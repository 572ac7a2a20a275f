//! `ice-disconnect`: a path went dead and came back.
//!
//! From the first missing packet to recovery, with the ICE and connection states as evidence. Warning, and critical
//! from 10 s. What is lost in it is its effect. A path that goes down because somebody leaves is none.

use super::super::RuleContext;
use super::super::finding_builder::{FindingBuilder, Side, evidence};
use super::super::outage::Outage;
use super::super::samples::PeerConnectionSamples;
use super::super::window::Stretch;
use crate::report::FindingSeverity;
use crate::wording::duration;

const CODE: &str = "ice-disconnect";
const CRITICAL_MS: f64 = 10_000.0;

pub(super) fn judge(context: &RuleContext<'_>) -> Vec<FindingBuilder> {
    let mut findings = Vec::new();
    for (participant, connection, outages) in context.connections() {
        for outage in outages.iter().filter(|outage| !outage.failed && outage.recovered) {
            let mut finding = finding(CODE, participant, connection, outage);
            let ms = outage.to_ms - outage.from_ms;
            finding.severity =
                if ms >= CRITICAL_MS { FindingSeverity::Critical } else { FindingSeverity::Warning };
            finding.title = format!("{} was cut off for {}", context.label(participant), duration(ms));
            finding.advice = "The network changed or went away for a while: look for Wi-Fi roaming, a VPN that came up, or \
                            an interrupted line.";
            findings.push(finding);
        }
    }
    findings
}

/// What both ICE rules say of an outage.
pub(super) fn finding(
    code: &'static str,
    participant: usize,
    connection: &PeerConnectionSamples,
    outage: &Outage,
) -> FindingBuilder {
    let stretch = Stretch { from_ms: outage.from_ms, to_ms: outage.to_ms, ratio: 1.0, lines: Vec::new() };
    let mut finding = FindingBuilder::on(code, participant, connection, &stretch, "");
    finding.evidence = evidence(connection, &outage.lines, Some("iceConnectionState"));
    finding.value = Some((outage.to_ms - outage.from_ms) / 1_000.0);
    finding.unit = "s";
    finding.side = Side::Path;
    finding.evidence_counts = (1, 0);
    if connection.p2p {
        let other_participants = connection.inbound.iter().filter_map(|stream| stream.sender);
        finding.other_participants = other_participants.collect();
        finding.other_participants.sort_unstable();
        finding.other_participants.dedup();
    }
    let lost = connection.inbound.iter().any(|stream| {
        let booked =
            connection.polls.iter().zip(&stream.lost_packets).filter(|(poll, _)| outage.covers(poll));
        booked.map(|(_, lost)| *lost).any(|lost| lost > 0.0)
    });
    if lost {
        finding.add_effect("downlink-loss", participant);
    }
    finding
}
