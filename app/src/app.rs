//! The page as a whole: what is shown when.

use leptos::ev;
use leptos::prelude::*;

use crate::analysis::Analysis;
use crate::analysis::workers;
use crate::browser::{watch_theme, when_idle};
use crate::components::drop_area::DropArea;
use crate::views::call::CallView;
use crate::views::home::Home;
use crate::views::notices::Notices;
use crate::views::reading::Reading;
use crate::views::sample_mark::SampleMark;
use crate::views::top_bar::TopBar;

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
                <Reading />
                <Show when=move || empty.get()>
                    <Home />
                </Show>
                <Show when=move || call.with(Option::is_some)>
                    <SampleMark />
                    <CallView />
                </Show>
            </main>
        </DropArea>
    }
}
