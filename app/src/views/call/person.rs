//! One participant in detail: who it was, charts, connections and streams.

use analyzer_wasm::report::Participant;
use leptos::prelude::*;

use super::connections::Connections;
use super::streams::Streams;
use super::trends::Trends;
use super::words;
use crate::components::fact::Fact;
use crate::state::sight::Sight;

/// The participant that is looked at.
#[component]
pub fn Person(
    /// What is looked at.
    sight: Memo<Option<Sight>>,
) -> impl IntoView {
    let there =
        Memo::new(move |_| sight.with(|sight| sight.as_ref().is_some_and(|one| one.participant().is_some())));
    let head = move || sight.with(|sight| sight.as_ref()?.participant().map(head));
    view! {
        <Show when=move || there.get()>
            <section class="person" aria-labelledby="person-title">
                {head}
                <Trends sight=sight />
                <Connections sight=sight />
                <Streams sight=sight />
            </section>
        </Show>
    }
}

fn head(person: &Participant) -> impl IntoView + use<> {
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
            <Fact name="Clock" text=Some(words::clock(&person.clock)) help="How this dump's times were mapped to the conference's." />
        </dl>
    }
}
