//! One finding of the list: a button that selects it and goes to its time, and its details while it is selected.

use analyzer_wasm::report::Finding;
use leptos::prelude::*;

use super::detail::detail;
use super::wording;
use crate::analysis::Analysis;
use crate::components::finding_counts::is_current;
use crate::components::severity;
use crate::state::current_view::CurrentView;
use crate::state::time_window::TimeWindow;

/// How much time is shown on each side of the finding, as a share of its length.
const MARGIN: f64 = 0.25;
const LEAST_MARGIN_MS: f64 = 15_000.0;

/// A finding by its index in the conference.
pub(super) fn entry(
    conference_view: &CurrentView,
    place: usize,
    current_view: Memo<Option<CurrentView>>,
    selected: Memo<Option<String>>,
) -> Option<AnyView> {
    let analysis = expect_context::<Analysis>();
    let start_ms =
        conference_view.overview().and_then(|overview| overview.conference.start_ms).unwrap_or(0.0);
    let finding = conference_view.overview()?.findings.get(place)?;
    let id = finding.id.clone();
    let current = is_current(selected, id);
    let expanded = Signal::derive(move || Some(current.get().unwrap_or("false")));
    let toggle = {
        let conference_view = conference_view.clone();
        move |_| {
            if let Some(finding) =
                conference_view.overview().and_then(|overview| overview.findings.get(place))
            {
                toggle(analysis, &conference_view, finding);
            }
        }
    };
    let open = {
        let conference_view = conference_view.clone();
        move || current.get().and_then(|_| detail(&conference_view, place, current_view))
    };
    let facts = [Some(wording::when(finding, start_ms)), wording::value(finding)];
    Some(
        view! {
            <li class="entry">
                <button
                    class=format!("finding {}", severity::id(finding.severity))
                    data-testid="finding"
                    data-id=finding.id.clone()
                    data-code=finding.code.clone()
                    data-severity=severity::id(finding.severity)
                    data-participant=finding.participant.clone()
                    title=finding.code.clone()
                    aria-current=current
                    aria-expanded=expanded
                    on:click=toggle
                >
                    {severity::shape(finding.severity)}
                    <span class="finding-title">{finding.title.clone()}</span>
                    <span class="finding-facts">
                        <span class="severity-word">{severity::word(finding.severity)}</span>
                        " · "
                        {facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")}
                    </span>
                </button>
                {open}
            </li>
        }
        .into_any(),
    )
}

/// Selects a finding and shows its time; where it is selected already, deselects it.
pub(in crate::views) fn toggle(analysis: Analysis, conference_view: &CurrentView, finding: &Finding) {
    let window = window(conference_view, finding);
    let current = analysis.selection.with_untracked(|selection| selection.finding.clone());
    if current.as_ref() == Some(&finding.id) {
        let away = finding.participant.as_deref().map(|key| conference_view.select_participant(key));
        // A window that the user chose since then stays.
        let shown = analysis.window.get_untracked();
        let window = if shown == window { None } else { shown };
        analysis.look(
            away.unwrap_or_else(|| conference_view.select_conference(conference_view.conference_index())),
            window,
        );
    } else {
        analysis.look(conference_view.select_finding(finding), window);
    }
}

/// Its time span with a margin, in ms after the start of the conference.
fn window(conference_view: &CurrentView, finding: &Finding) -> Option<TimeWindow> {
    let start_ms = conference_view.overview()?.conference.start_ms?;
    let margin = ((finding.to_ms - finding.from_ms) * MARGIN).max(LEAST_MARGIN_MS);
    let (from_ms, to_ms) = (finding.from_ms - start_ms - margin, finding.to_ms - start_ms + margin);
    let whole = conference_view.whole()?;
    let (from_ms, to_ms) = (from_ms.max(whole.from_ms), to_ms.min(whole.to_ms));
    TimeWindow::new(from_ms, to_ms).filter(|window| *window != whole)
}

#[cfg(test)]
mod tests {
    use analyzer_wasm::report::FindingSeverity;

    use super::*;
    use crate::state::samples::{self, call, overview};
    use crate::state::selection::Selection;

    #[test]
    fn a_finding_is_shown_with_a_margin_inside_of_the_call() {
        let mut overview = overview("call", &["a"]);
        overview.conference.start_ms = Some(1_000_000.0);
        overview.conference.duration_ms = Some(600_000.0);
        let conference_view = CurrentView::new(call(vec![overview]), &Selection::default());
        let window_of = |from: f64, to: f64| {
            let finding =
                samples::finding("x", "a", FindingSeverity::Warning, 1_000_000.0 + from, 1_000_000.0 + to);
            window(&conference_view, &finding)
        };
        assert_eq!(window_of(200_000.0, 400_000.0), TimeWindow::new(150_000.0, 450_000.0));
        assert_eq!(window_of(200_000.0, 210_000.0), TimeWindow::new(185_000.0, 225_000.0));
        assert_eq!(window_of(0.0, 200_000.0), TimeWindow::new(0.0, 250_000.0));
        assert_eq!(window_of(0.0, 600_000.0), None, "all of the call");
    }
}
