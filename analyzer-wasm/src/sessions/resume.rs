//! Parts of a server's dump that begin in the middle, read again as what goes on where the part before them ended.

use crate::extract::{Extract, ServerExtract};
use crate::model::MediaSource;
use crate::problems::{ProblemKind, Problems};
use crate::time_span::TimeSpan;

/// Problems that depend on what was known before a file began.
const OF_STATE: &[ProblemKind] = &[
    ProblemKind::NoBaseState,
    ProblemKind::UnknownDeparture,
    ProblemKind::ServerState,
    ProblemKind::LateEntry,
    ProblemKind::OverLimit,
];

/// What was read of a file by itself.
#[derive(Debug)]
pub(crate) struct Alone {
    problems: Problems,
    span: Option<TimeSpan>,
    sources: Vec<MediaSource>,
    server: Option<Box<ServerExtract>>,
}

impl Alone {
    fn take(extract: &mut Extract) -> Self {
        Self {
            problems: extract.problems.clone(),
            span: extract.span,
            sources: std::mem::take(&mut extract.sources),
            server: extract.server.take(),
        }
    }

    /// Undoes what reading it with others made of it.
    pub(crate) fn put_back(self, extract: &mut Extract) {
        let Self { problems, span, sources, server } = self;
        (extract.problems, extract.span, extract.sources, extract.server) = (problems, span, sources, server);
    }
}

/// Parts that were read as one dump.
#[derive(Debug, Default)]
pub(crate) struct Resumed {
    /// Each part that goes on, and the one that holds what was read of all.
    pub(crate) heads: Vec<(usize, usize)>,
    /// What each of them was by itself.
    pub(crate) alone: Vec<(usize, Alone)>,
}

impl Resumed {
    /// Reads the parts of a chain, which are in the order of time, as one dump as far as they go on from one another.
    /// The first holds what is known then, the others keep their logs.
    pub(crate) fn read(&mut self, extracts: &mut [Extract], chain: &[usize]) {
        let mut chain = chain.iter().copied();
        let Some(mut head) = chain.next() else { return };
        let mut last = head;
        let mut known: Option<Extract> = None;
        for index in chain {
            let before = known.as_ref().or_else(|| extracts.get(last));
            let now = before.zip(extracts.get(index)).and_then(|(before, part)| part.resumed(before));
            match now {
                Some(now) => {
                    let hole = is_part_missing(extracts, last, index);
                    self.absorb(extracts, head, index, &now, hole);
                    known = Some(now);
                }
                None => {
                    conclude(extracts, head, known.take());
                    head = index;
                }
            }
            last = index;
        }
        conclude(extracts, head, known);
    }

    fn absorb(&mut self, extracts: &mut [Extract], head: usize, index: usize, now: &Extract, hole: bool) {
        if !self.alone.iter().any(|(known, _)| *known == head)
            && let Some(first) = extracts.get_mut(head)
        {
            let alone = Alone::take(first);
            first.sources.clone_from(&alone.sources);
            self.alone.push((head, alone));
        }
        let Some(part) = extracts.get_mut(index) else { return };
        let alone = Alone::take(part);
        part.problems.replace(OF_STATE, &now.problems);
        if hole {
            part.problems.note(ProblemKind::MissingPart);
        }
        self.alone.push((index, alone));
        self.heads.push((index, head));
        if let Some(first) = extracts.get_mut(head) {
            first.span = first.span.into_iter().chain(now.span).reduce(TimeSpan::union);
            first.sources.extend(now.sources.iter().cloned());
            first.sources.sort();
            first.sources.dedup();
        }
    }
}

/// Gives the first part what was read of all.
fn conclude(extracts: &mut [Extract], head: usize, known: Option<Extract>) {
    if let (Some(known), Some(first)) = (known, extracts.get_mut(head)) {
        first.server = known.server;
    }
}

/// Whether there was another part between two, as their names tell.
fn is_part_missing(extracts: &[Extract], before: usize, index: usize) -> bool {
    let (Some(before), Some(part)) = (extracts.get(before), extracts.get(index)) else { return false };
    let numbered = part.file.session_id.is_some() && part.file.session_id == before.file.session_id;
    numbered && part.file.part > before.file.part + 1
}
