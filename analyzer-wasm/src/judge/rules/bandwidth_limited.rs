//! `bandwidth-limited`: the way out was too narrow for the video that somebody should have sent.
//!
//! Measured by `outbound-rtp.qualityLimitationDurations.bandwidth` (before that existed: by `qualityLimitationReason`).
//! Warning from 10 s, critical from 60 s; the first 30 s of a connection do not count. Where loss, delay or an outage
//! at that time explains it, it is that finding's effect.

use super::super::RuleContext;
use super::super::finding_builder::{FindingBuilder, Side};
use super::limitation;
use crate::wording::duration;

pub(super) fn judge(context: &RuleContext<'_>) -> Vec<FindingBuilder> {
    let series = "outbound-rtp qualityLimitationDurations.bandwidth";
    let mut findings =
        limitation::judge(context, "bandwidth-limited", series, |stream| &stream.bandwidth_limited_ms);
    for finding in &mut findings {
        finding.side = Side::Uplink;
        finding.evidence_counts = (1, 0);
        let long = duration(finding.to_ms - finding.from_ms);
        finding.title =
            format!("{}'s video was cut down by bandwidth for {long}", context.label(finding.participant));
        finding.advice =
            "Their upstream is too narrow or shared: stop uploads on the same line, or send less video.";
    }
    findings
}
