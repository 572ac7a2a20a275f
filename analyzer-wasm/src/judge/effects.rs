//! Moves findings that another finding explains into it, as its effects.
//!
//! Which codes a finding can explain stands in its declaration ([`FindingInfo::explains`]).
//!
//! [`FindingInfo::explains`]: crate::catalog::FindingInfo::explains

use super::finding_builder::{FindingBuilder, Side};
use super::rules::{bandwidth_limited, ice_restart, video_freeze};
use crate::report::FindingSeverity;

/// The share of an effect's time that its cause covers at least.
const LEAST_COVERAGE: f64 = 0.5;

/// An effect may begin or end this long outside of its cause: counters and RTCP reports are late.
const SLACK_MS: f64 = 6_000.0;

/// The findings that no other one explains, each with its effects. Causes are tried in the order of the list of rules.
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

fn explains(cause: &FindingBuilder, effect: &FindingBuilder) -> bool {
    if !cause.info.explains.contains(&effect.info.code) {
        return false;
    }
    let both_count = effect.severity != FindingSeverity::Info && cause.severity != FindingSeverity::Info;
    // A restart is a moment, so that it has no time to be covered.
    let restart = effect.info.code == ice_restart::CODE
        && cause.participant == effect.participant
        && cause.overlaps(effect, SLACK_MS);
    restart
        || (both_count && concerns(cause, effect) && cause.coverage_of(effect, SLACK_MS) >= LEAST_COVERAGE)
}

/// Whether a cause can have an effect on the participant of the other finding.
fn concerns(cause: &FindingBuilder, effect: &FindingBuilder) -> bool {
    let between_two = cause.side == Side::Path && cause.other_participants.contains(&effect.participant);
    cause.participant == effect.participant
        || (cause.info.affects_receivers
            && effect.info.code == video_freeze::CODE
            && effect.other_participants == [cause.participant])
        // On a connection between two participants, loss towards one limits the other's encoder.
        || (between_two && effect.info.code == bandwidth_limited::CODE)
}
