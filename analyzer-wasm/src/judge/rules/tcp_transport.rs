//! `tcp-transport`: media went over TCP or TLS, where one lost packet holds up all that follow. Worth knowing.

use super::super::RuleContext;
use super::super::finding_builder::{FindingBuilder, Side};
use super::relay_transport::judge_pairs;

pub(super) fn judge(context: &RuleContext<'_>) -> Vec<FindingBuilder> {
    let is_tcp = |protocol: &str| matches!(protocol, "tcp" | "tls" | "ssltcp");
    let mut findings = judge_pairs(
        context,
        "tcp-transport",
        |pair| pair.protocol.as_deref().is_some_and(is_tcp),
        |label| {
            (
                format!("{label}'s media went over TCP"),
                "UDP was blocked: allow it to the bridge or the TURN server; over TCP, loss becomes delay and freezes.",
            )
        },
    );
    for finding in &mut findings {
        finding.side = Side::Path;
    }
    findings
}
