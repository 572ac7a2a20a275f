//! The findings of the conference, worst first: each with its evidence, and a button that goes to its time.

mod detail;
mod entry;
pub(super) mod wording;

use std::sync::Arc;

use analyzer_wasm::report::{Finding, FindingSeverity};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::ConferenceContext;
use crate::components::growing::Growing;
use crate::format;
use crate::shell::instance::Instance;
use crate::state::current_view::CurrentView;
use entry::entry;
pub(super) use entry::toggle;

/// The view.
#[must_use]
pub fn view(context: ConferenceContext) -> AnyView {
    let ConferenceContext { conference, current_view, .. } = context;
    view! { <Findings conference_view=conference current_view=current_view /> }.into_any()
}

/// The list. Notes are folded where there are warnings or critical findings.
#[component]
pub fn Findings(
    /// The conference.
    conference_view: CurrentView,
    /// What is selected.
    current_view: Memo<Option<CurrentView>>,
) -> impl IntoView {
    let selected = Memo::new(move |_| {
        current_view.with(|current_view| Some(current_view.as_ref()?.finding()?.id.clone()))
    });
    let list = NodeRef::<Div>::new();
    Effect::new(move || {
        selected.track();
        // Its detail is rendered by the next frame.
        request_animation_frame(move || {
            list.try_get_untracked().flatten().map(|list| scroll_to_selected(&list));
        });
    });

    let findings = conference_view.overview().map_or(&[][..], |overview| &overview.findings);
    // The report lists the worst first.
    let serious = findings.iter().take_while(|finding| finding.severity != FindingSeverity::Info).count();
    let (total, folds) = (findings.len(), serious > 0 && serious < findings.len());
    let is_note_selected = {
        let conference_view = conference_view.clone();
        move || selected.with(|id| id.as_deref().is_some_and(|id| is_note(&conference_view, id)))
    };
    let main =
        entries(conference_view.clone(), 0..if folds { serious } else { total }, current_view, selected);
    let notes = folds.then(|| {
        let summary = format::counted(total - serious, "note");
        view! {
            <details class="notes" prop:open=is_note_selected>
                <summary>{summary}</summary>
                {entries(conference_view.clone(), serious..total, current_view, selected)}
            </details>
        }
    });
    let title = Instance::expect().id("findings-title");
    let judged = conference_view
        .overview()
        .is_some_and(|overview| overview.participants.iter().any(|one| one.has_dump));
    let rules = conference_view.overview().map(|overview| checked_rules(&overview.rules, serious == 0));
    view! {
        <section class="findings" aria-labelledby=title.clone()>
            <h2 id=title.clone()>
                "Findings" <span class="tally">{(serious > 0).then(|| format::count(serious as u64))}</span>
            </h2>
            <div class="findings-list" node_ref=list>
                {(serious == 0).then(|| nothing_found(judged))}
                {main} {notes} {rules}
            </div>
        </section>
    }
}

fn entries(
    conference_view: CurrentView,
    places: std::ops::Range<usize>,
    current_view: Memo<Option<CurrentView>>,
    selected: Memo<Option<String>>,
) -> AnyView {
    let growing = Growing::new(places.len());
    let order = Signal::stored(Arc::new(places.collect()));
    view! {
        <ul>
            {growing.entries(order, Arc::new(move |place| entry(&conference_view, place, current_view, selected).into_any()))}
        </ul>
        {growing.button("finding")}
    }
    .into_any()
}

/// Says that there are no findings, or that nothing could be judged.
fn nothing_found(judged: bool) -> AnyView {
    if !judged {
        let why = "Nothing could be judged: findings of the kinds below need the dumps of participants, and there \
                   is none.";
        return view! { <p class="all-clear">{why}</p> }.into_any();
    }
    view! {
        <p class="all-clear">
            <span class="mark mark-fine" aria-hidden="true"></span>
            "No problem exceeded its threshold for long enough to be a finding."
        </p>
    }
    .into_any()
}

/// The kinds of findings that were looked for, so that the absence of one means something.
fn checked_rules(rules: &[String], open: bool) -> AnyView {
    let rules = rules.iter().map(|code| {
        view! { <li title=code.clone()>{wording::code(code).into_owned()}</li> }
    });
    view! {
        <details class="checked-rules" open=open>
            <summary>{format!("Checked for {} kinds of problems", rules.len())}</summary>
            <ul>{rules.collect_view()}</ul>
        </details>
    }
    .into_any()
}

fn is_note(conference_view: &CurrentView, id: &str) -> bool {
    let all = conference_view.overview().map_or(&[][..], |overview| &overview.findings);
    all.iter().any(|finding: &Finding| finding.id == id && finding.severity == FindingSeverity::Info)
}

/// Scrolls the list, never the page, to the selected finding.
fn scroll_to_selected(list: &HtmlElement) -> Option<()> {
    let entry = list.query_selector("[aria-current]").ok()??.parent_element()?;
    let entry: HtmlElement = entry.dyn_into().ok()?;
    let (above, below) = (entry.offset_top(), entry.offset_top() + entry.offset_height());
    let (top, bottom) = (list.scroll_top(), list.scroll_top() + list.client_height());
    if above < top || entry.offset_height() > list.client_height() {
        list.set_scroll_top(above);
    } else if below > bottom {
        list.set_scroll_top(below - list.client_height());
    }
    Some(())
}
