//! An open call: the verdict, the findings, the lanes, its people, one of them in detail, and what was read.

use leptos::prelude::*;

use crate::analysis::Analysis;
use crate::components::time_control::TimeControl;
use crate::shell::browser;
use crate::state::current_view::CurrentView;
use crate::views::conference::heading::Heading;
use crate::views::files::Imports;
use crate::views::findings::Findings;
use crate::views::participant::Person;
use crate::views::participants::Participants;
use crate::views::participants::order::Order;
use crate::views::timeline::Timeline;

/// Everything that is told of an open call.
#[component]
pub fn OpenCall() -> impl IntoView {
    let analysis = expect_context::<Analysis>();
    let call = analysis.call();
    let current_view = Memo::new(move |_| {
        call.get().map(|call| analysis.selection.with(|selection| CurrentView::new(call, selection)))
    });
    let whole = Memo::new(move |_| current_view.with(|current_view| current_view.as_ref()?.whole()));
    let show = move |window| analysis.show(window);
    provide_context(TimeControl::new(whole, analysis.window, analysis.hover, show));
    // What lies below the verdict comes after it was painted, so that no task is long.
    let below = RwSignal::new(false);
    browser::after_paint(move || {
        below.try_set(true);
    });
    // The conference alone: what is built from it is built anew for another one, not for another selection.
    let conference = Memo::new(move |_| {
        current_view.with(|current_view| {
            current_view
                .as_ref()
                .map(|current_view| current_view.select_conference(current_view.conference_index()))
        })
    });
    let conference_view = Memo::new(move |_| Some(CurrentView::new(call.get()?, &conference.get()?)));
    let overview = move || {
        let conference_view = conference_view.get()?;
        let order = Order::new(conference_view.clone());
        Some(view! {
            <Heading conference_view=conference_view.clone() />
            <div class="overview">
                <Findings conference_view=conference_view.clone() current_view=current_view />
                <Timeline conference_view=conference_view.clone() current_view=current_view order=order />
            </div>
            <Participants conference_view=conference_view.clone() current_view=current_view order=order />
        })
    };
    let files = move || {
        conference_view
            .get()
            .filter(|_| below.get())
            .map(|conference_view| view! { <Imports conference_view=conference_view /> })
    };
    let person = move || below.get().then(|| view! { <Person current_view=current_view /> });
    view! {
        {overview}
        {person}
        {files}
    }
}
