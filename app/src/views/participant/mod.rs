//! One participant in detail: who it was, charts, connections and streams.

pub mod chart_tools;
pub mod charts;
pub mod connections;
pub mod streams;
pub(crate) mod watched;

use std::sync::Arc;

use analyzer_wasm::query;
use analyzer_wasm::report::{Connection, Participant};
use leptos::ev;
use leptos::prelude::*;

use self::charts::Trends;
use self::connections::Connections;
use self::streams::Streams;
use self::watched::{Watched, watched};
use crate::analysis::Analysis;
use crate::analysis::queries::{QueryState, use_query};
use crate::charts::marked;
use crate::components::fact::Fact;
use crate::components::query_failure::QueryFailure;
use crate::components::time_control::TimeControl;
use crate::format::report;
use crate::shell::browser::takes_text;
use crate::state::current_view::CurrentView;
use crate::views::fields::Stats;

/// The participant that is looked at.
#[component]
pub fn Person(
    /// What is looked at.
    current_view: Memo<Option<CurrentView>>,
) -> impl IntoView {
    let there = Memo::new(move |_| {
        current_view.with(|current_view| current_view.as_ref().is_some_and(|one| one.participant().is_some()))
    });
    let answer = connections(current_view);
    let connections = Memo::new(move |_| answer.with(|answer| answer.latest().cloned()));
    let failure = Memo::new(move |_| answer.with(|answer| answer.failure().cloned()));
    let marked = Memo::new(move |_| {
        Arc::new(current_view.with(|current_view| current_view.as_ref().map(marked).unwrap_or_default()))
    });
    let start_ms = Memo::new(move |_| {
        current_view
            .with(|current_view| current_view.as_ref()?.overview()?.conference.start_ms)
            .unwrap_or_default()
    });
    // Everything that lies over time follows these two.
    let time = expect_context::<TimeControl>();
    let from = move || time.shown().get().map_or(0.0, |window| window.from_ms).to_string();
    let span = move || time.shown().get().map_or(1.0, |window| window.span_ms()).to_string();
    let head = move || {
        current_view.with(|current_view| {
            let current_view = current_view.as_ref()?;
            Some(head(current_view.participant()?, start_ms.get()))
        })
    };
    view! {
        <Show when=move || there.get()>
            <section class="person" aria-labelledby="person-title" style:--from=from style:--span=span>
                <Neighbours current_view=current_view />
                {head}
                <QueryFailure failure=failure />
                <Trends current_view=current_view connections=connections marked=marked start_ms=start_ms />
                <Stats current_view=current_view marked=marked start_ms=start_ms />
                <Connections connections=connections />
                <Streams connections=connections current_view=current_view />
            </section>
        </Show>
    }
}

/// The way to whoever comes before and after in the list.
#[component]
fn Neighbours(current_view: Memo<Option<CurrentView>>) -> impl IntoView {
    let analysis = expect_context::<Analysis>();
    let beside = move |step: isize| {
        current_view.with(|current_view| {
            let current_view = current_view.as_ref()?;
            let people = &current_view.overview()?.participants;
            let person = people.get(current_view.participant_index().checked_add_signed(step)?)?;
            Some((person.label().to_owned(), current_view.select_participant(&person.key)))
        })
    };
    let button = move |step: isize, word: &'static str, key: &'static str| {
        let there = Memo::new(move |_| beside(step));
        let label =
            move || there.get().map_or_else(|| word.to_owned(), |(name, _)| format!("{word}: {name}"));
        let go = move || {
            if let Some((_, selection)) = there.get_untracked() {
                analysis.select(selection);
            }
        };
        let pressed = window_event_listener(ev::keydown, move |event| {
            let typing = event.target().is_some_and(|target| takes_text(&target));
            if event.key() == key && !typing && !event.ctrl_key() && !event.meta_key() && !event.alt_key() {
                go();
            }
        });
        on_cleanup(move || pressed.remove());
        view! {
            <button
                class="button small"
                disabled=move || there.with(Option::is_none)
                aria-keyshortcuts=key
                title=move || format!("{} (key {key})", label())
                on:click=move |_| go()
            >
                {word}
            </button>
        }
    };
    view! {
        <p class="neighbours">
            {button(-1, "Previous participant", "[")} {button(1, "Next participant", "]")}
        </p>
    }
}

fn head(person: &Participant, start_ms: f64) -> impl IntoView + use<> {
    let transport = person.transport.as_ref();
    let path =
        transport.and_then(|path| report::joined([path.local.as_deref(), path.remote.as_deref()], " → "));
    view! {
        <h2 id="person-title">{person.label().to_owned()}</h2>
        <dl class="facts">
            <Fact name="Endpoint" text=report::joined([Some(&person.endpoint_ids.join(", "))], "") />
            <Fact name="Client" text=report::joined([report::browser(&person.client).as_deref(), report::system(&person.client).as_deref()], ", ") />
            <Fact name="Application" text=report::application(&person.client) />
            <Fact name="Region" text=person.region.clone() />
            <Fact name="Transport" text=transport.and_then(report::transport) />
            <Fact name="Path" text=path help="The candidate pair that was last selected." />
            <Fact name="Present" text=report::presences(person, start_ms) help="From when to when, after the conference's start." />
            <Fact name="Clock" text=Some(report::clock(&person.clock)) help="How this dump's times were mapped to the conference's." />
        </dl>
    }
}

/// The connections of the participant that is shown.
fn connections(current_view: Memo<Option<CurrentView>>) -> ReadSignal<QueryState<Vec<Connection>>> {
    let watched = watched(current_view);
    use_query(move || {
        let Watched { conference, participant, .. } = watched.get()?;
        Some(query::Connections { conference, participant })
    })
}
