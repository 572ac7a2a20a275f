//! The views of an open call, one folder each, and the table of them.

pub mod conference;
pub mod connections;
pub mod fields;
pub mod files;
pub mod findings;
pub mod home;
pub mod loading;
pub mod participant;
pub mod participants;
pub mod timeline;

use leptos::prelude::*;

use crate::state::current_view::CurrentView;
use participant::context::ParticipantContext;
use participants::order::Order;

/// A view of an open call.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// Its name in the code.
    pub id: &'static str,
    /// Its name on the page.
    pub title: &'static str,
    /// The key that goes to it, as `KeyboardEvent.key` names it.
    pub key: &'static str,
    /// What renders it, and where.
    pub component: Component,
}

/// What renders a view, and where it lies.
#[derive(Clone, Copy, Debug)]
pub enum Component {
    /// A view of the conference, over the whole width.
    Wide(fn(ConferenceContext) -> AnyView),
    /// A view of the conference that shares its row with the next one of this kind.
    Beside(fn(ConferenceContext) -> AnyView),
    /// A view of the selected participant; those that follow one another form one section.
    Participant(fn(ParticipantContext) -> AnyView),
}

/// What views of the conference are made of. They are rendered again for another conference.
#[derive(Clone, Debug)]
pub struct ConferenceContext {
    /// The conference, without a selection in it.
    pub conference: CurrentView,
    /// What is selected.
    pub current_view: Memo<Option<CurrentView>>,
    /// The order of its participants.
    pub order: Order,
}

/// All views, in the order of the page.
pub const VIEWS: &[View] = &[
    View { id: "summary", title: "Summary", key: "1", component: Component::Wide(conference::view) },
    View { id: "findings", title: "Findings", key: "2", component: Component::Beside(findings::view) },
    View { id: "timeline", title: "Timeline", key: "3", component: Component::Beside(timeline::view) },
    View {
        id: "participants",
        title: "Participants",
        key: "4",
        component: Component::Wide(participants::view),
    },
    View { id: "charts", title: "Charts", key: "5", component: Component::Participant(participant::view) },
    View { id: "statistics", title: "Statistics", key: "6", component: Component::Participant(fields::view) },
    View {
        id: "connections",
        title: "Connections",
        key: "7",
        component: Component::Participant(connections::view),
    },
    View { id: "files", title: "Files", key: "8", component: Component::Wide(files::view) },
];

impl View {
    /// Whether it shows the selected participant.
    #[must_use]
    pub fn is_of_participant(&self) -> bool {
        matches!(self.component, Component::Participant(_))
    }

    /// Whether it shares its row with others.
    #[must_use]
    pub fn is_beside(&self) -> bool {
        matches!(self.component, Component::Beside(_))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_and_keys_are_unique() {
        for of in [|view: &View| view.id, |view: &View| view.key, |view: &View| view.title] {
            assert_eq!(VIEWS.iter().map(of).collect::<BTreeSet<_>>().len(), VIEWS.len());
        }
    }
}
