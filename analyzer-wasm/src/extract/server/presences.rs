//! When somebody was there, as a server tells it: by its log to the millisecond, else by the polls that show them.

use serde::{Deserialize, Serialize};

use crate::model::Stamp;

/// A log line about a change that a poll showed is at most this much older.
const SAME_CHANGE_MS: f64 = 120_000.0;
/// More presences of one id than anybody has.
const MAX_STAYS: usize = 1_024;

/// One stretch on a server. Times are epoch ms on its clock.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServerPresence {
    /// When they joined, or were first seen.
    pub from_ms: f64,
    /// The line that says so.
    pub from_line: u64,
    /// Whether they joined then; else they may have been there before the dump began.
    pub joined: bool,
    /// When they left, or were last seen.
    pub to_ms: f64,
    /// The line that says so.
    pub to_line: u64,
    /// Whether they left then; else they were still there when the dump ended.
    pub left: bool,
    join_logged: bool,
    leave_logged: bool,
    polled: bool,
}

impl ServerPresence {
    /// Whether the log says when they joined; else a poll first showed them.
    #[must_use]
    pub fn joined_by_log(&self) -> bool {
        self.join_logged
    }

    /// Whether the log says when they left; else a poll last showed them.
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

    /// Whether they are there now.
    pub(super) fn is_open(&self) -> bool {
        self.list.last().is_some_and(|presence| !presence.left)
    }

    /// Whether they are there now and a poll has shown it.
    pub(super) fn is_polled(&self) -> bool {
        self.list.last().is_some_and(|presence| !presence.left && presence.polled)
    }

    /// A poll shows them; `joined` says whether one before it did not.
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

    /// The log says that they joined.
    pub(super) fn joined(&mut self, at: Stamp) {
        match self.list.last_mut() {
            // A poll showed it before the log was sent.
            Some(presence) if !presence.left && !presence.join_logged => {
                if at.at_ms <= presence.from_ms {
                    (presence.from_ms, presence.from_line) = (at.at_ms, at.line);
                }
                (presence.joined, presence.join_logged) = (true, true);
            }
            // Said twice, or they joined anew and nobody said that they had left.
            Some(presence) if !presence.left && at.at_ms <= presence.from_ms + 1_000.0 => {}
            Some(presence) if !presence.left => {
                presence.left = true;
                self.open(at, true, true);
            }
            _ => self.open(at, true, true),
        }
    }

    /// A poll shows them no more.
    pub(super) fn absent(&mut self, at: Stamp) {
        if let Some(presence) = self.list.last_mut().filter(|presence| !presence.left) {
            presence.left = true;
            if at.at_ms >= presence.to_ms {
                (presence.to_ms, presence.to_line) = (at.at_ms, at.line);
            }
        }
    }

    /// The log says that they left.
    pub(super) fn left(&mut self, at: Stamp) {
        let Some(presence) = self.list.last_mut() else { return };
        let told_by_poll =
            presence.left && !presence.leave_logged && presence.to_ms - at.at_ms < SAME_CHANGE_MS;
        if (!presence.left || told_by_poll) && at.at_ms >= presence.from_ms {
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
    fn who_is_there_at_the_end_has_not_left() {
        let mut presences = ServerPresences::default();
        presences.left(at(1.0));
        presences.polled(at(5.0), false);
        presences.polled(at(9.0), false);
        assert_eq!(times(&presences), [(5.0, 9.0, false)]);
        assert!(!presences.list()[0].joined);
    }
}
