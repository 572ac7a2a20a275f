//! `bandwidth-limited`: the uplink was too narrow for the video that a participant should have sent.

use super::super::context::RuleContext;
use super::super::finding_builder::{FindingBuilder, Side};
use super::limitation;
use crate::catalog::{FindingInfo, Quantity};
use crate::wording::duration;

pub(in super::super) const CODE: &str = "bandwidth-limited";

pub(in super::super) const INFO: FindingInfo = FindingInfo {
    code: CODE,
    label: "video limited by bandwidth",
    explanation: "The participant's uplink was too narrow for the video that should have been sent.",
    quantity: Some(Quantity::BandwidthLimited),
    shown_by: Quantity::BandwidthLimited,
    thresholds: Some(limitation::THRESHOLDS),
    criteria: "The first 30 s of a connection do not count. Clients without this field: `qualityLimitationReason`.",
    explains: &[],
    affects_receivers: false,
};

pub(in super::super) fn judge(context: &RuleContext<'_>) -> Vec<FindingBuilder> {
    let mut findings = limitation::judge(context, &INFO, |stream| &stream.bandwidth_limited_ms);
    for finding in &mut findings {
        finding.set_side(Side::Uplink);
        finding.title = format!(
            "{}: sent video limited by bandwidth for {}",
            context.label(finding.participant),
            duration(finding.span.duration_ms())
        );
        finding.advice =
            "The upstream is too narrow or shared: stop uploads on the same line, or send less video.";
    }
    findings
}
