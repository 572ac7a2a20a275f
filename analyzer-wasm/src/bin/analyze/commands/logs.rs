//! Console lines as rows: tab-separated, one line each whatever the message holds.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use analyzer_wasm::correlate::Calls;
use analyzer_wasm::date::instant;
use analyzer_wasm::limits::MAX_LOG_ROWS;
use analyzer_wasm::report::{LogQuery, LogRow, Report};
use anyhow::{Result, bail};

/// The lines of every conference that answer.
pub(crate) fn render(calls: &Calls, query: &LogQuery) -> Result<String> {
    let owners: BTreeSet<&str> = calls.reports().iter().flat_map(owners).collect();
    if let Some(nobody) = query.participants.iter().find(|name| !owners.contains(name.as_str())) {
        let known: Vec<&str> = owners.into_iter().collect();
        bail!("--who {nobody}: there is nobody of that key or name, but {}", known.join(", "));
    }
    let mut out = "time\twho\tlevel\tcomponent\tfunction\tcount\tmessage\tfile\tline\n".to_owned();
    for conference in 0..calls.reports().len() {
        let limit = u32::try_from(MAX_LOG_ROWS).unwrap_or(u32::MAX);
        let mut query = LogQuery { limit, ..query.clone() };
        loop {
            let page = calls.search_logs(conference, &query);
            page.rows.iter().for_each(|found| row(&mut out, found));
            if page.next.is_none() {
                break;
            }
            query.after = page.next;
        }
    }
    Ok(out)
}

/// Whoever can have logged something: people by key, servers by name.
fn owners(report: &Report) -> impl Iterator<Item = &str> {
    let people = report.participants.iter().map(|person| person.key.as_str());
    people.chain(report.servers.iter().filter_map(|server| server.name.as_deref()))
}

fn row(out: &mut String, row: &LogRow) {
    let who = row.participant.as_deref().or(row.server.as_deref()).unwrap_or_default();
    let (component, function) =
        (row.component.as_deref().unwrap_or_default(), row.function.as_deref().unwrap_or_default());
    // Neither a line of its own nor an order to the terminal.
    let message: String =
        row.message.chars().map(|c| if c.is_control() { escaped(c) } else { c.into() }).collect();
    let (time, level, count) = (instant(row.at_ms), row.level.name(), row.count);
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "{time}\t{who}\t{level}\t{component}\t{function}\t{count}\t{message}\t{}\t{}",
        row.file, row.line
    );
}

fn escaped(control: char) -> String {
    control.escape_default().collect()
}
