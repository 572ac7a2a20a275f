//! A lane in words, for whoever cannot see it, and what it shows at a moment. Pure.

use analyzer_wasm::report::Participant;
use analyzer_wasm::wire::{Overview, Trend};

use super::stretches::Stretches;
use crate::components::severity;
use crate::format::{self, quantity};
use crate::state::current_view::CurrentView;

/// More stretches are counted, not listed.
const LISTED: usize = 8;

/// When somebody was there, and what is in their lane.
pub(super) fn lane(overview: &Overview, person: &Participant, stretches: &Stretches, marks: usize) -> String {
    let start_ms = overview.conference.start_ms.unwrap_or(0.0);
    let there: Vec<String> = person
        .presences
        .iter()
        .map(|stay| format::stretch(stay.from_ms - start_ms, stay.to_ms - start_ms))
        .collect();
    let mut parts = vec![format!("There {}.", there.join(" and "))];
    for stretch in stretches.list.iter().take(LISTED) {
        let Some(finding) = overview.findings.get(stretch.finding) else { continue };
        let felt = if stretch.felt { "felt here, " } else { "" };
        parts.push(format!(
            "{} {felt}{}: {}.",
            severity::word(stretch.severity),
            format::stretch(stretch.from_ms, stretch.to_ms),
            finding.title
        ));
    }
    let more = stretches.list.len().saturating_sub(LISTED);
    if more > 0 {
        parts.push(format!("And {more} more."));
    }
    if stretches.list.is_empty() {
        parts.push("No findings.".to_owned());
    }
    parts.push(format!("{}.", format::counted(marks, "event")));
    parts.join(" ")
}

/// What the outlines of somebody say at a share of the call; `None` where they say nothing.
pub(super) fn values_at(conference_view: &CurrentView, person: usize, share: f64) -> Option<String> {
    let value = |trend: Trend| {
        let values = conference_view.trend(person, trend);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "one of a few parts of the call"
        )]
        let part = (share.clamp(0.0, 1.0) * values.len() as f64) as usize;
        let value = values.get(part.min(values.len().saturating_sub(1))).copied()?;
        value.is_finite().then(|| f64::from(value))
    };
    let told: Vec<String> = Trend::ALL
        .into_iter()
        .filter_map(|trend| {
            let name = trend.quantity().info().short;
            Some(format!("{name} {}", quantity::trend(trend, value(trend)?)))
        })
        .collect();
    (!told.is_empty()).then(|| told.join(", "))
}

#[cfg(test)]
mod tests {
    use analyzer_wasm::report::{FindingSeverity, Presence};

    use super::super::stretches;
    use super::*;
    use crate::state::samples::{finding, overview};

    #[test]
    fn a_lane_reads_as_sentences() {
        let mut one = overview("call", &["a"]);
        one.conference.start_ms = Some(0.0);
        for (from_ms, to_ms) in [(0.0, 60_000.0), (90_000.0, 120_000.0)] {
            let stay = Presence { file: "f".into(), session_id: None, from_ms, to_ms };
            one.participants[0].presences.push(stay);
        }
        let told = |one: &Overview| lane(one, &one.participants[0], &stretches::of_all(one)[0], 1);
        assert_eq!(told(&one), "There 0:00–1:00 and 1:30–2:00. No findings. 1 event.");
        one.findings = vec![finding("high-rtt", "a", FindingSeverity::Warning, 5_000.0, 30_000.0)];
        assert_eq!(told(&one), "There 0:00–1:00 and 1:30–2:00. Warning 0:05–0:30: high-rtt. 1 event.");
    }
}
