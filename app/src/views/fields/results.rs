//! The fields that a search found, each with a button that shows its chart.

use analyzer_wasm::query::FieldMatches;
use analyzer_wasm::wire::FieldMatch;
use leptos::prelude::*;

use crate::analysis::queries::QueryState;
use crate::format;

/// A row for each field.
#[component]
pub fn Results(
    /// The number of the dump.
    number: Signal<Option<u32>>,
    /// The result of the search.
    found: ReadSignal<QueryState<FieldMatches>>,
    /// The fields that have a chart: the number of the dump and the field.
    pinned: RwSignal<Vec<(u32, FieldMatch)>>,
) -> impl IntoView {
    let rows = move || {
        let (found, number) = (found.with(|found| found.latest().cloned())?, number.get()?);
        let rows = found.matches.iter().map(|field| row(number, field.clone(), pinned)).collect_view();
        Some(view! {
            <div class="scroller stats-results" tabindex="0" role="group" aria-label="Fields found">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Field"</th>
                            <th scope="col">"Report"</th>
                            <th scope="col">"Connection"</th>
                            <th scope="col" class="number">"Values"</th>
                            <th scope="col" class="number">"Minimum"</th>
                            <th scope="col" class="number">"Maximum"</th>
                            <th scope="col" class="number">"Last"</th>
                            <th scope="col">"Unit"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        })
    };
    view! { {rows} }
}

fn row(number: u32, field: FieldMatch, pinned: RwSignal<Vec<(u32, FieldMatch)>>) -> impl IntoView {
    let id = field.field;
    let is_pinned =
        move || pinned.with(|pinned| pinned.iter().any(|(file, one)| (*file, one.field) == (number, id)));
    let name = format!("{}.{}", field.kind, field.name);
    let (report, connection) = (field.report.clone(), field.connection.clone());
    let values = [field.min, field.max, field.last]
        .map(|value| view! { <td class="number">{format::plain(value)}</td> });
    let (points, unit) = (format::count(u64::from(field.points)), field.unit.clone());
    let toggle = move |_| {
        pinned.update(|pinned| {
            match pinned.iter().position(|(file, one)| (*file, one.field) == (number, id)) {
                Some(at) => drop(pinned.remove(at)),
                None => pinned.push((number, field.clone())),
            }
        });
    };
    view! {
        <tr>
            <th scope="row">
                <button
                    class="row-button stats-result"
                    data-testid="stats-result"
                    data-report=report.clone()
                    data-name=name.clone()
                    aria-pressed=move || is_pinned().to_string()
                    title="Shows or hides its chart below."
                    on:click=toggle
                >
                    {name.clone()}
                </button>
            </th>
            <td class="id">{report}</td>
            <td>{connection}</td>
            <td class="number">{points}</td>
            {values.into_iter().collect_view()}
            <td>{unit}</td>
        </tr>
    }
}
