//! Parts of a server's dump that begin without a base state, read again from the state in which the part before them
//! ended.

use std::collections::BTreeMap;

use super::Extracts;
use crate::extract::Extract;
use crate::problems::ProblemKind;
use crate::time_span::TimeSpan;

/// Problems that depend on the state that was known before a file began.
const OF_STATE: &[ProblemKind] = &[
    ProblemKind::NoBaseState,
    ProblemKind::UnknownDeparture,
    ProblemKind::ServerState,
    ProblemKind::LateEntry,
    ProblemKind::OverLimit,
];

/// Parts that were read as one dump.
#[derive(Debug, Default)]
pub(super) struct ResumedParts {
    /// The first of the parts that were read as one, by each part that continues it.
    pub(super) heads: BTreeMap<usize, usize>,
    /// The extracts that take the place of the parts' own: the first holds the state of all, the others their logs.
    pub(super) extracts: BTreeMap<usize, Extract>,
}

impl ResumedParts {
    /// Reads the parts of a chain, which are in the order of time, as one dump as far as each continues the one before.
    pub(super) fn read(&mut self, extracts: &Extracts, chain: &[usize]) {
        let mut chain = chain.iter().copied();
        let Some(mut head) = chain.next() else { return };
        let mut last = head;
        let mut whole: Option<Extract> = None;
        for index in chain {
            let before = whole.as_ref().or_else(|| extracts.get(last));
            let part = extracts.get(index);
            let resumed = before.zip(part).and_then(|(before, part)| Some((part, part.resumed(before)?)));
            match resumed {
                Some((part, resumed)) => {
                    self.extend_head(extracts, head, &resumed);
                    let mut rest = part.without_server_state();
                    rest.problems.replace(OF_STATE, &resumed.problems);
                    if is_part_missing(extracts, last, index) {
                        rest.problems.note(ProblemKind::MissingPart);
                    }
                    self.extracts.insert(index, rest);
                    self.heads.insert(index, head);
                    whole = Some(resumed);
                }
                None => {
                    self.finish_head(head, whole.take());
                    head = index;
                }
            }
            last = index;
        }
        self.finish_head(head, whole);
    }

    /// Adds the time and the sources of a part to the first one.
    fn extend_head(&mut self, extracts: &Extracts, head: usize, resumed: &Extract) {
        let Some(own) = extracts.get(head) else { return };
        let first = self.extracts.entry(head).or_insert_with(|| {
            let mut first = own.without_server_state();
            first.sources.clone_from(&own.sources);
            first
        });
        first.span = first.span.into_iter().chain(resumed.span).reduce(TimeSpan::union);
        first.sources.extend(resumed.sources.iter().cloned());
        first.sources.sort();
        first.sources.dedup();
    }

    /// Moves the state at the end of the last part to the first one.
    fn finish_head(&mut self, head: usize, whole: Option<Extract>) {
        if let (Some(whole), Some(first)) = (whole, self.extracts.get_mut(&head)) {
            first.server = whole.server;
        }
    }
}

/// Whether there was another part between two, by the numbers in their names.
fn is_part_missing(extracts: &Extracts, before: usize, index: usize) -> bool {
    let (Some(before), Some(part)) = (extracts.get(before), extracts.get(index)) else { return false };
    let numbered = part.file.session_id.is_some() && part.file.session_id == before.file.session_id;
    numbered && part.file.part > before.file.part + 1
}
