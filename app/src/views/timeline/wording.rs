//! A lane as text, for screen readers, and its values at a time. Pure.

use analyzer_wasm::report::Participant;
use analyzer_wasm::wire::{Overview, Trend};

use super::finding_spans::FindingSpans;
use crate::components::severity;
use crate::format::{self, quantity};
use crate::state::current_view::CurrentView;

/// More findings are counted, not listed.
const LISTED: usize = 8;

/// When the participant was present, and what is in its lane.
pub(super) fn lane(
    overview: &Overview,
    participant: &Participant,
    spans: &FindingSpans,
    marks: usize,
) -> String {
    let start_ms = overview.conference.start_ms.unwrap_or(0.0);
    let present: Vec<String> = participant
        .presences
        .iter()
        .map(|presence| format::time_span(presence.from_ms - start_ms, presence.to_ms - start_ms))
        .collect();
    let mut parts = vec![format!("Present {}.", present.join(" and "))];
    for span in spans.list.iter().take(LISTED) {
        let Some(finding) = overview.findings.get(span.finding) else { continue };
        let affected = if span.affected { "affected by a finding " } else { "" };
        parts.push(format!(
            "{} {affected}{}: {}.",
            severity::word(span.severity),
            format::time_span(span.from_ms, span.to_ms),
            finding.title
        ));
    }
    let more = spans.list.len().saturating_sub(LISTED);
    if more > 0 {
        parts.push(format!("And {more} more."));
    }
    if spans.list.is_empty() {
        parts.push("No findings.".to_owned());
    }
    parts.push(format!("{}.", format::counted(marks, "event")));
    parts.join(" ")
}

/// The values of a participant's outlines at a share of the call; `None` where there are none.
pub(super) fn values_at(conference_view: &CurrentView, participant: usize, share: f64) -> Option<String> {
    let value = |trend: Trend| {
        let values = conference_view.trend(participant, trend);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "an index below a few hundred"
        )]
        let part = (share.clamp(0.0, 1.0) * values.len() as f64) as usize;
        let value = values.get(part.min(values.len().saturating_sub(1))).copied()?;
        value.is_finite().then(|| f64::from(value))
    };
    let values: Vec<String> = Trend::ALL
        .into_iter()
        .filter_map(|trend| {
            let name = trend.quantity().info().short;
            Some(format!("{name} {}", quantity::trend(trend, value(trend)?)))
        })
        .collect();
    (!values.is_empty()).then(|| values.join(", "))
}

#[cfg(test)]
mod tests {
    use analyzer_wasm::report::{FindingSeverity, Presence};

    use super::super::finding_spans;
    use super::*;
    use crate::state::samples::{finding, overview};

    #[test]
    fn a_lane_is_described_in_sentences() {
        let mut one = overview("call", &["a"]);
        one.conference.start_ms = Some(0.0);
        for (from_ms, to_ms) in [(0.0, 60_000.0), (90_000.0, 120_000.0)] {
            let presence = Presence { file: "f".into(), session_id: None, from_ms, to_ms };
            one.participants[0].presences.push(presence);
        }
        let text = |one: &Overview| lane(one, &one.participants[0], &finding_spans::of_all(one)[0], 1);
        assert_eq!(text(&one), "Present 0:00–1:00 and 1:30–2:00. No findings. 1 event.");
        one.findings = vec![finding("high-rtt", "a", FindingSeverity::Warning, 5_000.0, 30_000.0)];
        assert_eq!(text(&one), "Present 0:00–1:00 and 1:30–2:00. Warning 0:05–0:30: high-rtt. 1 event.");
    }
}
