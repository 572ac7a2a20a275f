//! The page as a whole: what is shown when.

use leptos::ev;
use leptos::prelude::*;

use super::notices::Notices;
use super::open_call::OpenCall;
use super::top_bar::TopBar;
use crate::analysis::Analysis;
use crate::analysis::workers;
use crate::shell::browser::when_idle;
use crate::shell::drop_area::DropArea;
use crate::shell::theme::watch_theme;
use crate::views::conference::sample_notice::SampleNotice;
use crate::views::home::Home;
use crate::views::loading::Loading;

/// The page.
#[component]
pub fn App() -> impl IntoView {
    let analysis = Analysis::new();
    provide_context(analysis);
    provide_context(watch_theme());
    // Going back and forth moves the selection.
    let on_pop = window_event_listener(ev::popstate, move |_| analysis.follow_address());
    let on_hash = window_event_listener(ev::hashchange, move |_| analysis.follow_address());
    on_cleanup(move || {
        on_pop.remove();
        on_hash.remove();
    });

    // The first files need not wait for the analyzer then.
    when_idle(workers::prepare);
    if analysis.selection.with_untracked(|selection| selection.sample) {
        analysis.open_sample();
    }

    let call = analysis.call();
    let empty = Memo::new(move |_| analysis.is_empty());
    view! {
        <DropArea on_files=move |picked| analysis.open(picked)>
            <TopBar />
            <main class="main">
                <Notices />
                <Loading />
                <Show when=move || empty.get()>
                    <Home />
                </Show>
                <Show when=move || call.with(Option::is_some)>
                    <SampleNotice />
                    <OpenCall />
                </Show>
            </main>
        </DropArea>
    }
}
