//! The findings of the selected participant, as time spans behind its charts.

use analyzer_wasm::report::{Finding, FindingSeverity};

use super::metric::chart_of;
use crate::state::current_view::CurrentView;

/// A finding over a participant's charts.
#[derive(Clone, Debug, PartialEq)]
pub struct Marked {
    /// The finding's id.
    pub id: String,
    /// `critical`, `warning` or `info`.
    pub severity: &'static str,
    /// Its start, in ms after the start of the conference.
    pub from_ms: f64,
    /// Its end.
    pub to_ms: f64,
    /// Its title.
    pub title: String,
    /// The chart that shows it best.
    pub chart: Option<&'static str>,
    /// Whether it is selected.
    pub selected: bool,
}

/// The findings of the selected participant, and those of others that affected it. Notes are included only while they
/// are selected. The selected finding is the last one, so that it lies on top.
#[must_use]
pub fn marked(current_view: &CurrentView) -> Vec<Marked> {
    let (Some(overview), Some(person)) = (current_view.overview(), current_view.participant()) else {
        return Vec::new();
    };
    let Some(start_ms) = overview.conference.start_ms else { return Vec::new() };
    let selected = current_view.finding().map(|finding| finding.id.as_str());
    let mut found: Vec<Marked> = overview
        .findings
        .iter()
        .filter_map(|finding| {
            let selected = Some(finding.id.as_str()) == selected;
            if finding.severity == FindingSeverity::Info && !selected {
                return None;
            }
            let code =
                code_for(finding, &person.key).or_else(|| selected.then_some(finding.code.as_str()))?;
            Some(Marked {
                id: finding.id.clone(),
                severity: word(finding.severity),
                from_ms: finding.from_ms - start_ms,
                to_ms: finding.to_ms - start_ms,
                title: finding.title.clone(),
                chart: chart_of(code),
                selected,
            })
        })
        .collect();
    if let Some(at) = found.iter().position(|one| one.selected) {
        let chosen = found.remove(at);
        found.push(chosen);
    }
    found
}

/// The code of a finding for a participant: its own for its participant, that of the effect for others.
fn code_for<'a>(finding: &'a Finding, key: &str) -> Option<&'a str> {
    if finding.participant.as_deref() == Some(key) {
        return Some(&finding.code);
    }
    let effect = finding.effects.iter().find(|effect| effect.participant.as_deref() == Some(key));
    effect.map(|effect| effect.code.as_str())
}

fn word(severity: FindingSeverity) -> &'static str {
    match severity {
        FindingSeverity::Critical => "critical",
        FindingSeverity::Warning => "warning",
        FindingSeverity::Info => "info",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::{call, finding, overview};
    use crate::state::selection::Selection;
    use analyzer_wasm::report::Effect;

    #[test]
    fn findings_and_effects_are_marked_at_the_affected_participants() {
        let mut conference = overview("call", &["a", "b"]);
        conference.conference.start_ms = Some(1_000.0);
        let mut uplink = finding("uplink-loss", "a", FindingSeverity::Warning, 2_000.0, 5_000.0);
        let effect = Effect { code: "video-freeze".into(), participant: Some("b".into()), count: 1 };
        uplink.effects.push(effect);
        conference.findings = vec![
            uplink,
            finding("high-rtt", "a", FindingSeverity::Critical, 2_000.0, 5_000.0),
            finding("tcp-transport", "b", FindingSeverity::Info, 2_000.0, 5_000.0),
        ];
        let call = call(vec![conference]);
        let seen = |participant: &str, finding: Option<&str>| {
            let selection = Selection {
                participant: Some(participant.to_owned()),
                finding: finding.map(str::to_owned),
                ..Selection::default()
            };
            let marked = marked(&CurrentView::new(call.clone(), &selection));
            marked.iter().map(|one| (one.id.clone(), one.chart, one.selected)).collect::<Vec<_>>()
        };
        let (uplink, rtt, tcp) = ("uplink-loss-a-2000", "high-rtt-a-2000", "tcp-transport-b-2000");
        assert_eq!(
            seen("a", Some(uplink)),
            [(rtt.into(), Some("rtt"), false), (uplink.into(), Some("loss"), true)]
        );
        assert_eq!(seen("b", None), [(uplink.into(), Some("freeze"), false)]);
        assert_eq!(seen("b", Some(tcp)).last(), Some(&(tcp.into(), Some("rtt"), true)));
    }
}
