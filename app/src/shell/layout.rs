//! Lays out the views of an open call, in the order of their table.

use leptos::prelude::*;

use super::browser;
use super::commands::CommandContext;
use super::instance::Instance;
use crate::analysis::Analysis;
use crate::components::time_control::TimeControl;
use crate::state::current_view::CurrentView;
use crate::views::participant::context::ParticipantContext;
use crate::views::participants::order::Order;
use crate::views::{Component, ConferenceContext, VIEWS, View};

/// All views of the open call.
#[component]
pub fn OpenCall() -> impl IntoView {
    let analysis = expect_context::<Analysis>();
    let CommandContext { current_view, .. } = expect_context();
    let call = analysis.call();
    let whole = Memo::new(move |_| current_view.with(|current_view| current_view.as_ref()?.whole()));
    let show = move |window| analysis.show(window);
    provide_context(TimeControl::new(whole, analysis.window, analysis.hover, show));
    // What is below the first screen is rendered after that was painted, so that no task is long.
    let painted = RwSignal::new(false);
    browser::after_paint(move || {
        painted.try_set(true);
    });
    // Views of the conference are rendered again for another conference, not for another selection in it.
    let selection = Memo::new(move |_| {
        current_view.with(|current_view| {
            let current_view = current_view.as_ref()?;
            Some(current_view.select_conference(current_view.conference_index()))
        })
    });
    let conference = Memo::new(move |_| Some(CurrentView::new(call.get()?, &selection.get()?)));

    let parts = VIEWS.chunk_by(|one, next| one.is_of_participant() == next.is_of_participant());
    let parts = parts.enumerate().map(|(at, views)| {
        let is_shown = move || at == 0 || painted.get();
        if views.iter().any(View::is_of_participant) {
            return (move || is_shown().then(|| participant_views(views, current_view))).into_any();
        }
        let part = move || {
            let conference = conference.get().filter(|_| is_shown())?;
            let order = Order::new(conference.clone());
            Some(conference_views(views, &ConferenceContext { conference, current_view, order }))
        };
        part.into_any()
    });
    parts.collect_view()
}

/// Views of the conference, those that share a row in a grid of their own.
fn conference_views(views: &'static [View], context: &ConferenceContext) -> AnyView {
    let rows = views.chunk_by(|one, next| one.is_beside() && next.is_beside());
    let rows = rows.map(|row| {
        let row_views = row.iter().filter_map(|view| match view.component {
            Component::Wide(render) | Component::Beside(render) => {
                Some(section(view, render(context.clone())))
            }
            Component::Participant(_) => None,
        });
        let row_views = row_views.collect_view();
        if row.iter().any(View::is_beside) {
            view! { <div class="beside">{row_views}</div> }.into_any()
        } else {
            row_views.into_any()
        }
    });
    rows.collect_view().into_any()
}

/// The section of the selected participant; nothing where there is none.
fn participant_views(views: &'static [View], current_view: Memo<Option<CurrentView>>) -> AnyView {
    let context = ParticipantContext::new(current_view);
    let title = Instance::expect().id("participant-title");
    // Findings behind charts are placed by these two.
    let time = expect_context::<TimeControl>();
    let from = move || time.shown().get().map_or(0.0, |window| window.from_ms).to_string();
    let span = move || time.shown().get().map_or(1.0, |window| window.span_ms()).to_string();
    let sections = move || {
        let sections = views.iter().filter_map(|view| match view.component {
            Component::Participant(render) => Some(section(view, render(context))),
            Component::Wide(_) | Component::Beside(_) => None,
        });
        sections.collect_view()
    };
    view! {
        <Show when=move || context.exists.get()>
            <section class="participant" aria-labelledby=title.clone() style:--from=from style:--span=span>
                {sections()}
            </section>
        </Show>
    }
    .into_any()
}

/// A view as a target to go to. The element has no box of its own: what is in it takes part in the layout around it.
fn section(view: &View, content: AnyView) -> AnyView {
    view! { <div class="section" data-section=view.id>{content}</div> }.into_any()
}
