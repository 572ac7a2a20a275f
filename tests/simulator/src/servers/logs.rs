//! The servers' log lines in the format of Jitsi's log formatter: local time without a time zone.

use serde_json::{Value, json};

use crate::calendar::local;
use crate::deployment::Host;
use crate::random::Random;

/// A line of a log.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Ms after the call's start, in true time.
    pub(super) at_ms: u64,
    pub(super) text: String,
    /// The join or leave that the line is about.
    pub(super) change: Option<LoggedChange>,
}

/// A join or leave in a log line, with the index of the session or machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LoggedChange {
    Joined(usize),
    Left(usize),
    MachineJoined(usize),
    MachineLeft(usize),
}

/// A log during the simulation.
#[derive(Debug)]
pub(super) struct Log<'a> {
    program: &'static str,
    host: &'a Host,
    start_ms: u64,
    /// The context of every line: `name=value` pairs, separated by blanks.
    context: String,
    random: Random,
    pub(super) lines: Vec<Line>,
}

impl<'a> Log<'a> {
    /// An empty log.
    pub(super) fn new(
        program: &'static str,
        host: &'a Host,
        start_ms: u64,
        context: String,
        random: Random,
    ) -> Self {
        Self { program, host, start_ms, context, random, lines: Vec::new() }
    }

    /// Writes a line that is not about a join or leave. `more` is added to the context.
    pub(super) fn write(&mut self, at_ms: u64, more: &str, place: &str, message: &str) {
        self.write_change(at_ms, None, more, place, message);
    }

    /// Writes a line, optionally about a join or leave.
    pub(super) fn write_change(
        &mut self,
        at_ms: u64,
        change: Option<LoggedChange>,
        more: &str,
        place: &str,
        message: &str,
    ) {
        let clock_ms = (self.start_ms + at_ms).saturating_add_signed(self.host.clock_ahead_ms);
        let stamp = local(clock_ms, self.host.utc_offset_min);
        let thread = self.random.whole(21, 480);
        let (program, context) = (self.program, &self.context);
        let text = format!("{program} {stamp} INFO: [{thread}] [{context}{more}] {place}: {message}");
        self.lines.push(Line { at_ms, text, change });
    }

    /// The log's random numbers.
    pub(super) fn random(&mut self) -> &mut Random {
        &mut self.random
    }

    /// Its lines in the order of time.
    pub(super) fn finish(mut self) -> std::vec::IntoIter<Line> {
        self.lines.sort_by_key(|line| line.at_ms);
        self.lines.into_iter()
    }
}

/// The entry of a dump with log lines, at a time on the server's clock.
pub(super) fn entry_of(lines: &[Line], clock_ms: u64) -> Value {
    let lines: Vec<Value> = lines.iter().map(|line| json!({"text": line.text, "count": 1})).collect();
    json!(["logs", null, lines, clock_ms])
}
