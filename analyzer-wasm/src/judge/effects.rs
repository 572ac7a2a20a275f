//! Attributes findings to the finding that caused them: they become its effects and are not reported themselves.
//!
//! [`FindingInfo::explains`] lists the codes that a finding can cause.
//!
//! [`FindingInfo::explains`]: crate::catalog::FindingInfo::explains

use super::finding_builder::{FindingBuilder, Side};
use super::rules::{bandwidth_limited, ice_restart, video_freeze};
use crate::report::FindingSeverity;

/// The least share of an effect's span that its cause covers.
const LEAST_COVERAGE: f64 = 0.5;

/// An effect may start this long before its cause or end this long after it: counters and RTCP reports are late.
const SLACK_MS: f64 = 6_000.0;

/// The findings without a cause among the others, each with its effects. Causes are tried in the order of
/// [`super::FINDINGS`], so that an effect of several causes belongs to the first.
pub(super) fn attribute(mut findings: Vec<FindingBuilder>) -> Vec<FindingBuilder> {
    for info in super::FINDINGS.iter().filter(|info| !info.explains.is_empty()) {
        let (mut causes, rest): (Vec<FindingBuilder>, Vec<FindingBuilder>) =
            findings.into_iter().partition(|finding| finding.info.code == info.code);
        let mut kept = Vec::new();
        for effect in rest {
            match causes.iter_mut().find(|cause| explains(cause, &effect)) {
                Some(cause) => {
                    cause.add_effect(effect.info.code, effect.participant);
                    for (code, participant, _) in effect.effects {
                        cause.add_effect(code, participant);
                    }
                }
                None => kept.push(effect),
            }
        }
        causes.append(&mut kept);
        findings = causes;
    }
    findings
}

/// Whether the first finding is the cause of the second.
fn explains(cause: &FindingBuilder, effect: &FindingBuilder) -> bool {
    if !cause.info.explains.contains(&effect.info.code) {
        return false;
    }
    let neither_is_info = effect.severity != FindingSeverity::Info && cause.severity != FindingSeverity::Info;
    // An ICE restart has no duration of which a share could be covered.
    let restart = effect.info.code == ice_restart::CODE
        && cause.participant == effect.participant
        && cause.span.extended(SLACK_MS).overlaps(effect.span);
    restart
        || (neither_is_info
            && can_affect(cause, effect)
            && cause.coverage_of(effect, SLACK_MS) >= LEAST_COVERAGE)
}

/// Whether the cause can affect the participant of the other finding.
fn can_affect(cause: &FindingBuilder, effect: &FindingBuilder) -> bool {
    let between_participants =
        cause.side == Side::Path && cause.other_participants.contains(&effect.participant);
    cause.participant == effect.participant
        || (cause.info.affects_receivers
            && effect.info.code == video_freeze::CODE
            && effect.other_participants == [cause.participant])
        // On a peer-to-peer connection, packet loss at one participant lowers the bitrate of the other's encoder.
        || (between_participants && effect.info.code == bandwidth_limited::CODE)
}
