//! The selected participant: who it is, and its charts.

pub mod chart_tools;
pub mod charts;
pub mod context;

use analyzer_wasm::report::Participant;
use leptos::prelude::*;

use self::charts::ParticipantCharts;
use self::context::ParticipantContext;
use crate::components::fact::Fact;
use crate::format::report;
use crate::shell::commands::{self, CommandContext};
use crate::shell::instance::Instance;

/// The view.
#[must_use]
pub fn view(context: ParticipantContext) -> AnyView {
    let title = Instance::expect().id("participant-title");
    let heading = move || {
        context.current_view.with(|current_view| {
            let participant = current_view.as_ref()?.participant()?;
            Some(heading(participant, context.start_ms.get(), title.clone()))
        })
    };
    view! {
        <Neighbors />
        {heading}
        <ParticipantCharts context=context />
    }
    .into_any()
}

/// Buttons that select the previous and the next participant of the list.
#[component]
fn Neighbors() -> impl IntoView {
    let context = expect_context::<CommandContext>();
    let button = move |step: isize, command: &'static str, text: &'static str| {
        let neighbor = Memo::new(move |_| {
            let label = |current_view: &crate::state::current_view::CurrentView| {
                Some(current_view.neighbor(step)?.label().to_owned())
            };
            context.current_view.with(|current_view| label(current_view.as_ref()?))
        });
        let key = commands::shortcut(command);
        let title = move || {
            let name = neighbor.get().map(|name| format!(": {name}")).unwrap_or_default();
            format!("{text}{name} (key {key})")
        };
        view! {
            <button
                class="button small"
                disabled=move || neighbor.with(Option::is_none)
                aria-keyshortcuts=key
                title=title
                on:click=move |_| {
                    commands::select_neighbor(context, step);
                }
            >
                {text}
            </button>
        }
    };
    view! {
        <p class="neighbors">
            {button(-1, "previous-participant", "Previous participant")}
            {button(1, "next-participant", "Next participant")}
        </p>
    }
}

fn heading(participant: &Participant, start_ms: f64, id: String) -> impl IntoView + use<> {
    let transport = participant.transport.as_ref();
    let path =
        transport.and_then(|path| report::joined([path.local.as_deref(), path.remote.as_deref()], " → "));
    let client = &participant.client;
    let client_text =
        report::joined([report::browser(client).as_deref(), report::system(client).as_deref()], ", ");
    view! {
        <h2 id=id>{participant.label().to_owned()}</h2>
        <dl class="facts">
            <Fact name="Endpoint" text=report::joined([Some(&participant.endpoint_ids.join(", "))], "") />
            <Fact name="Client" text=client_text />
            <Fact name="Application" text=report::application(client) />
            <Fact name="Region" text=participant.region.clone() />
            <Fact name="Transport" text=transport.and_then(report::transport) />
            <Fact name="Path" text=path help="The candidate pair that was selected last: local, then remote." />
            <Fact name="Present" text=report::presences(participant, start_ms) help="From when to when, counted from the start of the conference." />
            <Fact name="Clock" text=Some(report::clock(&participant.clock)) help="How the times of this dump were mapped to the clock of the conference." />
        </dl>
    }
}
