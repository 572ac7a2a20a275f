//! Everything of one dump: its stats as tab-separated columns, its session descriptions, its raw lines.

use std::fmt::Write as _;

use analyzer_wasm::detail::{Detail, DetailReader};
use anyhow::{Result, bail};

use crate::args::View;
use crate::input::{self, Source};

/// Reads the one dump and renders what was asked of it.
pub(crate) fn render(view: &View, sources: &[Source]) -> Result<String> {
    let [source] = sources else {
        bail!("this view is of one dump, and {} were given", input::files(sources.len()));
    };
    let mut reader = match view {
        View::Lines(range) => DetailReader::with_lines(range.clone()),
        View::Stats(_) | View::Sdp => DetailReader::default(),
    };
    input::feed(source, &mut |bytes| reader.push(bytes))?;
    let detail = reader.finish().map_err(|error| input::in_words(&error))?;
    let mut out = String::new();
    match view {
        View::Stats(filter) => stats(&mut out, &detail, filter)?,
        View::Sdp => {
            for description in &detail.descriptions {
                let connection = description.connection.as_deref().unwrap_or("–");
                let (line, method) = (description.at.line, &description.method);
                writeln!(out, "# line {line}, {connection}, {method}\n{}", description.sdp)?;
            }
        }
        View::Lines(_) => {
            for line in &detail.lines {
                writeln!(out, "{}\t{}", line.number, line.text)?;
            }
        }
    }
    Ok(out)
}

/// One row for each value of each field whose `type.field` holds the filter.
fn stats(out: &mut String, detail: &Detail, filter: &str) -> Result<()> {
    writeln!(out, "time_ms\tconnection\treport\ttype\tfield\tvalue")?;
    for column in &detail.columns {
        let Some(polls) = detail.polls.get(column.polls) else { continue };
        let (kind, field, report) = (column.kind, &column.field, &column.report);
        if format!("{kind}.{field}").contains(filter) {
            for (at_ms, value) in column.points(polls) {
                writeln!(out, "{at_ms}\t{}\t{report}\t{kind}\t{field}\t{value}", polls.connection)?;
            }
        }
    }
    Ok(())
}
