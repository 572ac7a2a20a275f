//! The table of participants, with their numbers and the course of these over the call.

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
use crate::shell::instance::Instance;
use crate::state::current_view::CurrentView;
use crate::state::sorting::Sorting;
use crate::views::ConferenceContext;

/// The view.
#[must_use]
pub fn view(context: ConferenceContext) -> AnyView {
    let ConferenceContext { conference, current_view, order } = context;
    view! { <Participants conference_view=conference current_view=current_view order=order /> }.into_any()
}

/// The table; a click on a row selects the participant, which is shown below.
#[component]
pub fn Participants(
    /// The conference.
    conference_view: CurrentView,
    /// What is selected.
    current_view: Memo<Option<CurrentView>>,
    /// The order of the participants.
    order: Order,
) -> impl IntoView {
    let selected = Memo::new(move |_| {
        current_view.with(|current_view| Some(current_view.as_ref()?.participant()?.key.clone()))
    });
    let count = conference_view.overview().map_or(0, |overview| overview.participants.len());
    let growing = Growing::new(count);
    let scales = Arc::new(scales(&conference_view, count));
    let rows = growing.entries(
        order.indices,
        Arc::new(move |index| row(&conference_view, index, order, &scales, selected).into_any()),
    );
    let worst_first = Signal::derive(move || order.sorting.with(Option::is_none).then_some("descending"));
    let title = Instance::expect().id("participants-title");
    view! {
        <section aria-labelledby=title.clone()>
            <h2 id=title.clone()>"Participants"</h2>
            <div class="scroller" tabindex="0" role="group" aria-labelledby=title.clone()>
                <table class="participants">
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
                            <th scope="col" title="The participant's name, else its stats id, with the endpoint id.">"Name"</th>
                            <th scope="col" aria-sort=worst_first title="Findings by severity. Sorts by them, most severe first.">
                                <button class="sorter" on:click=move |_| order.sorting.set(None)>"Findings"</button>
                            </th>
                            <th scope="col" title="Browser and operating system, from the user agent, and the region of the deployment.">"Client"</th>
                            {COLUMNS.iter().enumerate().map(|(index, column)| header(index, column, order.sorting)).collect_view()}
                            <th scope="col" title="Direct or relayed by TURN, and the transport protocol of the first hop (candidate-pair, local-candidate.relayProtocol).">"Transport"</th>
                        </tr>
                    </thead>
                    <tbody>
                        {rows}
                    </tbody>
                </table>
                {growing.button("participant")}
                {(count == 0).then(|| view! { <p class="empty-table">"None of these files is the dump of a participant."</p> })}
            </div>
        </section>
    }
}

/// The value at the top of each trend's sparklines: the largest of all participants.
fn scales(conference_view: &CurrentView, count: usize) -> [f32; Trend::ALL.len()] {
    Trend::ALL.map(|trend| {
        (0..count).filter_map(|index| largest(conference_view.trend(index, trend))).fold(0.0, f32::max)
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
    index: usize,
    order: Order,
    scales: &[f32; Trend::ALL.len()],
    selected: Memo<Option<String>>,
) -> Option<AnyView> {
    let analysis = expect_context::<Analysis>();
    let participant = conference_view.overview()?.participants.get(index)?;
    let key = participant.key.clone();
    let selection = conference_view.select_participant(&key);
    let current = is_current(selected, key);
    let name = participant.label().to_owned();
    let endpoint = report::endpoint(participant).to_owned();
    let second = (endpoint != name).then(|| view! { <span class="id">{endpoint.clone()}</span> });
    let counts = order
        .finding_counts
        .with_value(|finding_counts| finding_counts.get(index).copied())
        .unwrap_or_default();
    let system = report::joined(
        [report::system(&participant.client).as_deref(), participant.region.as_deref()],
        " · ",
    );
    let numbers: Vec<AnyView> =
        COLUMNS.iter().map(|column| cell(conference_view, index, participant, column, scales)).collect();
    Some(view! {
        <tr
            data-testid="participant-row"
            data-endpoint=endpoint
            data-name=name.clone()
            aria-current=current
            on:click=move |_| analysis.select(selection.clone())
        >
            <th scope="row" class="name">
                <button class="row-button">{name.clone()}</button>
                {second}
            </th>
            <td>{tally(counts)}</td>
            <td class="client">
                <Value text=report::browser(&participant.client) />
                <span class="second" title=system.clone()>{system.clone()}</span>
            </td>
            {numbers}
            <td>
                <Value text=participant.transport.as_ref().and_then(|path| path.kind.clone()) />
                <span class="second">{participant.transport.as_ref().and_then(|path| path.protocol.clone())}</span>
            </td>
        </tr>
    }
    .into_any())
}

/// A number, and below it its course over the call where that is known.
fn cell(
    conference_view: &CurrentView,
    index: usize,
    participant: &Participant,
    column: &'static Column,
    scales: &[f32; Trend::ALL.len()],
) -> AnyView {
    let number = view! { <Value text=(column.value)(participant).map(|value| quantity::number(column.quantity, value)) /> };
    let spark = column.trend.and_then(|trend| {
        let values = conference_view.trend(index, trend);
        let scale = Trend::ALL.iter().position(|one| *one == trend).and_then(|at| scales.get(at)).copied()?;
        let text = |value: f32| quantity::trend(trend, f64::from(value));
        let title = format!(
            "{} over the call: at most {}; full height is {}",
            column.title(),
            text(largest(values)?),
            text(scale)
        );
        Some(view! { <Sparkline values=values.to_vec() max=scale title=title /> })
    });
    view! { <td class="number">{number} {spark}</td> }.into_any()
}
