//! Parts of one stats session, stored as several files.
//!
//! A server that reconnects goes on in another file, `<id>_<n>`, without saying again who it is or how things stood: see
//! `resume.rs` for the latter.

use std::collections::BTreeMap;

use super::resume::{Alone, Resumed};
use super::session_id;
use crate::extract::Extract;
use crate::model::Identity;

/// The parts of each session that has several, in the order of time, as indexes of the extracts.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    chains: Vec<Vec<usize>>,
    /// Parts that were read with earlier ones, and the one that holds what they tell.
    heads: BTreeMap<usize, usize>,
}

/// What parts were before they were put together.
#[derive(Debug, Default)]
pub(crate) struct Before {
    /// What each said of itself.
    pub(crate) said: Vec<(usize, Identity)>,
    /// What was read of those that were read again.
    pub(crate) alone: Vec<(usize, Alone)>,
}

impl Sessions {
    /// Finds the parts; what one of them says of the session holds for all, and those that begin in the middle are read
    /// after the one before them. Gives what each was before.
    pub(crate) fn stitch(extracts: &mut [Extract], copies: &BTreeMap<usize, usize>) -> (Self, Before) {
        let mut by_session: BTreeMap<(bool, String), Vec<usize>> = BTreeMap::new();
        for (index, extract) in extracts.iter().enumerate().filter(|(index, _)| !copies.contains_key(index)) {
            if let Some(id) = session_id(extract) {
                by_session.entry((extract.file.is_client, id)).or_default().push(index);
            }
        }
        let (mut chains, mut said) = (Vec::new(), Vec::new());
        let mut resumed = Resumed::default();
        for mut parts in by_session.into_values().filter(|parts| parts.len() > 1) {
            let from = |index: &usize| {
                extracts
                    .get(*index)
                    .and_then(|extract| extract.span)
                    .map_or(f64::INFINITY, |span| span.from_ms)
            };
            let part = |index: &usize| extracts.get(*index).map(|extract| extract.file.part);
            parts.sort_by(|a, b| from(a).total_cmp(&from(b)).then_with(|| part(a).cmp(&part(b))));
            for chain in split_by_writer(extracts, parts) {
                resumed.read(extracts, &chain);
                let mut whole = Identity::default();
                for extract in chain.iter().filter_map(|index| extracts.get(*index)) {
                    whole.merge(extract.identity.clone());
                }
                for index in &chain {
                    if let Some(extract) = extracts.get_mut(*index) {
                        let own = std::mem::replace(&mut extract.identity, whole.clone());
                        extract.identity.merge(own.clone());
                        said.push((*index, own));
                    }
                }
                chains.push(chain);
            }
        }
        let Resumed { heads, alone } = resumed;
        (Self { chains, heads: heads.into_iter().collect() }, Before { said, alone })
    }

    /// The part that holds what a file tells: the file itself, unless it was read with earlier ones.
    pub(crate) fn head(&self, index: usize) -> usize {
        self.heads.get(&index).copied().unwrap_or(index)
    }

    /// The first part of what this file is a part of; the file itself where it is alone.
    pub(crate) fn first_part(&self, index: usize) -> usize {
        self.chain(index).and_then(|chain| chain.first().copied()).unwrap_or(index)
    }

    /// Where in the order of the parts it stands.
    pub(crate) fn place(&self, index: usize) -> usize {
        self.chain(index).and_then(|chain| chain.iter().position(|part| *part == index)).unwrap_or(0)
    }

    /// The part after this one and those that were read with it.
    pub(crate) fn next_part(&self, index: usize) -> Option<usize> {
        let mut parts = self.chain(index)?.iter().copied().filter(|part| self.head(*part) == *part);
        parts.find(|part| *part == index)?;
        parts.next()
    }

    fn chain(&self, index: usize) -> Option<&Vec<usize>> {
        self.chains.iter().find(|chain| chain.contains(&index))
    }
}

/// Ids are random, but samples carry made-up ones: whoever says to be another program, or in another meeting, is no
/// part.
fn split_by_writer(extracts: &[Extract], parts: Vec<usize>) -> Vec<Vec<usize>> {
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

/// Whether two do not contradict each other.
fn agree<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
    a.is_none() || b.is_none() || a == b
}
