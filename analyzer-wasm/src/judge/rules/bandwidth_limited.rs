//! `bandwidth-limited`: the way out was too narrow for the video that somebody should have sent.
//!
//! Measured by `outbound-rtp.qualityLimitationDurations.bandwidth` (before that existed: by `qualityLimitationReason`).
//! Warning from 10 s, critical from 60 s; the first 30 s of a connection do not count. Where loss, delay or an outage
//! at that time explains it, it is that finding's effect.

use super::super::Case;
use super::super::draft::{Draft, Side};
use super::super::words::duration;
use super::limitation;

pub(super) fn judge(case: &Case<'_>) -> Vec<Draft> {
    let series = "outbound-rtp qualityLimitationDurations.bandwidth";
    let mut drafts = limitation::judge(case, "bandwidth-limited", series, |flow| &flow.bandwidth_ms);
    for draft in &mut drafts {
        draft.side = Side::Uplink;
        draft.votes = (1, 0);
        let long = duration(draft.to_ms - draft.from_ms);
        draft.title = format!("{}'s video was cut down by bandwidth for {long}", case.label(draft.person));
        draft.advice =
            "Their upstream is too narrow or shared: stop uploads on the same line, or send less video.";
    }
    drafts
}
