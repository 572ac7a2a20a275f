//! The failures that the user has not dismissed.

use std::collections::BTreeMap;

use analyzer_wasm::wire::Failure;
use leptos::prelude::*;

use crate::analysis::Analysis;
use crate::components::notice::FailureNotice;
use crate::format;
use crate::state::notice::NoticeContent;

/// More at once would hide the page.
const SHOWN: usize = 5;

/// The failures, oldest first.
#[component]
pub fn Notices() -> impl IntoView {
    let analysis = expect_context::<Analysis>();
    let shown = Memo::new(move |_| {
        analysis.load.with(|load| load.notices().iter().take(SHOWN).cloned().collect::<Vec<_>>())
    });
    let more = Memo::new(move |_| analysis.load.with(|load| load.notices().len().saturating_sub(SHOWN)));
    view! {
        <Show when=move || shown.with(|shown| !shown.is_empty())>
        <div class="notices">
        <For each=move || shown.get() key=|notice| notice.id let:notice>
            {
                let (failure, files) = text_of(notice.content);
                view! { <FailureNotice failure files on_dismiss=move |()| analysis.dismiss(notice.id) /> }
            }
        </For>
        <Show when=move || { more.get() > 0 }>
            <p class="more-notices">{move || format!("and {}", format::counted(more.get(), "more message"))}</p>
        </Show>
        </div>
        </Show>
    }
}

/// The text of a notice, and the files that it is about where they are several.
fn text_of(content: NoticeContent) -> (Failure, Vec<Failure>) {
    match content {
        NoticeContent::One(failure) => (failure, vec![]),
        NoticeContent::Files { refused, of } => {
            let (title, hint) = (files_title(refused.len(), of), common_hint(&refused));
            (Failure { file: String::new(), title, hint }, refused)
        }
    }
}

fn files_title(refused: usize, of: usize) -> String {
    let all = format::counted(of, "file");
    if refused == of {
        format!("None of the {all} could be read as a dump")
    } else {
        format!("{} of {all} could not be read as dumps", format::count(refused as u64))
    }
}

/// The most frequent hint.
fn common_hint(refused: &[Failure]) -> String {
    let mut counts = BTreeMap::new();
    for failure in refused {
        *counts.entry(failure.hint.as_str()).or_insert(0_usize) += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map(|(hint, _)| hint.to_owned()).unwrap_or_default()
}
