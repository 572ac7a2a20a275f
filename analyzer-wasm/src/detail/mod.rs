//! Reads one file again for the views that need all of it: every numeric field of every report at every poll, session
//! descriptions and raw lines.

mod columns;
mod raw;
mod search;
mod unit;

pub use columns::{FieldColumn, PollTimes};
pub use raw::RawLine;

use std::ops::RangeInclusive;

use crate::error::Error;
use crate::input::FileReader;
use crate::limits::MAX_DETAIL_DESCRIPTIONS;
use crate::model::{ClientSink, FileSink, ReportTable, ServerSink, Stamp};
use crate::problems::{ProblemKind, Problems};
use columns::Columns;
use raw::RawLines;

/// The details of one file. Times are epoch ms on its writer's clock.
#[derive(Debug)]
pub struct Detail {
    /// The poll times of each connection.
    pub polls: Vec<PollTimes>,
    /// Every numeric field, in the order of appearance.
    pub columns: Vec<FieldColumn>,
    /// Every session description.
    pub descriptions: Vec<Description>,
    /// The requested lines.
    pub lines: Vec<RawLine>,
    /// What was odd, lost or beyond a limit.
    pub problems: Problems,
}

/// One session description.
#[derive(Clone, Debug, PartialEq)]
pub struct Description {
    /// Its time and line.
    pub at: Stamp,
    /// The peer connection.
    pub connection: Option<String>,
    /// The method that got it, for example `setLocalDescription`.
    pub method: String,
    /// The SDP.
    pub sdp: String,
}

/// Reads one file again, in chunks that may end anywhere.
#[derive(Debug)]
pub struct DetailReader {
    reader: FileReader,
    collector: Collector,
}

impl Default for DetailReader {
    fn default() -> Self {
        Self { reader: FileReader::with_all_fields(), collector: Collector::default() }
    }
}

impl DetailReader {
    /// A reader that also keeps these raw lines, counted from 1.
    #[must_use]
    pub fn with_lines(wanted: RangeInclusive<u64>) -> Self {
        let mut reader = Self::default();
        reader.collector.raw.request(wanted);
        reader
    }

    /// Takes the next bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.reader.push(bytes, &mut self.collector);
    }

    /// Bytes of text so far.
    #[must_use]
    pub fn text_bytes(&self) -> u64 {
        self.reader.text_bytes()
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When the file is refused.
    pub fn finish(self) -> Result<Detail, Error> {
        let mut collector = self.collector;
        self.reader.finish(&mut collector)?;
        let (polls, columns) = collector.columns.finish();
        Ok(Detail {
            polls,
            columns,
            descriptions: collector.descriptions,
            lines: collector.raw.finish(),
            problems: collector.problems,
        })
    }
}

/// Collects the details.
#[derive(Debug, Default)]
struct Collector {
    columns: Columns,
    descriptions: Vec<Description>,
    raw: RawLines,
    problems: Problems,
}

impl FileSink for Collector {
    fn problem(&mut self, kind: ProblemKind, line: u64) {
        self.problems.add(kind, line);
    }

    fn raw_line(&mut self, number: u64, bytes: &[u8]) {
        self.raw.line(number, bytes);
    }
}

impl ClientSink for Collector {
    fn stats(&mut self, at: Stamp, connection: &str, table: &ReportTable) {
        if !self.columns.poll(at, connection, table) {
            self.problems.add(ProblemKind::OverLimit, at.line);
        }
    }

    fn description(&mut self, at: Stamp, connection: Option<&str>, method: &str, sdp: &str) {
        if self.descriptions.len() >= MAX_DETAIL_DESCRIPTIONS {
            self.problems.add(ProblemKind::OverLimit, at.line);
            return;
        }
        self.descriptions.push(Description {
            at,
            connection: connection.map(str::to_owned),
            method: method.to_owned(),
            sdp: sdp.to_owned(),
        });
    }
}

impl ServerSink for Collector {}
