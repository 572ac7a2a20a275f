//! Parts of one stats session that are stored as several files, `<id>_<n>`.
//!
//! A server that reconnects continues in another file, without its identity and its state: the identity of one part
//! holds for all, and parts without a base state are read again after the one before them (`resume.rs`).

use std::collections::BTreeMap;

use super::resume::ResumedParts;
use super::{Extracts, session_id};
use crate::model::Identity;

/// The parts of each session that has several, in the order of time, as indexes of the extracts.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    chains: Vec<Vec<usize>>,
    /// The part that holds the state of several, by each of the others.
    heads: BTreeMap<usize, usize>,
}

impl Sessions {
    /// Finds the parts of each session among files that are no copies. Returns the extracts with the parts stitched:
    /// each has the session's identity, and the first of those that continue one another has the state of all.
    pub(crate) fn stitch(extracts: &Extracts, copies: &BTreeMap<usize, usize>) -> (Self, Extracts) {
        let mut by_session: BTreeMap<(bool, String), Vec<usize>> = BTreeMap::new();
        for (index, extract) in extracts.iter().enumerate().filter(|(index, _)| !copies.contains_key(index)) {
            if let Some(id) = session_id(extract) {
                by_session.entry((extract.file.is_client, id)).or_default().push(index);
            }
        }
        let mut chains = Vec::new();
        let mut resumed = ResumedParts::default();
        let mut identities: BTreeMap<usize, Identity> = BTreeMap::new();
        for mut parts in by_session.into_values().filter(|parts| parts.len() > 1) {
            let from_ms = |index: &usize| {
                let span = extracts.get(*index).and_then(|extract| extract.span);
                span.map_or(f64::INFINITY, |span| span.from_ms)
            };
            let part = |index: &usize| extracts.get(*index).map(|extract| extract.file.part);
            parts.sort_by(|a, b| from_ms(a).total_cmp(&from_ms(b)).then_with(|| part(a).cmp(&part(b))));
            for chain in split_by_writer(extracts, parts) {
                resumed.read(extracts, &chain);
                identities.extend(shared_identities(extracts, &chain));
                chains.push(chain);
            }
        }
        let mut derived = resumed.extracts;
        for (index, identity) in identities {
            let own = || extracts.get(index).filter(|extract| extract.identity != identity).cloned();
            let Some(mut extract) = derived.remove(&index).or_else(own) else { continue };
            extract.identity = identity;
            derived.insert(index, extract);
        }
        let mut stitched = extracts.clone();
        for (index, extract) in derived {
            stitched.replace(index, extract);
        }
        (Self { chains, heads: resumed.heads }, stitched)
    }

    /// The part that holds the state of this file: the file itself, unless it continues an earlier part.
    pub(crate) fn head(&self, index: usize) -> usize {
        self.heads.get(&index).copied().unwrap_or(index)
    }

    /// The first part of the session that this file is a part of; the file itself where it is the only one.
    pub(crate) fn first_part(&self, index: usize) -> usize {
        self.chain(index).and_then(|chain| chain.first().copied()).unwrap_or(index)
    }

    /// The place of this file in the order of its session's parts.
    pub(crate) fn place(&self, index: usize) -> usize {
        self.chain(index).and_then(|chain| chain.iter().position(|part| *part == index)).unwrap_or(0)
    }

    /// The next part that does not continue this one.
    pub(crate) fn next_part(&self, index: usize) -> Option<usize> {
        let mut parts = self.chain(index)?.iter().copied().filter(|part| self.head(*part) == *part);
        parts.find(|part| *part == index)?;
        parts.next()
    }

    fn chain(&self, index: usize) -> Option<&Vec<usize>> {
        self.chains.iter().find(|chain| chain.contains(&index))
    }
}

/// The identity of each part: its own, completed by those of the others, of which the later one holds.
fn shared_identities(extracts: &Extracts, chain: &[usize]) -> Vec<(usize, Identity)> {
    let own = || chain.iter().filter_map(|index| Some((*index, &extracts.get(*index)?.identity)));
    let mut whole = Identity::default();
    for (_, identity) in own() {
        whole.merge(identity.clone());
    }
    let completed = |(index, identity): (usize, &Identity)| {
        let mut completed = whole.clone();
        completed.merge(identity.clone());
        (index, completed)
    };
    own().map(completed).collect()
}

/// Splits files of one session id whose identities contradict each other. Ids are random, but samples carry made-up
/// ones: a file of another program, meeting or endpoint is no part.
fn split_by_writer(extracts: &Extracts, parts: Vec<usize>) -> Vec<Vec<usize>> {
    let mut chains: Vec<(Vec<usize>, Identity)> = Vec::new();
    for index in parts {
        let Some(identity) = extracts.get(index).map(|extract| &extract.identity) else { continue };
        let fits = |known: &Identity| {
            agree(&known.kind, &identity.kind)
                && agree(&known.meeting_id, &identity.meeting_id)
                && agree(&known.endpoint_id, &identity.endpoint_id)
        };
        match chains.iter_mut().find(|(_, known)| fits(known)) {
            Some((chain, known)) => {
                chain.push(index);
                known.merge(identity.clone());
            }
            None => chains.push((vec![index], identity.clone())),
        }
    }
    chains.into_iter().map(|(chain, _)| chain).filter(|chain| chain.len() > 1).collect()
}

/// Whether two values do not contradict each other; a missing one contradicts none.
fn agree<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
    a.is_none() || b.is_none() || a == b
}
