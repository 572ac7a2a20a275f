//! The record of a participant: its dumps, and the entries of servers about it.

use super::server_listing::ServerListing;
use crate::extract::Extract;
use crate::report::Clock;
use crate::sessions::Extracts;
use crate::time_span::TimeSpan;

/// One participant of one conference.
#[derive(Debug)]
pub(crate) struct ParticipantRecord {
    pub(crate) key: String,
    /// Its dumps in order of time; empty where only servers list it.
    pub(crate) presences: Vec<DumpPresence>,
    /// The entries of servers about its endpoints.
    pub(crate) listings: Vec<ServerListing>,
}

/// One dump of a participant.
#[derive(Clone, Debug)]
pub(crate) struct DumpPresence {
    /// The index of its extract.
    pub(crate) extract: usize,
    pub(crate) clock: Clock,
    /// From the first to the last time of the dump, on the conference's clock.
    pub(crate) span: TimeSpan,
}

impl DumpPresence {
    pub(super) fn new(index: usize, extract: &Extract, clock: Clock) -> Self {
        let span = extract.span.unwrap_or(TimeSpan::NEVER).shifted(clock.offset_ms);
        Self { extract: index, span, clock }
    }

    /// Converts a time of the dump to the conference's clock, ms.
    pub(crate) fn shift(&self, at_ms: f64) -> f64 {
        at_ms + self.clock.offset_ms
    }
}

impl ParticipantRecord {
    /// Its presences with the extracts of their dumps, in order of time.
    pub(crate) fn dumps<'a>(
        &'a self,
        extracts: &'a Extracts,
    ) -> impl Iterator<Item = (&'a DumpPresence, &'a Extract)> {
        self.presences.iter().filter_map(|presence| Some((presence, extracts.get(presence.extract)?)))
    }
}
