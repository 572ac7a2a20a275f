//! When somebody was there, as a server tells it: by its log to the millisecond, else by the polls that show them.

use serde::{Deserialize, Serialize};

use crate::model::Stamp;

/// A log line about a change that a poll showed is at most this much older.
const SAME_CHANGE_MS: f64 = 120_000.0;
/// More stays of one id than anybody has.
const MAX_STAYS: usize = 1_024;

/// One stretch on a server. Times are epoch ms on its clock.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServerStay {
    /// When they came, or were first seen.
    pub from_ms: f64,
    /// The line that says so.
    pub from_line: u64,
    /// Whether they came then; else they may have been there before the dump began.
    pub came: bool,
    /// When they left, or were last seen.
    pub to_ms: f64,
    /// The line that says so.
    pub to_line: u64,
    /// Whether they left then; else they were still there when the dump ended.
    pub left: bool,
    from_logged: bool,
    to_logged: bool,
    polled: bool,
}

impl ServerStay {
    /// Whether the log says when they came; else a poll first showed them.
    #[must_use]
    pub fn came_by_log(&self) -> bool {
        self.from_logged
    }

    /// Whether the log says when they left; else a poll last showed them.
    #[must_use]
    pub fn left_by_log(&self) -> bool {
        self.to_logged
    }
}

/// The stays of one id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stays {
    list: Vec<ServerStay>,
}

impl Stays {
    /// In the order of the dump.
    #[must_use]
    pub fn list(&self) -> &[ServerStay] {
        &self.list
    }

    /// Whether they are there now.
    pub(super) fn is_open(&self) -> bool {
        self.list.last().is_some_and(|stay| !stay.left)
    }

    /// Whether they are there now and a poll has shown it.
    pub(super) fn is_polled(&self) -> bool {
        self.list.last().is_some_and(|stay| !stay.left && stay.polled)
    }

    /// A poll shows them; `came` says whether one before it did not.
    pub(super) fn seen(&mut self, at: Stamp, came: bool) {
        match self.list.last_mut() {
            Some(stay) if !stay.left => {
                stay.polled = true;
                if at.at_ms >= stay.to_ms {
                    (stay.to_ms, stay.to_line) = (at.at_ms, at.line);
                }
            }
            _ => self.open(at, came, false),
        }
    }

    /// The log says that they came.
    pub(super) fn came(&mut self, at: Stamp) {
        match self.list.last_mut() {
            // A poll showed it before the log was sent.
            Some(stay) if !stay.left && !stay.from_logged => {
                if at.at_ms <= stay.from_ms {
                    (stay.from_ms, stay.from_line) = (at.at_ms, at.line);
                }
                (stay.came, stay.from_logged) = (true, true);
            }
            // Said twice, or they came anew and nobody said that they had left.
            Some(stay) if !stay.left && at.at_ms <= stay.from_ms + 1_000.0 => {}
            Some(stay) if !stay.left => {
                stay.left = true;
                self.open(at, true, true);
            }
            _ => self.open(at, true, true),
        }
    }

    /// A poll shows them no more.
    pub(super) fn gone(&mut self, at: Stamp) {
        if let Some(stay) = self.list.last_mut().filter(|stay| !stay.left) {
            stay.left = true;
            if at.at_ms >= stay.to_ms {
                (stay.to_ms, stay.to_line) = (at.at_ms, at.line);
            }
        }
    }

    /// The log says that they left.
    pub(super) fn left(&mut self, at: Stamp) {
        let Some(stay) = self.list.last_mut() else { return };
        let told_by_poll = stay.left && !stay.to_logged && stay.to_ms - at.at_ms < SAME_CHANGE_MS;
        if (!stay.left || told_by_poll) && at.at_ms >= stay.from_ms {
            (stay.to_ms, stay.to_line) = (at.at_ms, at.line);
            (stay.left, stay.to_logged) = (true, true);
        }
    }

    fn open(&mut self, at: Stamp, came: bool, logged: bool) {
        if self.list.len() < MAX_STAYS {
            self.list.push(ServerStay {
                from_ms: at.at_ms,
                from_line: at.line,
                came,
                to_ms: at.at_ms,
                to_line: at.line,
                left: false,
                from_logged: logged,
                to_logged: false,
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

    fn times(stays: &Stays) -> Vec<(f64, f64, bool)> {
        stays.list().iter().map(|stay| (stay.from_ms, stay.to_ms, stay.left)).collect()
    }

    #[test]
    fn the_log_is_exact_whether_it_comes_before_or_after_the_poll() {
        let mut stays = Stays::default();
        stays.seen(at(10_000.0), true);
        stays.came(at(7_500.0));
        stays.seen(at(20_000.0), false);
        stays.gone(at(30_000.0));
        stays.left(at(26_000.0));
        stays.came(at(41_000.0));
        stays.seen(at(50_000.0), false);
        stays.left(at(55_000.0));
        stays.gone(at(60_000.0));
        assert_eq!(times(&stays), [(7_500.0, 26_000.0, true), (41_000.0, 55_000.0, true)]);
    }

    #[test]
    fn who_is_there_at_the_end_has_not_left() {
        let mut stays = Stays::default();
        stays.left(at(1.0));
        stays.seen(at(5.0), false);
        stays.seen(at(9.0), false);
        assert_eq!(times(&stays), [(5.0, 9.0, false)]);
        assert!(!stays.list()[0].came);
    }
}
