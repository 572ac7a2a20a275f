//! The failure of a query, in place of its answer.

use analyzer_wasm::wire::Failure;
use leptos::prelude::*;

use crate::analysis::queries::QueryState;

/// Shows why a query has no answer, if it has failed.
pub fn query_failure<A: Send + Sync + 'static>(state: ReadSignal<QueryState<A>>) -> AnyView {
    paragraph(Box::new(move || state.with(|state| state.failure().cloned())))
}

/// Not generic, so that the page contains this code once and not once for each type of answer.
fn paragraph(failure: Box<dyn Fn() -> Option<Failure> + Send>) -> AnyView {
    let text = move || {
        failure().map(|Failure { file, title, hint }| {
            let file = if file.is_empty() { file } else { format!("{file}: ") };
            view! { <p class="query-failure" role="alert">{format!("{file}{title}. {hint}")}</p> }
        })
    };
    text.into_any()
}
