//! Who is looked at, for whoever asks workers about them: it changes with the person or the call, with nothing else.

use leptos::prelude::*;

use crate::analysis::Analysis;
use crate::state::load::Call;
use crate::state::sight::Sight;

/// A participant of an open call.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Watched {
    call: Call,
    /// The conference's place.
    pub(super) conference: usize,
    /// The participant's key.
    pub(super) participant: String,
}

/// Follows who is looked at.
pub(super) fn watched(sight: Memo<Option<Sight>>) -> Memo<Option<Watched>> {
    let call = expect_context::<Analysis>().call();
    Memo::new(move |_| {
        sight.with(|sight| {
            let sight = sight.as_ref()?;
            let (conference, participant) = (sight.conference_index(), sight.participant()?.key.clone());
            Some(Watched { call: call.get()?, conference, participant })
        })
    })
}
