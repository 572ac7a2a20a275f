//! `cpu-limited`: a machine was too slow for the video that it should have sent.
//!
//! Measured by `outbound-rtp.qualityLimitationDurations.cpu` (before that existed: by `qualityLimitationReason`).
//! Warning from 10 s, critical from 60 s; the first 30 s of a connection do not count.

use super::super::RuleContext;
use super::super::finding_builder::{FindingBuilder, Side};
use super::limitation;
use crate::wording::duration;

pub(super) fn judge(context: &RuleContext<'_>) -> Vec<FindingBuilder> {
    let series = "outbound-rtp qualityLimitationDurations.cpu";
    let mut findings = limitation::judge(context, "cpu-limited", series, |stream| &stream.cpu_limited_ms);
    for finding in &mut findings {
        finding.side = Side::Device;
        finding.evidence_counts = (1, 0);
        let long = duration(finding.to_ms - finding.from_ms);
        finding.title =
            format!("{}'s machine was too slow for its video for {long}", context.label(finding.participant));
        finding.advice =
            "Close other programs, switch off background effects, plug in the charger, or send less video.";
    }
    findings
}
