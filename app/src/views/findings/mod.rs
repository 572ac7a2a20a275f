//! What was judged to be wrong, worst first: each with its evidence, and a way to its place in time.

mod detail;
mod entry;
pub(super) mod words;

use std::sync::Arc;

use analyzer_wasm::report::{Finding, FindingSeverity};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::analysis::Analysis;
use crate::components::growing::Growing;
use crate::format;
use crate::state::current_view::CurrentView;
use entry::entry;
pub(super) use entry::toggle;

/// The list. Notes stand apart where there is something worse.
#[component]
pub fn Findings(
    /// The conference, whoever is looked at.
    conference_view: CurrentView,
    /// What is looked at.
    current_view: Memo<Option<CurrentView>>,
) -> impl IntoView {
    let selected = Memo::new(move |_| {
        current_view.with(|current_view| Some(current_view.as_ref()?.finding()?.id.clone()))
    });
    let list = NodeRef::<Div>::new();
    Effect::new(move || {
        selected.track();
        // Its detail is on the page in the next frame.
        request_animation_frame(move || {
            list.try_get_untracked().flatten().map(|list| scroll_to_selected(&list));
        });
    });
    escape_clears(current_view);

    let findings = conference_view.overview().map_or(&[][..], |overview| &overview.findings);
    // They come worst first.
    let serious = findings.iter().take_while(|finding| finding.severity != FindingSeverity::Info).count();
    let (total, folds) = (findings.len(), serious > 0 && serious < findings.len());
    let noted = {
        let conference_view = conference_view.clone();
        move || selected.with(|id| id.as_deref().is_some_and(|id| is_note(&conference_view, id)))
    };
    let main =
        entries(conference_view.clone(), 0..if folds { serious } else { total }, current_view, selected);
    let notes = folds.then(|| {
        let summary = format::counted(total - serious, "note");
        view! {
            <details class="notes" prop:open=noted>
                <summary>{summary}</summary>
                {entries(conference_view.clone(), serious..total, current_view, selected)}
            </details>
        }
    });
    let judged = conference_view
        .overview()
        .is_some_and(|overview| overview.participants.iter().any(|one| one.has_dump));
    let rules = conference_view.overview().map(|overview| looked_for(&overview.rules, serious == 0));
    view! {
        <section class="findings" aria-labelledby="findings-title">
            <h2 id="findings-title">
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

/// No trouble, or nothing to tell it by.
fn nothing_found(judged: bool) -> AnyView {
    if !judged {
        let why = "Nothing could be judged: trouble of the kinds below shows in people's own dumps, and none of \
                   those is here.";
        return view! { <p class="all-clear">{why}</p> }.into_any();
    }
    view! {
        <p class="all-clear">
            <span class="mark mark-fine" aria-hidden="true"></span>
            "Nothing was wrong for long enough to be noticed."
        </p>
    }
    .into_any()
}

/// What the absence of a finding means.
fn looked_for(rules: &[String], open: bool) -> AnyView {
    let rules = rules.iter().map(|code| {
        view! { <li title=code.clone()>{words::code(code).into_owned()}</li> }
    });
    view! {
        <details class="looked-for" open=open>
            <summary>{format!("Looked for {} kinds of trouble", rules.len())}</summary>
            <ul>{rules.collect_view()}</ul>
        </details>
    }
    .into_any()
}

fn is_note(conference_view: &CurrentView, id: &str) -> bool {
    let all = conference_view.overview().map_or(&[][..], |overview| &overview.findings);
    all.iter().any(|finding: &Finding| finding.id == id && finding.severity == FindingSeverity::Info)
}

/// Escape, wherever nothing else wants it, looks away from the finding.
fn escape_clears(current_view: Memo<Option<CurrentView>>) {
    let analysis = expect_context::<Analysis>();
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "Escape" && !event.default_prevented() {
            let away = current_view.with_untracked(|current_view| {
                let current_view = current_view.as_ref()?;
                current_view.finding()?;
                Some(current_view.select_participant(&current_view.participant()?.key))
            });
            if let Some(away) = away {
                analysis.select(away);
            }
        }
    });
    on_cleanup(move || listener.remove());
}

/// Scrolls the list, never the page, to the finding that is looked at.
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
