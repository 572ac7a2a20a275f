//! The page as a whole: what is shown when.

use leptos::ev;
use leptos::prelude::*;

use crate::browser::{watch_theme, when_idle};
use crate::components::drop_area::DropArea;
use crate::session::Session;
use crate::views::call::CallView;
use crate::views::home::Home;
use crate::views::notices::Notices;
use crate::views::reading::Reading;
use crate::views::sample_mark::SampleMark;
use crate::views::top_bar::TopBar;
use crate::worker;

/// The page.
#[component]
pub fn App() -> impl IntoView {
    let session = Session::new();
    provide_context(session);
    provide_context(watch_theme());
    // Going back and forth moves the selection.
    let on_pop = window_event_listener(ev::popstate, move |_| session.follow_address());
    let on_hash = window_event_listener(ev::hashchange, move |_| session.follow_address());
    on_cleanup(move || {
        on_pop.remove();
        on_hash.remove();
    });

    // The first files need not wait for the analyzer then.
    when_idle(worker::prepare);
    if session.selection.with_untracked(|selection| selection.sample) {
        session.open_sample();
    }

    let call = session.call();
    let empty = Memo::new(move |_| session.is_empty());
    view! {
        <DropArea on_files=move |picked| session.open(picked)>
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
