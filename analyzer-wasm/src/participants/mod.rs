//! Participants of a conference: which dumps and which entries of servers are of the same participant, and which of
//! them sent a stream.

mod conference_dump;
mod endpoint_index;
mod identification;
mod naming;
mod participant_report;
mod senders;
mod server_listing;
mod track_owners;

pub(crate) use conference_dump::{ConferenceDump, ServerDump, dumps, server_dumps};
pub(crate) use endpoint_index::EndpointIndex;
pub(crate) use identification::{DumpPresence, ParticipantRecord, people};
pub(crate) use naming::participant_key;
pub(crate) use senders::Senders;
