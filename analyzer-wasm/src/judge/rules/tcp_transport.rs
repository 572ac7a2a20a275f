//! `tcp-transport`: media was sent over TCP or TLS, where a lost packet delays all that follow.

use super::super::context::RuleContext;
use super::super::finding_builder::{FindingBuilder, Side};
use super::relay_transport::of_selected_pairs;
use crate::catalog::{FindingInfo, Quantity};

pub(in super::super) const CODE: &str = "tcp-transport";

pub(in super::super) const INFO: FindingInfo = FindingInfo {
    code: CODE,
    label: "media over TCP",
    explanation: "Media was sent over TCP or TLS, where a lost packet delays all that follow.",
    quantity: None,
    shown_by: Quantity::RoundTripTime,
    thresholds: None,
    criteria: "Info.",
    explains: &[],
    affects_receivers: false,
};

pub(in super::super) fn judge(context: &RuleContext<'_>) -> Vec<FindingBuilder> {
    let is_tcp = |protocol: &str| matches!(protocol, "tcp" | "tls" | "ssltcp");
    let mut findings = of_selected_pairs(context, &INFO, |pair| pair.protocol.as_deref().is_some_and(is_tcp));
    for finding in &mut findings {
        finding.set_side(Side::Path);
        finding.title = format!("{}: media sent over TCP", context.label(finding.participant));
        finding.advice = "UDP was blocked: allow it to the bridge or the TURN server. Over TCP, loss becomes delay and freezes.";
    }
    findings
}
