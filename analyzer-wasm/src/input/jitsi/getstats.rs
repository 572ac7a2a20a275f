//! getstats polls: each holds the values that changed since the last poll, with the timestamp 0 for that of the poll.
//!
//! Clients before 7.0.0 leave out reports that have not changed; newer ones list them as empty objects and leave out only
//! those that no longer exist. Both decode alike here: an absent report has no sample in this poll, and one that comes
//! back without its type continues with its old values.

use super::JitsiReader;
use super::entry::{Entry, is_time};
use super::legacy;
use super::order::Clock;
use crate::input::json::{Malformed, RawText, Scanner, Value};
use crate::model::{ClientSink, Metric, ReportKind, ReportTable, SlotId, Text};
use crate::problems::ProblemKind;

/// The start of the lines that take the hot path.
const PREFIX: &[u8] = b"[\"getstats\",\"";

/// Whether a line takes the hot path.
pub(super) fn is_getstats(text: &[u8]) -> bool {
    text.starts_with(PREFIX)
}

/// Irregularities of a poll.
struct PollChecks {
    over_limit: bool,
    partial: bool,
}

impl JitsiReader {
    /// Reads a whole `["getstats","PC_n",{…},time,number]` line in one pass.
    pub(super) fn getstats_line(
        &mut self,
        text: &[u8],
        line: u64,
        sink: &mut dyn ClientSink,
    ) -> Result<(), ProblemKind> {
        self.client_entries += 1;
        let mut scanner = Scanner::new(text);
        let connection = connection_of(&mut scanner).map_err(|_| ProblemKind::BadLine)?;
        let connection = connection.decode();
        let is_object = scanner.peek() == Some(b'{');
        if !is_object {
            // A poll as text, or none at all: rare, so the general way is fast enough.
            let entry = serde_json::from_slice::<Entry<'_>>(text).map_err(|_| ProblemKind::BadLine)?;
            return self.getstats_entry(&entry, line, sink);
        }
        let Some(table) = self.table(&connection, line, sink) else { return Ok(()) };
        let checks = read_poll(table, &mut scanner).map_err(|_| ProblemKind::BadStats)?;
        let at_ms = time_of(&mut scanner).map_err(|_| ProblemKind::BadStats)?;
        self.polled(&connection, &checks, at_ms, line, sink);
        Ok(())
    }

    /// Reads a getstats entry in any other form: in an envelope, with spaces, or with its poll as text.
    pub(super) fn getstats_entry(
        &mut self,
        entry: &Entry<'_>,
        line: u64,
        sink: &mut dyn ClientSink,
    ) -> Result<(), ProblemKind> {
        self.client_entries += 1;
        let Some(connection) = &entry.connection else { return Err(ProblemKind::ForeignLine) };
        let Some(data) = entry.data else { return Ok(()) };
        let as_text = entry.text();
        let json = as_text.as_deref().unwrap_or(data.get());
        let Some(table) = self.table(connection, line, sink) else { return Ok(()) };
        let checks =
            read_poll(table, &mut Scanner::new(json.as_bytes())).map_err(|_| ProblemKind::BadStats)?;
        self.polled(connection, &checks, entry.at_ms, line, sink);
        Ok(())
    }

    fn polled(
        &mut self,
        connection: &str,
        checks: &PollChecks,
        at_ms: Option<f64>,
        line: u64,
        sink: &mut dyn ClientSink,
    ) {
        for (seen, problem) in
            [(checks.over_limit, ProblemKind::OverLimit), (checks.partial, ProblemKind::PartialReport)]
        {
            if seen {
                sink.problem(problem, line);
            }
        }
        let at = self.stamp(at_ms, Clock::Entry, line, sink);
        if let Some(table) = self.tables.get(connection) {
            sink.stats(at, connection, table);
        }
    }
}

/// Takes `["getstats","PC_n",` and returns the connection.
fn connection_of<'a>(scanner: &mut Scanner<'a>) -> Result<RawText<'a>, Malformed> {
    scanner.expect(b'[')?;
    scanner.text()?;
    scanner.expect(b',')?;
    let connection = scanner.text()?;
    scanner.expect(b',')?;
    Ok(connection)
}

/// Takes `,time,number]` and returns the time.
fn time_of(scanner: &mut Scanner<'_>) -> Result<Option<f64>, Malformed> {
    let mut time = None;
    if scanner.peek() == Some(b',') {
        scanner.expect(b',')?;
        if let Value::Number(at_ms) = scanner.value()? {
            time = Some(at_ms).filter(is_time);
        }
    }
    while scanner.peek() == Some(b',') {
        scanner.expect(b',')?;
        scanner.skip()?;
    }
    scanner.expect(b']')?;
    if scanner.peek().is_some() { Err(Malformed) } else { Ok(time) }
}

