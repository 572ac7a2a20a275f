//! The summary of a call's findings in sentences: the worst ones by title, the others by count.

use crate::report::{Finding, FindingSeverity};

/// How many findings are named.
const NAMED: usize = 3;

/// The sentences; `findings` are ordered worst first.
pub(crate) fn summary(findings: &[Finding]) -> Vec<String> {
    let serious: Vec<&Finding> =
        findings.iter().filter(|finding| finding.severity != FindingSeverity::Info).collect();
    if serious.is_empty() {
        return vec!["No warnings and no critical findings.".to_owned()];
    }
    let mut lines: Vec<String> =
        serious.iter().take(NAMED).map(|finding| format!("{}.", finding.title)).collect();
    let more = serious.len().saturating_sub(NAMED);
    if more > 0 {
        lines.push(format!("{more} more {}.", if more == 1 { "finding" } else { "findings" }));
    }
    lines
}
