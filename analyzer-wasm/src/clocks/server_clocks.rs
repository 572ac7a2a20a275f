//! Clocks of servers.
//!
//! The conference's clock is that of the stats server, which stamps the dumps of clients and the stored lines of servers.
//! A poll is stored at once, so the least time between a poll and its stamp is the difference of the two clocks; where
//! states have no time but the stamp, there is none. The clock of a server whose dump was not stamped is taken to be right,
//! but where stamped servers are known it decides no client's clock.

use std::collections::BTreeMap;

use super::header_stamp::RESTAMPED_MS;
use crate::report::Clock;
use crate::sessions::{Extracts, Sessions};

/// The method of a clock that is known by stamps.
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
            // Parts that continue one another have one clock.
            let server = extracts.get(sessions.head(*index)).and_then(|extract| extract.server.as_deref());
            let after_ms =
                server.and_then(|server| server.stored_after_ms).filter(|ms| ms.abs() < RESTAMPED_MS);
            let method = if after_ms.is_some() { STORED } else { "server" };
            Clock { offset_ms: after_ms.unwrap_or(0.0), method: method.to_owned(), ..Clock::default() }
        };
        Self { clocks: servers.map(|index| (*index, clock(index))).collect() }
    }

    /// The clock of a server, by the index of its extract.
    pub(crate) fn of(&self, index: usize) -> Option<&Clock> {
        self.clocks.get(&index)
    }

    /// Whether a server's clock is known by stamps.
    pub(crate) fn is_stamped(&self, index: usize) -> bool {
        self.of(index).is_some_and(|clock| clock.method == STORED)
    }

    /// The offset that is added to a server's times, ms.
    pub(crate) fn offset_ms(&self, index: usize) -> f64 {
        self.of(index).map_or(0.0, |clock| clock.offset_ms)
    }
}
