//! The participants of a conference by endpoint id.

use std::collections::BTreeMap;

use super::conference_dump::ConferenceDump;
use crate::report::Participant;

/// The dumps of a conference, and its participants by endpoint id.
#[derive(Debug)]
pub(crate) struct EndpointIndex<'a> {
    pub(crate) dumps: Vec<ConferenceDump<'a>>,
    /// Indexes of participants by every endpoint id that they had.
    endpoints: BTreeMap<String, usize>,
    keys: Vec<String>,
}

impl<'a> EndpointIndex<'a> {
    pub(crate) fn new(dumps: Vec<ConferenceDump<'a>>, participants: &[Participant]) -> Self {
        let ids = participants.iter().enumerate().flat_map(|(index, participant)| {
            participant.endpoint_ids.iter().map(move |id| (id.clone(), index))
        });
        let keys = participants.iter().map(|participant| participant.key.clone()).collect();
        Self { dumps, endpoints: ids.collect(), keys }
    }

    /// The index of the participant with an endpoint id.
    pub(crate) fn participant(&self, endpoint: &str) -> Option<usize> {
        self.endpoints.get(endpoint).copied()
    }

    /// The key of a participant in the report.
    pub(crate) fn key(&self, participant: usize) -> Option<&str> {
        self.keys.get(participant).map(String::as_str)
    }
}
