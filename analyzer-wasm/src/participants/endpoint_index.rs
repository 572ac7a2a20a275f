//! Who is who among a conference's dumps and the endpoints that they name.

use std::collections::BTreeMap;

use super::conference_dump::ConferenceDump;
use crate::report::Participant;

/// The dumps of a conference and its people.
#[derive(Debug)]
pub(crate) struct EndpointIndex<'a> {
    pub(crate) dumps: Vec<ConferenceDump<'a>>,
    /// People by every endpoint id that they had, those without a dump included.
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

    /// Somebody's place among the people.
    pub(crate) fn participant(&self, endpoint: &str) -> Option<usize> {
        self.endpoints.get(endpoint).copied()
    }

    /// Somebody's key in the report.
    pub(crate) fn key(&self, participant: usize) -> Option<&str> {
        self.keys.get(participant).map(String::as_str)
    }
}
