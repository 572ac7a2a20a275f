//! The details of a finding: advice, attribution, effects, and the lines of the dumps that show it.

use analyzer_wasm::report::{Evidence, Finding};
use leptos::prelude::*;

use super::wording;
use crate::analysis::Analysis;
use crate::state::current_view::CurrentView;
use crate::state::selection::Selection;

/// Up to so many participants are named of each effect.
const NAMED: usize = 6;

/// The details of a finding, by its index in the conference.
pub(super) fn detail(
    conference_view: &CurrentView,
    place: usize,
    current_view: Memo<Option<CurrentView>>,
) -> Option<AnyView> {
    let finding = conference_view.overview()?.findings.get(place)?;
    let effects: Vec<AnyView> = wording::effects(&finding.effects)
        .into_iter()
        .map(|effect| {
            let keys: Vec<&str> = effect.participants.iter().map(|(key, _)| *key).collect();
            let counts: Vec<u32> = effect.participants.iter().map(|(_, count)| *count).collect();
            view! { <li>{effect.text} " " {participant_buttons(conference_view, finding, &keys, &counts, current_view)}</li> }
                .into_any()
        })
        .collect();
    let others: Vec<&str> = finding.other_participants.iter().map(String::as_str).collect();
    let others = (effects.is_empty() && !others.is_empty())
        .then(|| view! { <dt>"Also affected"</dt> <dd>{participant_buttons(conference_view, finding, &others, &[], current_view)}</dd> });
    let effects = (!effects.is_empty()).then(|| view! { <dt>"Effects"</dt> <dd><ul>{effects}</ul></dd> });
    let evidence: Vec<AnyView> = finding.evidence.iter().map(evidence_item).collect();
    let evidence = (!evidence.is_empty())
        .then(|| view! { <dt>"Evidence"</dt> <dd><ul class="places">{evidence}</ul></dd> });
    Some(
        view! {
            <dl class="finding-detail" data-testid="finding-detail">
                <dt>"What to do"</dt>
                <dd>{finding.advice.clone()}</dd>
                <dt>"Cause"</dt>
                <dd>{wording::attribution(&finding.attribution)}</dd>
                {effects}
                {others}
                {evidence}
            </dl>
        }
        .into_any(),
    )
}

/// A line of a dump, as `line 127 of 0bc….gz: iceConnectionState`.
fn evidence_item(evidence: &Evidence) -> AnyView {
    let place = format!("line {}", crate::format::count(evidence.line));
    view! {
        <li>
            <span class="id" title=evidence.file.clone()>{evidence.file.clone()}</span>
            {place} " " <span class="second">{evidence.series.clone()}</span>
        </li>
    }
    .into_any()
}

/// Participants as buttons that select them, while the finding stays selected.
fn participant_buttons(
    conference_view: &CurrentView,
    finding: &Finding,
    keys: &[&str],
    counts: &[u32],
    current_view: Memo<Option<CurrentView>>,
) -> AnyView {
    let analysis = expect_context::<Analysis>();
    let people = conference_view.overview().map_or(&[][..], |overview| &overview.participants);
    let named = keys.iter().take(NAMED).enumerate().map(|(place, key)| {
        let label = people.iter().find(|one| one.key == **key).map_or(*key, |one| one.label());
        // Several participants may have the same name.
        let same = people.iter().filter(|one| one.label() == label).count();
        let label = if same > 1 { format!("{label} ({key})") } else { label.to_owned() };
        let times = counts.get(place).filter(|count| **count > 1).map(|count| format!(" ({count})"));
        let to =
            Selection { participant: Some((*key).to_owned()), ..conference_view.select_finding(finding) };
        let (wanted, key) = (to.clone(), (*key).to_owned());
        let current = move || {
            current_view.with(|current_view| {
                current_view
                    .as_ref()
                    .and_then(CurrentView::participant)
                    .is_some_and(|person| person.key == key)
            })
        };
        view! {
            {(place > 0).then_some(", ")}
            <button
                class="link"
                aria-pressed=move || if current() { "true" } else { "false" }
                on:click=move |_| analysis.select(wanted.clone())
            >
                {label}
            </button>
            {times}
        }
    });
    let more = keys.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| format!(" and {more} more"));
    view! { {(!counts.is_empty()).then_some("for ")} {named.collect_view()} {more} }.into_any()
}
