//! When an endpoint or member was present on a server: to the millisecond by the server's log, else by its polls.

use serde::{Deserialize, Serialize};

use crate::model::Stamp;

/// A log line about a leave that a poll has shown before is at most this much older than the poll.
const SAME_CHANGE_MS: f64 = 120_000.0;
/// The most presences of one id.
const MAX_STAYS: usize = 1_024;

/// One presence on a server. Times are epoch ms on its clock.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServerPresence {
    /// The join, or the first poll that has the id.
    pub from_ms: f64,
    /// The line of the join or of that poll.
    pub from_line: u64,
    /// Whether it joined then; otherwise it may have been present before the dump began.
    pub joined: bool,
    /// The leave, or the last poll that has the id.
    pub to_ms: f64,
    /// The line of the leave or of that poll.
    pub to_line: u64,
    /// Whether it left then; otherwise it was present when the dump ended.
    pub left: bool,
    join_logged: bool,
    leave_logged: bool,
    polled: bool,
}

impl ServerPresence {
    /// Whether the join is from the log; otherwise it is from a poll.
    #[must_use]
    pub fn joined_by_log(&self) -> bool {
        self.join_logged
    }

    /// Whether the leave is from the log; otherwise it is from a poll.
    #[must_use]
    pub fn left_by_log(&self) -> bool {
        self.leave_logged
    }
}

/// The presences of one id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServerPresences {
    list: Vec<ServerPresence>,
}

impl ServerPresences {
    /// In the order of the dump.
    #[must_use]
    pub fn list(&self) -> &[ServerPresence] {
        &self.list
    }

    /// Whether the id is present now.
    pub(super) fn is_open(&self) -> bool {
        self.list.last().is_some_and(|presence| !presence.left)
    }

    /// Whether the id is present now and has been in a poll.
    pub(super) fn is_polled(&self) -> bool {
        self.list.last().is_some_and(|presence| !presence.left && presence.polled)
    }

    /// Adds a poll that has the id. `joined`: an earlier poll did not have it.
    pub(super) fn polled(&mut self, at: Stamp, joined: bool) {
        match self.list.last_mut() {
            Some(presence) if !presence.left => {
                presence.polled = true;
                if at.at_ms >= presence.to_ms {
                    (presence.to_ms, presence.to_line) = (at.at_ms, at.line);
                }
            }
            _ => self.open(at, joined, false),
        }
    }

    /// Adds a join from the log.
    pub(super) fn joined(&mut self, at: Stamp) {
        match self.list.last_mut() {
            // A poll had the id before the log line was sent.
            Some(presence) if !presence.left && !presence.join_logged => {
                if at.at_ms <= presence.from_ms {
                    (presence.from_ms, presence.from_line) = (at.at_ms, at.line);
                }
                (presence.joined, presence.join_logged) = (true, true);
            }
            // The same join twice, or another join where the leave between is missing.
            Some(presence) if !presence.left && at.at_ms <= presence.from_ms + 1_000.0 => {}
            Some(presence) if !presence.left => {
                presence.left = true;
                self.open(at, true, true);
            }
            _ => self.open(at, true, true),
        }
    }

    /// Adds a poll that does not have the id.
    pub(super) fn absent(&mut self, at: Stamp) {
        if let Some(presence) = self.list.last_mut().filter(|presence| !presence.left) {
            presence.left = true;
            if at.at_ms >= presence.to_ms {
                (presence.to_ms, presence.to_line) = (at.at_ms, at.line);
            }
        }
    }

    /// Adds a leave from the log.
    pub(super) fn left(&mut self, at: Stamp) {
        let Some(presence) = self.list.last_mut() else { return };
        let left_by_poll =
            presence.left && !presence.leave_logged && presence.to_ms - at.at_ms < SAME_CHANGE_MS;
        if (!presence.left || left_by_poll) && at.at_ms >= presence.from_ms {
            (presence.to_ms, presence.to_line) = (at.at_ms, at.line);
            (presence.left, presence.leave_logged) = (true, true);
        }
    }

    fn open(&mut self, at: Stamp, joined: bool, logged: bool) {
        if self.list.len() < MAX_STAYS {
            self.list.push(ServerPresence {
                from_ms: at.at_ms,
                from_line: at.line,
                joined,
                to_ms: at.at_ms,
                to_line: at.line,
                left: false,
                join_logged: logged,
                leave_logged: false,
                polled: !logged,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(at_ms: f64) -> Stamp {
        Stamp { at_ms, line: 1 }
    }

    fn times(presences: &ServerPresences) -> Vec<(f64, f64, bool)> {
        presences.list().iter().map(|presence| (presence.from_ms, presence.to_ms, presence.left)).collect()
    }

    #[test]
    fn the_log_is_exact_whether_it_comes_before_or_after_the_poll() {
        let mut presences = ServerPresences::default();
        presences.polled(at(10_000.0), true);
        presences.joined(at(7_500.0));
        presences.polled(at(20_000.0), false);
        presences.absent(at(30_000.0));
        presences.left(at(26_000.0));
        presences.joined(at(41_000.0));
        presences.polled(at(50_000.0), false);
        presences.left(at(55_000.0));
        presences.absent(at(60_000.0));
        assert_eq!(times(&presences), [(7_500.0, 26_000.0, true), (41_000.0, 55_000.0, true)]);
    }

    #[test]
    fn an_id_that_is_present_at_the_end_has_not_left() {
        let mut presences = ServerPresences::default();
        presences.left(at(1.0));
        presences.polled(at(5.0), false);
        presences.polled(at(9.0), false);
        assert_eq!(times(&presences), [(5.0, 9.0, false)]);
        assert!(!presences.list()[0].joined);
    }
}
