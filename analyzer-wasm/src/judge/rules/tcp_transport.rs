//! `tcp-transport`: media went over TCP or TLS, where one lost packet holds up all that follow. Worth knowing.

use super::super::Case;
use super::super::draft::{Draft, Side};
use super::relay_transport::judge_pairs;

pub(super) fn judge(case: &Case<'_>) -> Vec<Draft> {
    let is_tcp = |protocol: &str| matches!(protocol, "tcp" | "tls" | "ssltcp");
    let mut drafts = judge_pairs(
        case,
        "tcp-transport",
        |pair| pair.protocol.as_deref().is_some_and(is_tcp),
        |label| {
            (
                format!("{label}'s media went over TCP"),
                "UDP was blocked: allow it to the bridge or the TURN server; over TCP, loss becomes delay and freezes.",
            )
        },
    );
    for draft in &mut drafts {
        draft.side = Side::Path;
    }
    drafts
}
