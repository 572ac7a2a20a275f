//! An open call: the verdict, the findings, the lanes, its people, one of them in detail, and what was read.

pub mod chart_tools;
mod columns;
pub mod connections;
pub mod findings;
pub mod heading;
pub mod imports;
pub mod lanes;
pub mod order;
pub mod participants;
pub mod person;
mod standing;
pub mod stats;
pub mod stats_chart;
pub mod stats_results;
pub mod streams;
pub mod trends;
mod watched;
mod words;

use leptos::prelude::*;

use crate::analysis::Analysis;
use crate::browser;
use crate::components::time_control::TimeControl;
use crate::state::sight::Sight;
use findings::Findings;
use heading::Heading;
use imports::Imports;
use lanes::Timeline;
use order::Order;
use participants::Participants;
use person::Person;

/// Everything that is told of an open call.
#[component]
pub fn CallView() -> impl IntoView {
    let analysis = expect_context::<Analysis>();
    let call = analysis.call();
    let sight = Memo::new(move |_| {
        call.get().map(|call| analysis.selection.with(|selection| Sight::new(call, selection)))
    });
    let whole = Memo::new(move |_| sight.with(|sight| sight.as_ref()?.whole()));
    let show = move |window| analysis.show(window);
    provide_context(TimeControl::new(whole, analysis.window, analysis.hover, show));
    // What lies below the verdict comes after it was painted, so that no task is long.
    let below = RwSignal::new(false);
    browser::after_paint(move || {
        below.try_set(true);
    });
    // The conference alone: what is built from it is built anew for another one, not for another selection.
    let conference = Memo::new(move |_| {
        sight.with(|sight| sight.as_ref().map(|sight| sight.select_conference(sight.conference_index())))
    });
    let stage = Memo::new(move |_| Some(Sight::new(call.get()?, &conference.get()?)));
    let overview = move || {
        let stage = stage.get()?;
        let order = Order::new(stage.clone());
        Some(view! {
            <Heading stage=stage.clone() />
            <div class="overview">
                <Findings stage=stage.clone() sight=sight />
                <Timeline stage=stage.clone() sight=sight order=order />
            </div>
            <Participants stage=stage.clone() sight=sight order=order />
        })
    };
    let files = move || stage.get().filter(|_| below.get()).map(|stage| view! { <Imports stage=stage /> });
    let person = move || below.get().then(|| view! { <Person sight=sight /> });
    view! {
        {overview}
        {person}
        {files}
    }
}
