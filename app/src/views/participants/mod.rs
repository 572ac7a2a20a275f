//! Everybody in the call, with their numbers and how these went over the call.

mod columns;
pub mod order;

use std::sync::Arc;

use analyzer_wasm::report::Participant;
use analyzer_wasm::wire::Trend;
use leptos::prelude::*;

use self::columns::{COLUMNS, Column, begins_group, groups};
use self::order::Order;
use crate::analysis::Analysis;
use crate::components::fact::Value;
use crate::components::finding_counts::{is_current, tally};
use crate::components::growing::Growing;
use crate::components::sparkline::{Sparkline, largest};
use crate::format::{quantity, report};
use crate::state::current_view::CurrentView;
use crate::state::sorting::Sorting;

/// The table; a click on a row shows that participant below.
#[component]
pub fn Participants(
    /// The conference, whoever is looked at.
    conference_view: CurrentView,
    /// What is looked at.
    current_view: Memo<Option<CurrentView>>,
    /// Who comes first.
    order: Order,
) -> impl IntoView {
    let selected = Memo::new(move |_| {
        current_view.with(|current_view| Some(current_view.as_ref()?.participant()?.key.clone()))
    });
    let count = conference_view.overview().map_or(0, |overview| overview.participants.len());
    let growing = Growing::new(count);
    let scales = Arc::new(scales(&conference_view, count));
    let rows = growing.entries(
        order.places,
        Arc::new(move |place| row(&conference_view, place, order, &scales, selected).into_any()),
    );
    let worst_first = Signal::derive(move || order.sorting.with(Option::is_none).then_some("descending"));
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
                            <th scope="col" aria-sort=worst_first title="Their findings by severity; worst first.">
                                <button class="sorter" on:click=move |_| order.sorting.set(None)>"Findings"</button>
                            </th>
                            <th scope="col" title="Browser and system, from the user agent, and the region they were placed in.">"Client"</th>
                            {COLUMNS.iter().enumerate().map(|(index, column)| header(index, column, order.sorting)).collect_view()}
                            <th scope="col" title="Direct or through a relay (TURN), and the protocol of the first hop (candidate-pair, local-candidate.relayProtocol).">"Transport"</th>
                        </tr>
                    </thead>
                    <tbody>
                        {rows}
                    </tbody>
                </table>
                {growing.button("participant")}
                {(count == 0).then(|| view! { <p class="nobody">"None of these dumps is a participant's own."</p> })}
            </div>
        </section>
    }
}

/// What the top of each trend's sparklines is worth: the largest value of anybody.
fn scales(conference_view: &CurrentView, count: usize) -> [f32; Trend::ALL.len()] {
    Trend::ALL.map(|trend| {
        (0..count).filter_map(|place| largest(conference_view.trend(place, trend))).fold(0.0, f32::max)
    })
}

fn header(index: usize, column: &'static Column, sorting: RwSignal<Option<Sorting>>) -> AnyView {
    let order = Signal::derive(move || match sorting.get() {
        Some(Sorting { column, descending: true }) if column == index => Some("descending"),
        Some(Sorting { column, descending: false }) if column == index => Some("ascending"),
        _ => None,
    });
    view! {
        <th scope="col" class="number" class:edge=begins_group(index) title=column.help() aria-sort=order>
            <button
                class="sorter"
                on:click=move |_| sorting.update(|sorting| *sorting = Sorting::clicked(*sorting, index))
            >
                {column.title()}
                <span class="unit">{quantity::unit(column.quantity)}</span>
            </button>
        </th>
    }
    .into_any()
}

fn row(
    conference_view: &CurrentView,
    place: usize,
    order: Order,
    scales: &[f32; Trend::ALL.len()],
    selected: Memo<Option<String>>,
) -> Option<AnyView> {
    let analysis = expect_context::<Analysis>();
    let person = conference_view.overview()?.participants.get(place)?;
    let key = person.key.clone();
    let wanted = conference_view.select_participant(&key);
    let current = is_current(selected, key);
    let called = person.label().to_owned();
    let endpoint = report::endpoint(person).to_owned();
    let second = (endpoint != called).then(|| view! { <span class="id">{endpoint.clone()}</span> });
    let counts = order
        .finding_counts
        .with_value(|finding_counts| finding_counts.get(place).copied())
        .unwrap_or_default();
    let whereabouts =
        report::joined([report::system(&person.client).as_deref(), person.region.as_deref()], " · ");
    let numbers: Vec<AnyView> =
        COLUMNS.iter().map(|column| cell(conference_view, place, person, column, scales)).collect();
    Some(view! {
        <tr
            data-testid="participant-row"
            data-endpoint=endpoint
            data-name=called.clone()
            aria-current=current
            on:click=move |_| analysis.select(wanted.clone())
        >
            <th scope="row" class="who">
                <button class="row-button">{called.clone()}</button>
                {second}
            </th>
            <td>{tally(counts)}</td>
            <td class="client">
                <Value text=report::browser(&person.client) />
                <span class="second" title=whereabouts.clone()>{whereabouts.clone()}</span>
            </td>
            {numbers}
            <td>
                <Value text=person.transport.as_ref().and_then(|path| path.kind.clone()) />
                <span class="second">{person.transport.as_ref().and_then(|path| path.protocol.clone())}</span>
            </td>
        </tr>
    }
    .into_any())
}

/// A number, and below it how it went over the call where that is known.
fn cell(
    conference_view: &CurrentView,
    place: usize,
    person: &Participant,
    column: &'static Column,
    scales: &[f32; Trend::ALL.len()],
) -> AnyView {
    let number =
        view! { <Value text=(column.value)(person).map(|value| quantity::number(column.quantity, value)) /> };
    let spark = column.trend.and_then(|trend| {
        let values = conference_view.trend(place, trend);
        let scale = Trend::ALL.iter().position(|one| *one == trend).and_then(|at| scales.get(at)).copied()?;
        let told = |value: f32| quantity::trend(trend, f64::from(value));
        let title = format!(
            "{} over the call: at most {}; the top of this column is {}",
            column.title(),
            told(largest(values)?),
            told(scale)
        );
        Some(view! { <Sparkline values=values.to_vec() max=scale title=title /> })
    });
    view! { <td class="number">{number} {spark}</td> }.into_any()
}
