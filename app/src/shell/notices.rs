//! What failed and was not dismissed.

use std::collections::BTreeMap;

use analyzer_wasm::wire::Failure;
use leptos::prelude::*;

use crate::analysis::Analysis;
use crate::components::notice::FailureNotice;
use crate::format;
use crate::state::notice::Said;

/// More at once would only hide the page.
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
                let (failure, files) = words(notice.said);
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

/// What a notice says, and the files that it is about where they are several.
fn words(said: Said) -> (Failure, Vec<Failure>) {
    match said {
        Said::One(failure) => (failure, vec![]),
        Said::Files { refused, of } => {
            let (title, hint) = (files_title(refused.len(), of), common_hint(&refused));
            (Failure { file: String::new(), title, hint }, refused)
        }
    }
}

fn files_title(refused: usize, of: usize) -> String {
    let all = format::counted(of, "file");
    if refused == of {
        format!("None of the {all} was a readable dump")
    } else {
        format!("{} of {all} were no readable dumps", format::count(refused as u64))
    }
}

/// What to do about most of them.
fn common_hint(refused: &[Failure]) -> String {
    let mut counts = BTreeMap::new();
    for failure in refused {
        *counts.entry(failure.hint.as_str()).or_insert(0_usize) += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map(|(hint, _)| hint.to_owned()).unwrap_or_default()
}
