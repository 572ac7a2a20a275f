//! The verdict in words: what was worst, and how much else there is.

use crate::report::{Finding, FindingSeverity};

/// How many findings are named.
const NAMED: usize = 3;

/// The verdict.
pub(crate) fn summary(findings: &[Finding]) -> Vec<String> {
    let serious: Vec<&Finding> =
        findings.iter().filter(|finding| finding.severity != FindingSeverity::Info).collect();
    if serious.is_empty() {
        return vec!["Of what is judged, nothing was wrong for long enough to be noticed.".to_owned()];
    }
    let mut lines: Vec<String> =
        serious.iter().take(NAMED).map(|finding| format!("{}.", finding.title)).collect();
    let more = serious.len().saturating_sub(NAMED);
    if more > 0 {
        lines.push(format!("And {more} more {}.", if more == 1 { "finding" } else { "findings" }));
    }
    lines
}
