//! Problems of a file: what was odd or lost while it was read, counted by kind and with its first line.

use serde::{Deserialize, Serialize};

use crate::report::{Problem, ProblemSeverity};

macro_rules! problem_kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $severity:ident, $message:literal;)*) => {
        /// The kind of a problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum ProblemKind { $($(#[$doc])* #[doc = $message] $variant,)* }

        impl ProblemKind {
            /// Every kind, in the order of this list.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stable identifier.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// Its severity.
            #[must_use]
            pub const fn severity(self) -> ProblemSeverity {
                match self { $(Self::$variant => ProblemSeverity::$severity),* }
            }

            /// What it means, for the user.
            #[must_use]
            pub const fn message(self) -> &'static str {
                match self { $(Self::$variant => $message),* }
            }
        }
    };
}

problem_kinds! {
    BadLine = "bad-line", DataLoss, "The line is not valid JSON and was skipped.";
    TornLine = "torn-line", DataLoss, "The last line is cut off: the dump ends in the middle of an entry.";
    LineTooLong = "line-too-long", DataLoss, "The line is longer than 64 MiB and was skipped.";
    GzipDamaged = "gzip-damaged", DataLoss,
        "The compressed data is damaged here; everything before it was read, nothing after it can be.";
    GzipCut = "gzip-cut", DataLoss, "The compressed data ends early: the file was cut in transit.";
    TooMuchText = "too-much-text", DataLoss, "The file holds more than 64 GiB of text; the rest was not read.";
    BadStats = "bad-stats", DataLoss, "A getstats entry could be read only in part; no sample was taken from it.";
    OverLimit = "over-limit", DataLoss,
        "The file holds more connections, reports, streams or events than are kept; the rest was left out.";
    BadDocument = "bad-document", DataLoss,
        "The JSON document is not valid here or is nested too deeply; nothing after this was read.";
    TornDocument = "torn-document", DataLoss, "The JSON document is cut off: its end is missing.";
    TokenTooLong = "token-too-long", DataLoss,
        "A string of the JSON document is longer than 16 MiB and was left out.";
    RecordTooLong = "record-too-long", DataLoss,
        "The log record is longer than 1 MiB; the lines at its end were left out.";
    ImplausibleTime = "implausible-time", Warning,
        "The entry's time cannot be right: it is before 2011, after 2099, or more than 30 days from the entries \
         before it. The time of the entry before it was used.";
    NoPlausibleTime = "no-plausible-time", Warning,
        "The times in this file cannot be used: expected times after 2010, in epoch milliseconds, that are at most \
         30 days apart. The file adds nothing to the start, the end or the duration of the call.";
    GzipChecksum = "gzip-checksum", Warning, "The checksum of the compressed data does not fit its content.";
    GzipTrailing = "gzip-trailing", Warning, "Bytes that are not gzip follow the compressed data; they were ignored.";
    ForeignLine = "foreign-line", Warning, "The line is valid JSON but not an entry of a dump.";
    PartialReport = "partial-report", Warning,
        "A stats report appeared without its type: the poll that introduced it is missing from the dump.";
    CounterArtefact = "counter-artefact", Warning,
        "A packet counter held a negative number written as unsigned; that sample was not used.";
    MissingTime = "missing-time", Info, "The entry has no time; the time of the entry before it was used.";
    BlankLine = "blank-line", Info, "The line is blank.";
    RepeatedLine = "repeated-line", Info,
        "The line looks the same as the one before it; both were read.";
    LateEntry = "late-entry", Info,
        "The entry is older than one before it: clients send buffered entries late. Order was kept.";
    RestampedHeader = "restamped-header", Info,
        "The server's time stamp is more than a day from the times of the entries, so it was not used for the clock.";
    SameContent = "same-content", Info,
        "Another file has the same content; it was counted once.";
    ServerState = "server-state", Info,
        "The line is the state of a server whose states are not read; it was ignored.";
    NoBaseState = "no-base-state", Warning,
        "The dump starts in the middle: its first state is a change of a state that is not in this file.";
    LargePart = "large-part", Warning,
        "The dump is too large to be joined with the parts before and after it; it was read alone.";
    MissingPart = "missing-part", Warning,
        "By the file names, the part before this one is missing; what changed in it is unknown.";
    UnknownDeparture = "unknown-departure", Warning,
        "A participant left the conference here, and neither the state nor the log shows which one.";
}

/// How often one kind occurred.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Tally {
    count: u64,
    first_line: Option<u64>,
}

/// The problems of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problems {
    tallies: Vec<Tally>,
}

impl Default for Problems {
    fn default() -> Self {
        Self { tallies: vec![Tally::default(); ProblemKind::ALL.len()] }
    }
}

impl Problems {
    /// Counts a problem on a line, counted from 1.
    pub fn add(&mut self, kind: ProblemKind, line: u64) {
        if let Some(tally) = self.tallies.get_mut(kind as usize) {
            tally.count += 1;
            let earliest = tally.first_line.map_or(line, |first| first.min(line));
            tally.first_line = Some(earliest);
        }
    }

    /// Counts a problem that has no line.
    pub fn note(&mut self, kind: ProblemKind) {
        if let Some(tally) = self.tallies.get_mut(kind as usize) {
            tally.count += 1;
        }
    }

    /// Replaces the counts of these kinds by those of another reading of the same file.
    pub fn replace(&mut self, kinds: &[ProblemKind], other: &Self) {
        for kind in kinds {
            let found = other.tallies.get(*kind as usize).copied().unwrap_or_default();
            if let Some(tally) = self.tallies.get_mut(*kind as usize) {
                *tally = found;
            }
        }
    }

    /// How many problems of a kind there are.
    #[must_use]
    pub fn count(&self, kind: ProblemKind) -> u64 {
        self.tallies.get(kind as usize).map_or(0, |tally| tally.count)
    }

    /// The problems as reports list them, most severe first.
    #[must_use]
    pub fn to_report(&self) -> Vec<Problem> {
        let mut rows: Vec<Problem> = ProblemKind::ALL
            .iter()
            .zip(&self.tallies)
            .filter(|(_, tally)| tally.count > 0)
            .map(|(kind, tally)| Problem {
                kind: kind.name().to_owned(),
                severity: kind.severity(),
                count: tally.count,
                first_line: tally.first_line,
                message: kind.message().to_owned(),
            })
            .collect();
        rows.sort_by_key(|row| row.severity);
        rows
    }
}