/// Takes the poll's object into the table.
fn read_poll(table: &mut ReportTable, scanner: &mut Scanner<'_>) -> Result<PollChecks, Malformed> {
    table.begin_poll();
    scanner.expect(b'{')?;
    let mut checks = PollChecks { over_limit: false, partial: false };
    let mut poll_ms = None;
    let mut at_poll_time: Vec<SlotId> = Vec::new();
    let mut first = true;
    while let Some(key) = scanner.next_key(&mut first)? {
        match scanner.value()? {
            Value::Nested if scanner.peek() == Some(b'{') => {
                if let Some(slot) = table.touch(&key.decode()) {
                    if read_report(table, slot, scanner)? {
                        at_poll_time.push(slot);
                    }
                } else {
                    checks.over_limit = true;
                    scanner.skip()?;
                }
            }
            Value::Nested => {
                scanner.skip()?;
            }
            Value::Number(number) if key.bytes == b"timestamp" => poll_ms = Some(number).filter(is_time),
            _ => {}
        }
    }
    if let Some(poll_ms) = poll_ms {
        for slot in at_poll_time {
            table.set_timestamp(slot, poll_ms);
        }
    }
    checks.partial = table.present().any(|report| report.text(Text::Type).is_none());
    Ok(checks)
}

/// Takes the object of one report; whether its timestamp is that of the poll.
fn read_report(table: &mut ReportTable, slot: SlotId, scanner: &mut Scanner<'_>) -> Result<bool, Malformed> {
    scanner.expect(b'{')?;
    let mut at_poll_time = false;
    let mut first = true;
    while let Some(key) = scanner.next_key(&mut first)? {
        match scanner.value()? {
            Value::Number(number) if key.bytes == b"timestamp" => {
                at_poll_time = number == 0.0;
                if !at_poll_time {
                    table.set_timestamp(slot, number);
                }
            }
            Value::Number(number) => set_number(table, slot, key, number),
            Value::Bool(yes) => set_number(table, slot, key, f64::from(u8::from(yes))),
            Value::Text(text) => set_text(table, slot, key, text),
            Value::Null => {}
            Value::Nested if key.bytes == b"qualityLimitationDurations" => {
                read_durations(table, slot, scanner)?;
            }
            Value::Nested => {
                scanner.skip()?;
            }
        }
    }
    Ok(at_poll_time)
}

fn set_number(table: &mut ReportTable, slot: SlotId, key: RawText<'_>, number: f64) {
    match Metric::of_key(key.bytes) {
        Some(metric) => table.set(slot, metric, number),
        None => table.set_extra(slot, &key.decode(), number),
    }
}

fn set_text(table: &mut ReportTable, slot: SlotId, key: RawText<'_>, text: RawText<'_>) {
    let text = text.decode();
    if let Some(field) = Text::of_key(key.bytes) {
        table.set_text(slot, field, legacy::text_value(field, &text));
        if field == Text::Type
            && let Some(kind) = table.report(slot).and_then(|report| legacy::kind_of(&text, report.id()))
        {
            table.set_kind(slot, kind);
        }
    } else {
        // Legacy reports have numbers as text.
        let kind = table.report(slot).map_or(ReportKind::Other, crate::model::Report::kind);
        legacy::set(table, slot, kind, &key.decode(), &text);
    }
}

/// `qualityLimitationDurations`: a record of seconds by reason.
fn read_durations(table: &mut ReportTable, slot: SlotId, scanner: &mut Scanner<'_>) -> Result<(), Malformed> {
    if scanner.peek() != Some(b'{') {
        return scanner.skip().map(|_| ());
    }
    scanner.expect(b'{')?;
    let mut first = true;
    while let Some(key) = scanner.next_key(&mut first)? {
        let metric = match key.bytes {
            b"none" => Some(Metric::LimitedByNothing),
            b"cpu" => Some(Metric::LimitedByCpu),
            b"bandwidth" => Some(Metric::LimitedByBandwidth),
            b"other" => Some(Metric::LimitedByOther),
            _ => None,
        };
        match (scanner.value()?, metric) {
            (Value::Number(seconds), Some(metric)) => table.set(slot, metric, seconds),
            (Value::Nested, _) => {
                scanner.skip()?;
            }
            _ => {}
        }
    }
    Ok(())
}
