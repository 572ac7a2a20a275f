//! `cpu-limited`: a machine was too slow for the video that it should have sent.
//!
//! Measured by `outbound-rtp.qualityLimitationDurations.cpu` (before that existed: by `qualityLimitationReason`).
//! Warning from 10 s, critical from 60 s; the first 30 s of a connection do not count.

use super::super::Case;
use super::super::draft::{Draft, Side};
use super::super::words::duration;
use super::limitation;

pub(super) fn judge(case: &Case<'_>) -> Vec<Draft> {
    let series = "outbound-rtp qualityLimitationDurations.cpu";
    let mut drafts = limitation::judge(case, "cpu-limited", series, |flow| &flow.cpu_ms);
    for draft in &mut drafts {
        draft.side = Side::Device;
        draft.votes = (1, 0);
        let long = duration(draft.to_ms - draft.from_ms);
        draft.title = format!("{}'s machine was too slow for its video for {long}", case.label(draft.person));
        draft.advice =
            "Close other programs, switch off background effects, plug in the charger, or send less video.";
    }
    drafts
}
