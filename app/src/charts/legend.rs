//! The legend of a chart: its lines and their values under the pointer; a click singles a line out.

use std::sync::Arc;

use leptos::prelude::*;

use super::hover::value_at;
use super::picked::{Choice, Ink, Series};
use super::scale::Scale;
use crate::format;

/// One entry for each line with a colour of its own; the others share one.
#[component]
pub fn Legend(
    /// The format of values.
    scale: Scale,
    /// The chart's lines.
    #[prop(into)]
    series: Signal<Option<Arc<Vec<Series>>>>,
    /// The streams that are shown.
    choice: RwSignal<Choice>,
    /// The time under the pointer, epoch ms.
    #[prop(into)]
    at_ms: Signal<Option<f64>>,
) -> impl IntoView {
    move || {
        let series = series.get()?;
        let others = series.iter().filter(|one| one.ink == Ink::Rest).count();
        let entries = series
            .iter()
            .enumerate()
            .filter(|(_, one)| one.ink != Ink::Rest)
            .map(|(index, one)| entry(scale, &series, index, one, choice, at_ms))
            .collect_view();
        let words = if choice.with_untracked(|choice| choice.single.is_some()) { "others" } else { "more" };
        Some(view! {
            <ul class="legend">
                {entries}
                {(others > 0).then(|| view! {
                    <li class="legend-rest">
                        <span class="swatch series-other" aria-hidden="true"></span>
                        <span class="legend-label">{format!("{others} {words}")}</span>
                    </li>
                })}
            </ul>
        })
    }
}

fn entry(
    scale: Scale,
    series: &Arc<Vec<Series>>,
    index: usize,
    one: &Series,
    choice: RwSignal<Choice>,
    at_ms: Signal<Option<f64>>,
) -> impl IntoView + use<> {
    let lines = Arc::clone(series);
    let value = move || {
        let at_ms = at_ms.get()?;
        let line = lines.get(index)?.line()?;
        let value = value_at(line.times, line.values, at_ms);
        Some(value.map_or_else(|| format::NO_DATA.to_owned(), |value| scale.text(value)))
    };
    let swatch = match one.ink {
        Ink::Color(color) => format!("swatch series-{color}"),
        Ink::Beside => "swatch series-beside".to_owned(),
        Ink::Rest => "swatch series-other".to_owned(),
    };
    let (label, title) = (one.label.clone(), one.title.clone());
    let words = view! {
        <span class=swatch aria-hidden="true"></span>
        <span class="legend-label">{label}</span>
        <span class="legend-value" data-testid="legend-value">{value}</span>
    };
    match one.stream.clone() {
        None => view! { <li title=title>{words}</li> }.into_any(),
        Some(key) => {
            let singled = choice.with_untracked(|choice| choice.single.as_ref() == Some(&key));
            let toggle = move |_| {
                let key = key.clone();
                choice.update(|choice| {
                    choice.single = if choice.single.as_ref() == Some(&key) { None } else { Some(key) };
                });
            };
            view! {
                <li>
                    <button
                        class="legend-entry"
                        title=format!("{title}. Click to single it out in all charts.")
                        aria-pressed=singled.to_string()
                        on:click=toggle
                    >
                        {words}
                    </button>
                </li>
            }
            .into_any()
        }
    }
}
