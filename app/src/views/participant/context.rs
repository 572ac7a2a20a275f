//! What all views of the selected participant share.

use std::sync::Arc;

use analyzer_wasm::query;
use analyzer_wasm::report::Connection;
use leptos::prelude::*;

use crate::analysis::Analysis;
use crate::analysis::queries::{QueryState, use_query};
use crate::charts::{Marked, marked};
use crate::state::current_view::CurrentView;
use crate::state::load::Call;

/// The selected participant, as far as queries depend on it: it changes with the participant or the call only.
#[derive(Clone, Debug, PartialEq)]
pub struct SelectedParticipant {
    call: Call,
    /// The index of the conference.
    pub conference: usize,
    /// The participant's key.
    pub participant: String,
}

/// What views of the selected participant are made of. Copies are the same.
#[derive(Clone, Copy, Debug)]
pub struct ParticipantContext {
    /// What is selected.
    pub current_view: Memo<Option<CurrentView>>,
    /// The selected participant.
    pub selected: Memo<Option<SelectedParticipant>>,
    /// Whether there is one.
    pub exists: Memo<bool>,
    /// Its peer connections.
    pub connections: ReadSignal<QueryState<Vec<Connection>>>,
    /// The findings to lie behind its charts.
    pub marked: Memo<Arc<Vec<Marked>>>,
    /// When the conference began, epoch ms.
    pub start_ms: Memo<f64>,
}

impl ParticipantContext {
    /// Follows the selection.
    #[must_use]
    pub fn new(current_view: Memo<Option<CurrentView>>) -> Self {
        let call = expect_context::<Analysis>().call();
        let selected = Memo::new(move |_| {
            current_view.with(|current_view| {
                let current_view = current_view.as_ref()?;
                let conference = current_view.conference_index();
                let participant = current_view.participant()?.key.clone();
                Some(SelectedParticipant { call: call.get()?, conference, participant })
            })
        });
        Self {
            current_view,
            selected,
            exists: Memo::new(move |_| selected.with(Option::is_some)),
            connections: connections(selected),
            marked: Memo::new(move |_| {
                current_view
                    .with(|current_view| Arc::new(current_view.as_ref().map(marked).unwrap_or_default()))
            }),
            start_ms: Memo::new(move |_| {
                let start_ms = |current_view: &CurrentView| current_view.overview()?.conference.start_ms;
                current_view.with(|current_view| start_ms(current_view.as_ref()?)).unwrap_or_default()
            }),
        }
    }

    /// The name of a participant of the conference, by key.
    #[must_use]
    pub fn label_of(self, key: &str) -> Option<String> {
        self.current_view.with_untracked(|current_view| {
            let participants = &current_view.as_ref()?.overview()?.participants;
            participants.iter().find(|one| one.key == key).map(|one| one.label().to_owned())
        })
    }
}

/// The connections of the selected participant.
fn connections(selected: Memo<Option<SelectedParticipant>>) -> ReadSignal<QueryState<Vec<Connection>>> {
    use_query(move || {
        let SelectedParticipant { conference, participant, .. } = selected.get()?;
        Some(query::Connections { conference, participant })
    })
}
