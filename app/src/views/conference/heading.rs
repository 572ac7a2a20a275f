//! The title of the conference, its facts, and the verdict in sentences.

use analyzer_wasm::report::Conference;
use leptos::ev::Targeted;
use leptos::prelude::*;
use web_sys::{Event, HtmlSelectElement};

use crate::analysis::Analysis;
use crate::components::fact::Fact;
use crate::format;
use crate::format::report;
use crate::shell::browser::zone_minutes;
use crate::state::current_view::CurrentView;

/// The heading, with a choice where several conferences are open.
#[component]
pub fn Heading(
    /// The conference.
    conference_view: CurrentView,
) -> impl IntoView {
    let choice = choice(&conference_view);
    let overview = conference_view.overview()?;
    let conference = &overview.conference;
    // The first sentence describes the call and is dimmed; the one after it is the worst finding.
    let (first, rest) = overview.summary.split_first()?;
    let rest = rest.iter().map(|line| view! { <p>{line.clone()} " "</p> }).collect_view();
    Some(view! {
        <section class="heading">
            <div class="heading-line">
                <h1 data-testid="conference-title">{title(conference)}</h1>
                {choice}
                <dl class="facts">
                    <Fact name="Start" text=conference.start_ms.map(date_and_time) />
                    <Fact name="Duration" text=conference.duration_ms.map(format::duration) />
                    <Fact name="Participants" text=Some(participant_counts(conference)) />
                    <Fact name="Meeting" text=conference.url.clone() />
                    <Fact name="Deployment" text=deployment(conference) />
                </dl>
            </div>
            <div class="summary" data-testid="summary">
                <p class="headline">{first.clone()} " "</p>
                {rest}
            </div>
        </section>
    })
}

fn choice(conference_view: &CurrentView) -> Option<AnyView> {
    let analysis = expect_context::<Analysis>();
    let current = conference_view.conference_index();
    let options = conference_view.conferences().iter().enumerate().map(|(index, overview)| {
        let start = overview.conference.start_ms.map(date_and_time).unwrap_or_default();
        view! { <option selected=index == current>{format!("{} · {start}", title(&overview.conference))}</option> }
    });
    let chosen = conference_view.clone();
    let choose = move |event: Targeted<Event, HtmlSelectElement>| {
        if let Ok(index) = usize::try_from(event.target().selected_index()) {
            // A time window of one conference means nothing in another.
            analysis.look(chosen.select_conference(index), None);
        }
    };
    (conference_view.conferences().len() > 1).then(|| {
        view! {
            <label class="choice">
                {format::counted(conference_view.conferences().len(), "conference")}
                <select data-testid="conference-select" on:change:target=choose>
                    {options.collect_view()}
                </select>
            </label>
        }
        .into_any()
    })
}

fn title(conference: &Conference) -> String {
    conference.room.clone().unwrap_or_else(|| conference.id.clone())
}

fn date_and_time(epoch_ms: f64) -> String {
    let zone = zone_minutes(epoch_ms);
    format!("{} {} {}", format::date(epoch_ms, zone), format::clock(epoch_ms, zone), format::zone(zone))
}

fn participant_counts(conference: &Conference) -> String {
    let (all, peak) = (conference.participant_count, conference.peak_participants);
    if peak > 0 && peak < all { format!("{all}, at most {peak} at the same time") } else { all.to_string() }
}

fn deployment(conference: &Conference) -> Option<String> {
    report::joined(
        [conference.environment.as_deref(), conference.region.as_deref(), conference.shard.as_deref()],
        " · ",
    )
}
