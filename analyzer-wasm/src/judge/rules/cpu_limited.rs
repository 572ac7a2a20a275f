//! `cpu-limited`: the CPU of a participant's device was too slow for the video that it should have sent.

use super::super::context::RuleContext;
use super::super::finding_builder::{FindingBuilder, Side};
use super::{limitation, video_freeze};
use crate::catalog::{FindingInfo, Quantity};
use crate::wording::duration;

pub(in super::super) const CODE: &str = "cpu-limited";

pub(in super::super) const INFO: FindingInfo = FindingInfo {
    code: CODE,
    label: "video limited by CPU",
    explanation: "The CPU of the participant's device was too slow for the video that it should have sent.",
    quantity: Some(Quantity::CpuLimited),
    shown_by: Quantity::CpuLimited,
    thresholds: Some(limitation::THRESHOLDS),
    criteria: "The first 30 s of a connection do not count. Clients without this field: `qualityLimitationReason`.",
    explains: &[video_freeze::CODE],
    affects_receivers: true,
};

pub(in super::super) fn judge(context: &RuleContext<'_>) -> Vec<FindingBuilder> {
    let mut findings = limitation::judge(context, &INFO, |stream| &stream.cpu_limited_ms);
    for finding in &mut findings {
        finding.set_side(Side::Device);
        finding.title = format!(
            "{}: sent video limited by CPU for {}",
            context.label(finding.participant),
            duration(finding.span.duration_ms())
        );
        finding.advice =
            "Close other programs, switch off background effects, connect the charger, or send less video.";
    }
    findings
}
