//! Parts of one stats session, stored as several files, and files that hold the same.
//!
//! A server that reconnects goes on in another file, `<id>_<n>`, without saying again who it is or how things stood.

use std::collections::BTreeMap;

use super::name;
use crate::extract::Extract;
use crate::model::Identity;

/// The parts of each session that has several, in the order of time, as indexes of the extracts.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    chains: Vec<Vec<usize>>,
}

impl Sessions {
    /// Finds the parts; what one of them says of the session holds for all. Gives what each said before.
    pub(super) fn stitch(
        extracts: &mut [Extract],
        copies: &BTreeMap<usize, usize>,
    ) -> (Self, Vec<(usize, Identity)>) {
        let mut by_session: BTreeMap<(bool, String), Vec<usize>> = BTreeMap::new();
        for (index, extract) in extracts.iter().enumerate().filter(|(index, _)| !copies.contains_key(index)) {
            if let Some(id) = name::session_id(extract) {
                by_session.entry((extract.file.is_client, id)).or_default().push(index);
            }
        }
        let (mut chains, mut before) = (Vec::new(), Vec::new());
        for mut parts in by_session.into_values().filter(|parts| parts.len() > 1) {
            let from = |index: &usize| {
                extracts.get(*index).and_then(|extract| extract.span_ms).map_or(f64::INFINITY, |span| span.0)
            };
            let part = |index: &usize| extracts.get(*index).map(|extract| extract.file.part);
            parts.sort_by(|a, b| from(a).total_cmp(&from(b)).then_with(|| part(a).cmp(&part(b))));
            for chain in split_by_writer(extracts, parts) {
                let mut whole = Identity::default();
                for extract in chain.iter().filter_map(|index| extracts.get(*index)) {
                    whole.merge(extract.identity.clone());
                }
                for index in &chain {
                    if let Some(extract) = extracts.get_mut(*index) {
                        let said = std::mem::replace(&mut extract.identity, whole.clone());
                        extract.identity.merge(said.clone());
                        before.push((*index, said));
                    }
                }
                chains.push(chain);
            }
        }
        (Self { chains }, before)
    }

    /// The first part of what this file is a part of; the file itself where it is alone.
    pub(super) fn first_part(&self, index: usize) -> usize {
        self.chain(index).and_then(|chain| chain.first().copied()).unwrap_or(index)
    }

    /// Where in the order of the parts it stands.
    pub(super) fn place(&self, index: usize) -> usize {
        self.chain(index).and_then(|chain| chain.iter().position(|part| *part == index)).unwrap_or(0)
    }

    /// The part after this one.
    pub(super) fn next_part(&self, index: usize) -> Option<usize> {
        let chain = self.chain(index)?;
        let at = chain.iter().position(|part| *part == index)?;
        chain.get(at + 1).copied()
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

/// Files that hold what another one holds, each with the one that counts: the first by name. Compression, line ends and
/// names do not matter.
pub(super) fn copies(extracts: &[Extract]) -> BTreeMap<usize, usize> {
    let mut alike: BTreeMap<(u64, usize, usize, [u64; 2]), Vec<usize>> = BTreeMap::new();
    for (index, extract) in extracts.iter().enumerate() {
        let span = extract.span_ms.map_or([0, 0], |(from, to)| [from.to_bits(), to.to_bits()]);
        let key = (extract.file.lines, extract.events.len(), extract.connections.len(), span);
        alike.entry(key).or_default().push(index);
    }
    let mut copies = BTreeMap::new();
    for members in alike.into_values().filter(|members| members.len() > 1) {
        let mut known: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
        for index in members {
            let Some(content) = extracts.get(index).map(content) else { continue };
            match known.get(&content) {
                Some(first) => drop(copies.insert(index, *first)),
                None => drop(known.insert(content, index)),
            }
        }
    }
    copies
}

/// What was read of a file, without what tells which file it was.
fn content(extract: &Extract) -> Vec<u8> {
    let mut content = extract.clone();
    content.file.name.clear();
    content.file.session_id = None;
    (content.file.part, content.file.bytes, content.file.text_bytes) = (0, 0, 0);
    for connection in &mut content.connections {
        connection.summary.file.clear();
    }
    content.to_bytes()
}
