//! One participant in detail: who it was, charts, connections and streams.

use std::sync::Arc;

use analyzer_wasm::report::{Connection, Participant};
use leptos::ev;
use leptos::prelude::*;

use super::connections::Connections;
use super::stats::Stats;
use super::streams::Streams;
use super::trends::Trends;
use super::watched::watched;
use super::words;
use crate::analysis::Analysis;
use crate::browser::takes_text;
use crate::charts::marked;
use crate::components::fact::Fact;
use crate::components::time_control::TimeControl;
use crate::state::sight::Sight;

/// The participant that is looked at.
#[component]
pub fn Person(
    /// What is looked at.
    sight: Memo<Option<Sight>>,
) -> impl IntoView {
    let there =
        Memo::new(move |_| sight.with(|sight| sight.as_ref().is_some_and(|one| one.participant().is_some())));
    let connections = connections(sight);
    let marked =
        Memo::new(move |_| Arc::new(sight.with(|sight| sight.as_ref().map(marked).unwrap_or_default())));
    let start_ms = Memo::new(move |_| {
        sight.with(|sight| sight.as_ref()?.overview()?.conference.start_ms).unwrap_or_default()
    });
    // Everything that lies over time follows these two.
    let time = expect_context::<TimeControl>();
    let from = move || time.shown().get().map_or(0.0, |window| window.from_ms).to_string();
    let span = move || time.shown().get().map_or(1.0, |window| window.span_ms()).to_string();
    let head = move || {
        sight.with(|sight| {
            let sight = sight.as_ref()?;
            Some(head(sight.participant()?, start_ms.get()))
        })
    };
    view! {
        <Show when=move || there.get()>
            <section class="person" aria-labelledby="person-title" style:--from=from style:--span=span>
                <Neighbours sight=sight />
                {head}
                <Trends sight=sight connections=connections marked=marked start_ms=start_ms />
                <Stats sight=sight marked=marked start_ms=start_ms />
                <Connections connections=connections />
                <Streams connections=connections sight=sight />
            </section>
        </Show>
    }
}

/// The way to whoever comes before and after in the list.
#[component]
fn Neighbours(sight: Memo<Option<Sight>>) -> impl IntoView {
    let analysis = expect_context::<Analysis>();
    let beside = move |step: isize| {
        sight.with(|sight| {
            let sight = sight.as_ref()?;
            let people = &sight.overview()?.participants;
            let person = people.get(sight.participant_index().checked_add_signed(step)?)?;
            Some((person.label().to_owned(), sight.select_participant(&person.key)))
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
        transport.and_then(|path| words::joined([path.local.as_deref(), path.remote.as_deref()], " → "));
    view! {
        <h2 id="person-title">{person.label().to_owned()}</h2>
        <dl class="facts">
            <Fact name="Endpoint" text=words::joined([Some(&person.endpoint_ids.join(", "))], "") />
            <Fact name="Client" text=words::joined([words::browser(&person.client).as_deref(), words::system(&person.client).as_deref()], ", ") />
            <Fact name="Application" text=words::application(&person.client) />
            <Fact name="Region" text=person.region.clone() />
            <Fact name="Transport" text=transport.and_then(words::transport) />
            <Fact name="Path" text=path help="The candidate pair that was last selected." />
            <Fact name="Present" text=words::presences(person, start_ms) help="From when to when, after the conference's start." />
            <Fact name="Clock" text=Some(words::clock(&person.clock)) help="How this dump's times were mapped to the conference's." />
        </dl>
    }
}

/// Asks for the connections of whoever is looked at.
fn connections(sight: Memo<Option<Sight>>) -> RwSignal<Option<Arc<Vec<Connection>>>> {
    let analysis = expect_context::<Analysis>();
    let answer = RwSignal::new(None);
    let pending = StoredValue::new(None);
    let forget = move || {
        if let Some(request) = pending.try_update_value(Option::take).flatten() {
            analysis.forget(request);
        }
    };
    let who = watched(sight);
    Effect::new(move || {
        forget();
        if let Some(who) = who.get() {
            pending.set_value(Some(analysis.ask_connections(who.conference, who.participant, answer)));
        }
    });
    on_cleanup(forget);
    answer
}
