//! The summary of a call: the titles of its worst findings, and the number of the others.

use crate::report::{Finding, FindingSeverity};

/// How many findings are listed by title.
const LISTED: usize = 3;

/// One sentence for each line of the summary. `findings` are ordered worst first; those of severity info are left out.
pub(crate) fn summary(findings: &[Finding]) -> Vec<String> {
    let warnings: Vec<&Finding> =
        findings.iter().filter(|finding| finding.severity != FindingSeverity::Info).collect();
    if warnings.is_empty() {
        return vec!["No warnings and no critical findings.".to_owned()];
    }
    let mut lines: Vec<String> =
        warnings.iter().take(LISTED).map(|finding| format!("{}.", finding.title)).collect();
    let more = warnings.len().saturating_sub(LISTED);
    if more > 0 {
        lines.push(format!("{more} more {}.", if more == 1 { "finding" } else { "findings" }));
    }
    lines
}
