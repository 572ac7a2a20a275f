//! What failed and was not dismissed.

use leptos::prelude::*;

use crate::components::notice::FailureNotice;
use crate::format;
use crate::session::Session;

/// More at once would only hide the page.
const SHOWN: usize = 5;

/// The failures, oldest first.
#[component]
pub fn Notices() -> impl IntoView {
    let session = expect_context::<Session>();
    let shown = Memo::new(move |_| {
        session.load.with(|load| load.notices().iter().take(SHOWN).cloned().collect::<Vec<_>>())
    });
    let more = Memo::new(move |_| session.load.with(|load| load.notices().len().saturating_sub(SHOWN)));
    view! {
        <Show when=move || shown.with(|shown| !shown.is_empty())>
        <div class="notices">
        <For each=move || shown.get() key=|notice| notice.id let:notice>
            <FailureNotice failure=notice.failure on_dismiss=move |()| session.dismiss(notice.id) />
        </For>
        <Show when=move || { more.get() > 0 }>
            <p class="more-notices">
                {move || format!("and {} that could not be read", format::counted(more.get(), "more file"))}
            </p>
        </Show>
        </div>
        </Show>
    }
}
