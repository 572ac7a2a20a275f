//! An open call: its heading, its people, one of them in detail, and what was read.

pub mod chart_tools;
mod columns;
pub mod connections;
pub mod heading;
pub mod imports;
pub mod participants;
pub mod person;
pub mod stats;
pub mod stats_chart;
pub mod stats_results;
pub mod streams;
pub mod trends;
mod watched;
mod words;

use leptos::prelude::*;

use crate::components::time_control::TimeControl;
use crate::session::Session;
use crate::state::sight::Sight;
use heading::Heading;
use imports::Imports;
use participants::Participants;
use person::Person;

/// Everything that is told of an open call.
#[component]
pub fn CallView() -> impl IntoView {
    let session = expect_context::<Session>();
    let call = session.call();
    let sight = Memo::new(move |_| {
        call.get().map(|call| session.selection.with(|selection| Sight::new(call, selection)))
    });
    let whole = Memo::new(move |_| sight.with(|sight| sight.as_ref()?.whole()));
    let show = move |window| session.show(window);
    provide_context(TimeControl::new(whole, session.window, session.hover, show));
    view! {
        <Heading sight=sight />
        <Participants sight=sight />
        <Person sight=sight />
        <Imports sight=sight />
    }
}
