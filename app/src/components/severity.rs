//! Severities as a shape and a word, so that none depends on its colour alone.

use analyzer_wasm::report::FindingSeverity;
use leptos::prelude::*;

/// The class of a severity and the value of `data-severity`.
#[must_use]
pub fn id(severity: FindingSeverity) -> &'static str {
    match severity {
        FindingSeverity::Critical => "critical",
        FindingSeverity::Warning => "warning",
        FindingSeverity::Info => "info",
    }
}

/// The word for a severity.
#[must_use]
pub fn word(severity: FindingSeverity) -> &'static str {
    match severity {
        FindingSeverity::Critical => "Critical",
        FindingSeverity::Warning => "Warning",
        FindingSeverity::Info => "Note",
    }
}

/// The shape of a severity: a diamond, a triangle or a disc.
#[must_use]
pub fn shape(severity: FindingSeverity) -> AnyView {
    let class = match severity {
        FindingSeverity::Critical => "mark mark-error",
        FindingSeverity::Warning => "mark mark-warning",
        FindingSeverity::Info => "mark mark-info",
    };
    view! { <span class=class aria-hidden="true"></span> }.into_any()
}
