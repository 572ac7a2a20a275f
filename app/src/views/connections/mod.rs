//! The peer connections and RTP streams of the selected participant.

pub mod peer_connections;
pub mod streams;

use leptos::prelude::*;

use self::peer_connections::PeerConnections;
use self::streams::Streams;
use crate::components::query_failure::query_failure;
use crate::views::participant::context::ParticipantContext;

/// The view.
#[must_use]
pub fn view(context: ParticipantContext) -> AnyView {
    view! {
        {query_failure(context.connections)}
        <PeerConnections connections=context.connections />
        <Streams context=context />
    }
    .into_any()
}
