//! Breakout rooms: which conference somebody went there from.

use std::collections::BTreeMap;

use crate::sessions::{Extracts, session_id};

/// Conferences by the sessions in them, and the sessions from which people came.
#[derive(Debug, Default)]
pub(crate) struct Breakouts {
    by_session: BTreeMap<String, String>,
    came_from: BTreeMap<String, Vec<String>>,
}

impl Breakouts {
    /// Takes a conference's dumps.
    pub(crate) fn add(&mut self, extracts: &Extracts, members: &[usize], conference_id: &str) {
        for extract in members.iter().filter_map(|index| extracts.get(*index)) {
            if let Some(session) = session_id(extract) {
                self.by_session.insert(session, conference_id.to_owned());
            }
            if let Some(parent) = &extract.identity.parent_session {
                self.came_from.entry(conference_id.to_owned()).or_default().push(parent.clone());
            }
        }
    }

    /// The conference from which people came to this one.
    pub(crate) fn of(&self, conference_id: &str) -> Option<String> {
        let sessions = self.came_from.get(conference_id).into_iter().flatten();
        let mut parents = sessions.filter_map(|session| self.by_session.get(session));
        parents.find(|parent| *parent != conference_id).cloned()
    }
}
