//! Participants of a conference: which dumps and which entries of servers are of the same participant, and which of
//! them sent a stream.

mod conference_dump;
mod endpoint_index;
mod endpoint_matching;
mod identification;
mod listed_presences;
mod naming;
mod participant_record;
mod participant_report;
mod presence_overlap;
mod senders;
mod server_listing;
mod server_sides;
mod track_owners;

pub(crate) use conference_dump::{ConferenceDump, ServerDump, dumps, server_dumps};
pub(crate) use endpoint_index::EndpointIndex;
pub(crate) use identification::participant_records;
pub(crate) use naming::participant_key;
pub(crate) use participant_record::{DumpPresence, ParticipantRecord};
pub(crate) use senders::Senders;
