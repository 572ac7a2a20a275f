//! Everybody in the call, with their numbers.

use analyzer_wasm::report::Participant;
use leptos::prelude::*;

use super::columns::{COLUMNS, Column, begins_group, groups};
use super::words;
use crate::components::fact::Value;
use crate::session::Session;
use crate::state::sight::Sight;
use crate::state::sorting::Sorting;

/// The table; a click on a row shows that participant below.
#[component]
pub fn Participants(
    /// What is looked at.
    sight: Memo<Option<Sight>>,
) -> impl IntoView {
    let sorting = RwSignal::new(None);
    // Rows are built anew for another conference or order, not for another selection.
    let conference = Memo::new(move |_| {
        sight.with(|sight| sight.as_ref().map(|sight| sight.select_conference(sight.conference_index())))
    });
    let session = expect_context::<Session>();
    let call = session.call();
    let selected = Memo::new(move |_| sight.with(|sight| Some(sight.as_ref()?.participant()?.key.clone())));
    let rows = move || {
        let sight = Sight::new(call.get()?, &conference.get()?);
        let mut people: Vec<&Participant> = sight.overview()?.participants.iter().collect();
        if let Some((sorting, column)) = sorting.get().and_then(chosen) {
            people.sort_by(|left, right| sorting.compare((column.value)(left), (column.value)(right)));
        }
        Some(people.into_iter().map(|person| row(person, session, sight.clone(), selected)).collect_view())
    };
    view! {
        <section aria-labelledby="participants-title">
            <h2 id="participants-title">"Participants"</h2>
            <div class="scroller" tabindex="0" role="group" aria-labelledby="participants-title">
                <table class="people">
                    <thead>
                        <tr class="groups">
                            <td colspan="3"></td>
                            {groups()
                                .into_iter()
                                .map(|(group, span)| view! { <th scope="colgroup" colspan=span.to_string()>{group}</th> })
                                .collect_view()}
                            <td></td>
                        </tr>
                        <tr>
                            <th scope="col" title="Their name, else the id that Jitsi made up for its statistics, with the endpoint id.">"Name"</th>
                            <th scope="col" title="Browser and system, from the user agent.">"Client"</th>
                            <th scope="col" title="The application's version, from its own log, and the region it was placed in.">"App, region"</th>
                            {COLUMNS.iter().enumerate().map(|(index, column)| header(index, column, sorting)).collect_view()}
                            <th scope="col" title="Direct or through a relay (TURN), and the protocol of the first hop (candidate-pair, local-candidate.relayProtocol).">"Transport"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                <p class="nobody" hidden=move || selected.with(Option::is_some)>
                    "None of these dumps is a participant's own."
                </p>
            </div>
        </section>
    }
}

fn chosen(sorting: Sorting) -> Option<(Sorting, &'static Column)> {
    Some((sorting, COLUMNS.get(sorting.column)?))
}

fn header(index: usize, column: &'static Column, sorting: RwSignal<Option<Sorting>>) -> impl IntoView {
    let order = move || match sorting.get() {
        Some(Sorting { column, descending }) if column == index => {
            if descending {
                "descending"
            } else {
                "ascending"
            }
        }
        _ => "none",
    };
    view! {
        <th scope="col" class="number" class:edge=begins_group(index) title=column.help aria-sort=order>
            <button
                class="sorter"
                on:click=move |_| sorting.update(|sorting| *sorting = Sorting::clicked(*sorting, index))
            >
                {column.title}
                <span class="unit">{column.unit}</span>
            </button>
        </th>
    }
}

fn row(
    person: &Participant,
    session: Session,
    sight: Sight,
    selected: Memo<Option<String>>,
) -> impl IntoView + use<> {
    let key = person.key.clone();
    let wanted = sight.select_participant(&key);
    let current = Memo::new(move |_| selected.with(|selected| selected.as_deref() == Some(&*key)));
    let called = person.label().to_owned();
    let endpoint = words::endpoint(person).to_owned();
    let second = (endpoint != called).then(|| view! { <span class="id">{endpoint.clone()}</span> });
    let numbers = COLUMNS
        .iter()
        .map(
            |column| view! { <td class="number"><Value text=(column.value)(person).map(column.text) /></td> },
        )
        .collect_view();
    view! {
        <tr
            data-testid="participant-row"
            data-endpoint=endpoint
            data-name=called.clone()
            aria-current=move || current.get().then_some("true")
            on:click=move |_| session.select(wanted.clone())
        >
            <th scope="row" class="who">
                <button class="row-button">{called.clone()}</button>
                {second}
            </th>
            <td>
                <Value text=words::browser(&person.client) />
                <span class="second">{words::system(&person.client)}</span>
            </td>
            <td>
                <Value text=words::application(&person.client) />
                <span class="second">{person.region.clone()}</span>
            </td>
            {numbers}
            <td><Value text=person.transport.as_ref().and_then(words::transport) /></td>
        </tr>
    }
}
