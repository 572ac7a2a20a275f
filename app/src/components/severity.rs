//! How bad something is, as a shape and a word: the colour never says it alone.

use analyzer_wasm::report::Gravity;
use leptos::prelude::*;

/// The class of a severity and the value of `data-severity`.
#[must_use]
pub fn id(severity: Gravity) -> &'static str {
    match severity {
        Gravity::Critical => "critical",
        Gravity::Warning => "warning",
        Gravity::Info => "info",
    }
}

/// Its word.
#[must_use]
pub fn word(severity: Gravity) -> &'static str {
    match severity {
        Gravity::Critical => "Critical",
        Gravity::Warning => "Warning",
        Gravity::Info => "Note",
    }
}

/// Its shape: a diamond, a triangle or a disc.
#[must_use]
pub fn shape(severity: Gravity) -> AnyView {
    let class = match severity {
        Gravity::Critical => "mark mark-error",
        Gravity::Warning => "mark mark-warning",
        Gravity::Info => "mark mark-info",
    };
    view! { <span class=class aria-hidden="true"></span> }.into_any()
}
