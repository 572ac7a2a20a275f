//! Finds the problems of a call: applies the rules to the samples of a conference and attributes effects to their
//! causes.

mod context;
mod effects;
mod finding_builder;
mod outage;
mod rules;
mod samples;
mod summary;
mod window;
mod words;

pub use rules::FINDINGS;
pub(crate) use samples::{
    ConferenceSamples, ParticipantSamples, PeerConnectionSamples, Poll, RtpStreamSamples, SelectedPair,
    StateChange,
};
pub(crate) use summary::summary;

use std::collections::BTreeMap;

use crate::catalog::FindingInfo;
use crate::report::{Finding, Threshold};
use context::RuleContext;
use finding_builder::FindingBuilder;

/// The declaration of a finding code; `None` for a code that this version does not have.
#[must_use]
pub fn finding_info(code: &str) -> Option<&'static FindingInfo> {
    FINDINGS.iter().copied().find(|info| info.code == code)
}

/// The finding codes that have a rule, in the order of [`FINDINGS`].
pub(crate) fn codes() -> Vec<String> {
    FINDINGS.iter().map(|info| info.code.to_owned()).collect()
}

/// The thresholds to be drawn in charts, of the findings that have any.
pub(crate) fn chart_limits() -> Vec<Threshold> {
    let limits = FINDINGS.iter().filter_map(|info| Some((info.code, info.chart_limits()?)));
    let threshold = |(code, limits): (&str, crate::catalog::Thresholds)| Threshold {
        code: code.to_owned(),
        warning: limits.warning,
        critical: limits.critical,
    };
    limits.map(threshold).collect()
}

/// The findings of a conference, ordered by severity, then by duration, longest first. `labels` are the names of
/// participants in titles, in the order of `conference.participants`.
pub(crate) fn judge(conference: &ConferenceSamples, labels: &[String]) -> Vec<Finding> {
    let context = RuleContext::new(conference, labels);
    let findings: Vec<FindingBuilder> = rules::RULES.iter().flat_map(|rule| rule(&context)).collect();
    let findings = effects::attribute(findings);
    let mut findings = rules::video_freeze::join_unexplained(&context, findings);
    findings.sort_by(|a, b| {
        let place = |finding: &FindingBuilder| (finding.info.code, finding.participant);
        let longest_first = b.span.duration_ms().total_cmp(&a.span.duration_ms());
        a.severity
            .cmp(&b.severity)
            .then(longest_first)
            .then(a.span.from_ms.total_cmp(&b.span.from_ms))
            .then(place(a).cmp(&place(b)))
    });
    let mut numbers: BTreeMap<(&str, usize), usize> = BTreeMap::new();
    let numbered = findings.into_iter().map(|finding| {
        let number = numbers.entry((finding.info.code, finding.participant)).or_default();
        *number += 1;
        finding.finish(*number, conference)
    });
    numbered.collect()
}
