//! ServerObservations' clocks: they are the conference's. Where their dumps were stamped when they were stored, that stamp's clock
//! is, since clients are stamped by the same one; a poll is stored at once, so the least time it took is the clocks'
//! difference. Where states bear no other time than that stamp, there is none. The clock of a server whose dump nobody
//! stamped may be wrong: it is taken for right, but where others' are known it tells no client's clock for sure.

use std::collections::BTreeMap;

use super::header_stamp::RESTAMPED_MS;
use crate::report::Clock;
use crate::sessions::{Extracts, Sessions};

/// What a clock is called that stamps tell.
const STORED: &str = "stored";

/// The clock of each server of a conference, by the index of its extract.
#[derive(Debug, Default)]
pub(crate) struct ServerClocks {
    clocks: BTreeMap<usize, Clock>,
}

impl ServerClocks {
    pub(crate) fn new(extracts: &Extracts, members: &[usize], sessions: &Sessions) -> Self {
        let servers = members
            .iter()
            .filter(|index| extracts.get(**index).is_some_and(|extract| !extract.file.is_client));
        let clock = |index: &usize| {
            // Parts that were read as one have one clock.
            let server = extracts.get(sessions.head(*index)).and_then(|extract| extract.server.as_deref());
            let after_ms =
                server.and_then(|server| server.stored_after_ms).filter(|ms| ms.abs() < RESTAMPED_MS);
            let method = if after_ms.is_some() { STORED } else { "server" };
            Clock { offset_ms: after_ms.unwrap_or(0.0), method: method.to_owned(), ..Clock::default() }
        };
        Self { clocks: servers.map(|index| (*index, clock(index))).collect() }
    }

    /// The clock of a server.
    pub(crate) fn of(&self, index: usize) -> Option<&Clock> {
        self.clocks.get(&index)
    }

    /// Whether a server's clock is known by stamps.
    pub(crate) fn is_stamped(&self, index: usize) -> bool {
        self.of(index).is_some_and(|clock| clock.method == STORED)
    }

    /// What is added to a server's times.
    pub(crate) fn offset_ms(&self, index: usize) -> f64 {
        self.of(index).map_or(0.0, |clock| clock.offset_ms)
    }
}
