//! What stands behind a finding: the cause's side, what it caused, what to do, and where the dumps show it.

use analyzer_wasm::report::{Evidence, Finding};
use leptos::prelude::*;

use super::words;
use crate::analysis::Analysis;
use crate::shell::routes::Selection;
use crate::state::current_view::CurrentView;

/// As many people are named of each effect.
const NAMED: usize = 6;

/// The detail of a finding, by its place.
pub(super) fn detail(
    conference_view: &CurrentView,
    place: usize,
    current_view: Memo<Option<CurrentView>>,
) -> Option<AnyView> {
    let finding = conference_view.overview()?.findings.get(place)?;
    let caused: Vec<AnyView> = words::consequences(&finding.effects)
        .into_iter()
        .map(|effect| {
            let people: Vec<&str> = effect.people.iter().map(|(key, _)| *key).collect();
            let counts: Vec<u32> = effect.people.iter().map(|(_, count)| *count).collect();
            view! { <li>{effect.words} " " {people_view(conference_view, finding, &people, &counts, current_view)}</li> }
                .into_any()
        })
        .collect();
    let others: Vec<&str> = finding.other_participants.iter().map(String::as_str).collect();
    let others = (caused.is_empty() && !others.is_empty())
        .then(|| view! { <dt>"Also"</dt> <dd>{people_view(conference_view, finding, &others, &[], current_view)}</dd> });
    let caused = (!caused.is_empty()).then(|| view! { <dt>"Caused"</dt> <dd><ul>{caused}</ul></dd> });
    let evidence: Vec<AnyView> = finding.evidence.iter().map(place_view).collect();
    let evidence = (!evidence.is_empty())
        .then(|| view! { <dt>"Evidence"</dt> <dd><ul class="places">{evidence}</ul></dd> });
    Some(
        view! {
            <dl class="finding-detail" data-testid="finding-detail">
                <dt>"What to do"</dt>
                <dd>{finding.advice.clone()}</dd>
                <dt>"Cause"</dt>
                <dd>{words::side(&finding.attribution)}</dd>
                {caused}
                {others}
                {evidence}
            </dl>
        }
        .into_any(),
    )
}

/// A place in a dump, as `line 127 of 0bc….gz: iceConnectionState`.
fn place_view(evidence: &Evidence) -> AnyView {
    let place = format!("line {}", crate::format::count(evidence.line));
    view! {
        <li>
            <span class="id" title=evidence.file.clone()>{evidence.file.clone()}</span>
            {place} " " <span class="second">{evidence.series.clone()}</span>
        </li>
    }
    .into_any()
}

/// People as buttons that look at them, while the finding stays selected.
fn people_view(
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
        // People share names.
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
