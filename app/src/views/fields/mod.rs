//! A search over all statistics of the selected participant's dumps. A dump is read again when the first search needs it.

pub mod chart;
pub mod results;

use std::sync::Arc;

use analyzer_wasm::query::{FieldMatches, FieldSearch};
use analyzer_wasm::wire::FieldMatch;
use leptos::ev;
use leptos::prelude::*;

use self::chart::FieldChart;
use self::results::Results;
use crate::analysis::Analysis;
use crate::analysis::queries::{QueryState, use_query};
use crate::analysis::workers::DetailState;
use crate::charts::Marked;
use crate::components::query_failure::query_failure;
use crate::format;
use crate::shell::commands::{self, CommandContext};
use crate::shell::instance::Instance;
use crate::state::current_view::{CurrentView, Dump};
use crate::views::participant::context::ParticipantContext;

/// Up to so many matches are listed.
const MOST_MATCHES: u32 = 100;

/// The view; nothing where the participant has no dump.
#[must_use]
pub fn view(context: ParticipantContext) -> AnyView {
    let search = move || {
        context.selected.get()?;
        let dumps = context
            .current_view
            .with_untracked(|current_view| current_view.as_ref().map(CurrentView::dumps).unwrap_or_default());
        (!dumps.is_empty())
            .then(|| view! { <Search dumps=dumps marked=context.marked start_ms=context.start_ms /> })
    };
    search.into_any()
}

#[component]
fn Search(dumps: Vec<Dump>, marked: Memo<Arc<Vec<Marked>>>, start_ms: Memo<f64>) -> impl IntoView {
    let analysis = expect_context::<Analysis>();
    let input = expect_context::<CommandContext>().field_search;
    let title = Instance::expect().id("statistics-title");
    let query = RwSignal::new(String::new());
    let chosen = RwSignal::new(0_usize);
    let state = RwSignal::new(DetailState::default());
    let pinned = RwSignal::new(Vec::<(u32, FieldMatch)>::new());
    let names: Vec<String> = dumps.iter().map(|dump| dump.name.clone()).collect();
    let dumps = StoredValue::new(dumps);
    let dump = Memo::new(move |_| dumps.with_value(|dumps| dumps.get(chosen.get()).cloned()));

    // Another dump may be read already.
    Effect::new(move || {
        if let Some(dump) = dump.get() {
            analysis.watch_detail(dump.number, state);
        }
    });
    let open = move || {
        if let Some(dump) = dump.get_untracked() {
            analysis.open_detail(dump.number, dump.offset_ms, state);
        }
    };
    let searches = Memo::new(move |_| query.with(|query| !query.trim().is_empty()));
    Effect::new(move || {
        dump.track();
        if searches.get() && state.with(|state| *state == DetailState::Closed) {
            open();
        }
    });
    let found = use_query(move || {
        let ready = state.with(|state| matches!(state, DetailState::Ready { .. }));
        let dump = dump.get().filter(|_| ready && searches.get())?;
        Some(FieldSearch { file: dump.number, words: query.get(), limit: MOST_MATCHES })
    });

    let choice = (names.len() > 1).then(|| {
        let pick = move |event: ev::Targeted<web_sys::Event, web_sys::HtmlSelectElement>| {
            chosen.set(usize::try_from(event.target().selected_index()).unwrap_or_default());
        };
        let options = names.into_iter().map(|name| view! { <option>{name}</option> }).collect_view();
        view! {
            <label class="choice">"Dump" <select data-testid="stats-dump" on:change:target=pick>{options}</select></label>
        }
    });
    let number = move || dump.get().map(|dump| dump.number);
    view! {
        <section class="stats" aria-labelledby=title.clone()>
            <h3 id=title.clone()>"All statistics"</h3>
            <div class="stats-bar">
                <input
                    type="search"
                    class="stats-input"
                    data-testid="stats-search"
                    aria-labelledby=title.clone()
                    aria-keyshortcuts=commands::shortcut("search-fields")
                    placeholder="Search every field of this dump: inbound-rtp jitter, qpSum, candidate-pair …"
                    autocomplete="off"
                    spellcheck="false"
                    node_ref=input
                    on:input:target=move |event| query.set(event.target().value())
                />
                {choice}
                <State state=state found=found on_cancel=move || {
                    if let Some(dump) = dump.get_untracked() {
                        query.set(String::new());
                        if let Some(input) = input.get_untracked() {
                            input.set_value("");
                        }
                        analysis.close_detail(dump.number);
                    }
                } on_again=open />
            </div>
            {query_failure(found)}
            <Results number=Signal::derive(number) found=found pinned=pinned />
            <div class="charts">
                <For each=move || pinned.get() key=|(file, field)| (*file, field.field) let((file, field))>
                    <FieldChart file=file field=field pinned=pinned marked=marked start_ms=start_ms />
                </For>
            </div>
        </section>
    }
}

/// The state of the dump, and what can be done about it.
#[component]
fn State(
    state: RwSignal<DetailState>,
    found: ReadSignal<QueryState<FieldMatches>>,
    #[prop(into)] on_cancel: Callback<()>,
    #[prop(into)] on_again: Callback<()>,
) -> impl IntoView {
    let text = move || match state.get() {
        DetailState::Closed => view! { "The dump is read again for the first search." }.into_any(),
        DetailState::Reading { bytes, size } => view! {
            {format!("Reading the dump again: {} of {} ", format::bytes(bytes), format::bytes(size))}
            <button class="button small" on:click=move |_| on_cancel.run(())>"Cancel"</button>
        }
        .into_any(),
        DetailState::Ready { fields, cut } => {
            let all = format::counted(fields as usize, "field");
            let matching = found.with(|found| {
                let found = found.latest()?;
                let (total, shown) = (found.total as usize, found.matches.len());
                let listed =
                    if shown < total { format!(", the best {shown} are listed") } else { String::new() };
                Some(format!("{} of {all} match{listed}", format::count(total as u64)))
            });
            let cut = if cut { "; the dump has more values than can be kept" } else { "" };
            view! { {format!("{}{cut}.", matching.unwrap_or(all))} }.into_any()
        }
        DetailState::Failed(failure) => view! {
            <span class="stats-failure" role="alert" data-testid="stats-error">
                {format!("{}: {}. {} ", failure.file, failure.title, failure.hint)}
            </span>
            <button class="button small" on:click=move |_| on_again.run(())>"Read again"</button>
        }
        .into_any(),
    };
    view! { <p class="stats-state" data-testid="stats-state" aria-live="polite">{text}</p> }
}
