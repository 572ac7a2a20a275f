//! Who is looked at, for whoever asks workers about them: it changes with the person or the call, with nothing else.

use leptos::prelude::*;

use crate::analysis::Analysis;
use crate::state::current_view::CurrentView;
use crate::state::load::Call;

/// A participant of an open call.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Watched {
    call: Call,
    /// The conference's place.
    pub(crate) conference: usize,
    /// The participant's key.
    pub(crate) participant: String,
}

/// Follows who is looked at.
pub(crate) fn watched(current_view: Memo<Option<CurrentView>>) -> Memo<Option<Watched>> {
    let call = expect_context::<Analysis>().call();
    Memo::new(move |_| {
        current_view.with(|current_view| {
            let current_view = current_view.as_ref()?;
            let (conference, participant) =
                (current_view.conference_index(), current_view.participant()?.key.clone());
            Some(Watched { call: call.get()?, conference, participant })
        })
    })
}
