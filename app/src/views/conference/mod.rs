//! The summary of the conference: its title, its facts and the verdict.

pub mod heading;
pub mod sample_notice;

use leptos::prelude::*;

use super::ConferenceContext;
use heading::Heading;

/// The view.
#[must_use]
pub fn view(context: ConferenceContext) -> AnyView {
    view! { <Heading conference_view=context.conference /> }.into_any()
}
