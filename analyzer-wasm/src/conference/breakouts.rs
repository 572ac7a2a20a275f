//! Breakout rooms: finds the main conference of each.

use std::collections::BTreeMap;

use crate::sessions::{Extracts, session_id};

/// Conference ids by stats session, and the parent sessions that the dumps of each conference name.
#[derive(Debug, Default)]
pub(crate) struct Breakouts {
    by_session: BTreeMap<String, String>,
    parent_sessions: BTreeMap<String, Vec<String>>,
}

impl Breakouts {
    /// Adds the dumps of a conference.
    pub(crate) fn add(&mut self, extracts: &Extracts, dump_indexes: &[usize], conference_id: &str) {
        for extract in dump_indexes.iter().filter_map(|index| extracts.get(*index)) {
            if let Some(session) = session_id(extract) {
                self.by_session.insert(session, conference_id.to_owned());
            }
            if let Some(parent) = &extract.identity.parent_session {
                self.parent_sessions.entry(conference_id.to_owned()).or_default().push(parent.clone());
            }
        }
    }

    /// The id of the conference from which the participants of a breakout room came.
    pub(crate) fn parent(&self, conference_id: &str) -> Option<String> {
        let sessions = self.parent_sessions.get(conference_id).into_iter().flatten();
        let mut parents = sessions.filter_map(|session| self.by_session.get(session));
        parents.find(|parent| *parent != conference_id).cloned()
    }
}
