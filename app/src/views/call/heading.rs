//! What call it is: its name, its time, and the verdict in words.

use analyzer_wasm::report::Conference;
use leptos::ev::Targeted;
use leptos::prelude::*;
use web_sys::{Event, HtmlSelectElement};

use super::words;
use crate::browser::zone_minutes;
use crate::components::fact::Fact;
use crate::format;
use crate::session::Session;
use crate::state::sight::Sight;

/// The heading, with a choice where there are several conferences.
#[component]
pub fn Heading(
    /// What is looked at.
    sight: Memo<Option<Sight>>,
) -> impl IntoView {
    let heading = move || {
        sight.with(|sight| {
            let overview = sight.as_ref()?.overview()?;
            let conference = &overview.conference;
            Some(view! {
                <h1 data-testid="conference-title">{title(conference)}</h1>
                <dl class="facts">
                    <Fact name="Start" text=conference.start_ms.map(moment) />
                    <Fact name="Duration" text=conference.duration_ms.map(format::duration) />
                    <Fact name="Participants" text=Some(people(conference)) />
                    <Fact name="Meeting" text=conference.url.clone() />
                    <Fact name="Deployment" text=deployment(conference) />
                </dl>
                <div class="summary" data-testid="summary">
                    {overview.summary.iter().map(|line| view! { <p>{line.clone()}</p> }).collect_view()}
                </div>
            })
        })
    };
    view! {
        <section class="heading">
            <Choice sight=sight />
            {heading}
        </section>
    }
}

#[component]
fn Choice(sight: Memo<Option<Sight>>) -> impl IntoView {
    let session = expect_context::<Session>();
    let choose = move |event: Targeted<Event, HtmlSelectElement>| {
        let index = event.target().selected_index();
        if let (Some(sight), Ok(index)) = (sight.get_untracked(), usize::try_from(index)) {
            session.select(sight.select_conference(index));
        }
    };
    let options = move || {
        let sight = sight.get().filter(|sight| sight.conferences().len() > 1)?;
        let current = sight.conference_index();
        let options = sight.conferences().iter().enumerate().map(|(index, overview)| {
            let start = overview.conference.start_ms.map(moment).unwrap_or_default();
            view! { <option selected=index == current>{format!("{} · {start}", title(&overview.conference))}</option> }
        });
        Some(view! {
            <label class="choice">
                {format::counted(sight.conferences().len(), "conference")}
                <select data-testid="conference-select" on:change:target=choose>
                    {options.collect_view()}
                </select>
            </label>
        })
    };
    view! { {options} }
}

fn title(conference: &Conference) -> String {
    conference.room.clone().unwrap_or_else(|| conference.id.clone())
}

fn moment(epoch_ms: f64) -> String {
    let zone = zone_minutes(epoch_ms);
    format!("{} {} {}", format::date(epoch_ms, zone), format::clock(epoch_ms, zone), format::zone(zone))
}

fn people(conference: &Conference) -> String {
    let (all, peak) = (conference.participant_count, conference.peak_participants);
    if peak > 0 && peak < all { format!("{all}, at most {peak} at a time") } else { all.to_string() }
}

fn deployment(conference: &Conference) -> Option<String> {
    words::joined(
        [conference.environment.as_deref(), conference.region.as_deref(), conference.shard.as_deref()],
        " · ",
    )
}
