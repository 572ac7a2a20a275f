//! The page as a whole: what is shown when.

use leptos::ev;
use leptos::prelude::*;

use super::notices::Notices;
use super::open_call::OpenCall;
use super::top_bar::TopBar;
use crate::session::Session;
use crate::shell::browser::when_idle;
use crate::shell::drop_area::DropArea;
use crate::shell::theme::watch_theme;
use crate::views::conference::sample_notice::SampleNotice;
use crate::views::home::Home;
use crate::views::loading::Loading;
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
