//! `analyze logs`: console lines of all dumps by time.

use std::collections::BTreeSet;

use analyzer_wasm::civil_date::iso;
use analyzer_wasm::limits::MAX_LOG_ROWS;
use analyzer_wasm::query::LogSearch;
use analyzer_wasm::report::{LogLevel, LogQuery, LogRow, Report};
use analyzer_wasm::wire::Query;
use analyzer_wasm::workspace::Workspace;
use anyhow::anyhow;
use clap::Parser;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};

use super::Subcommand;
use crate::conferences::Selection;
use crate::exit::{Failure, Outcome};
use crate::output;
use crate::terminal_text::TerminalText;

/// Print the console lines of all applications by time
///
/// Prints one line for each console line: UTC time, participant or server, level, component, function, how often it
/// occurred in a row, message, dump and line of the dump, separated by tabs.
#[derive(Debug, Parser)]
#[command(name = "logs", after_long_help = AFTER_HELP)]
pub(crate) struct Logs {
    /// Only lines that contain this text, in upper or lower case
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    find: String,
    /// Only lines of these levels, separated by commas
    #[arg(long, value_name = "LEVELS", value_delimiter = ',', ignore_case = true, value_parser = level())]
    level: Vec<LogLevel>,
    /// Only lines of this participant (its key in the report) or server (its name); may be repeated
    #[arg(long, value_name = "KEY")]
    who: Vec<String>,
    /// Only lines of this component; may be repeated
    #[arg(long, value_name = "NAME")]
    component: Vec<String>,
    #[command(flatten)]
    selection: Selection,
}

const AFTER_HELP: &str = "\
Examples:
  analyze logs --find ice --level warn,error call/
  analyze logs --who jvb-1.example.org call/";

impl Subcommand for Logs {
    fn run(self) -> Outcome {
        let workspace = self.selection.read()?;
        let query = LogQuery {
            text: self.find,
            levels: self.level,
            participants: self.who,
            components: self.component,
            ..LogQuery::default()
        };
        check_owners(workspace.reports(), &query.participants)?;
        Ok(output::print(&render(&workspace, &query))?)
    }
}

/// Parses the name of a level.
fn level() -> impl clap::builder::TypedValueParser<Value = LogLevel> {
    PossibleValuesParser::new(LogLevel::ALL.map(LogLevel::name)).try_map(|name| {
        LogLevel::ALL
            .into_iter()
            .find(|level| level.name().eq_ignore_ascii_case(&name))
            .ok_or("expected the name of a log level")
    })
}

/// Fails where a participant or server is asked for that no report has.
fn check_owners(reports: &[Report], asked: &[String]) -> Outcome {
    let owners: BTreeSet<&str> = reports.iter().flat_map(owners).collect();
    match asked.iter().find(|name| !owners.contains(name.as_str())) {
        None => Ok(()),
        Some(unknown) => {
            let known: Vec<&str> = owners.into_iter().collect();
            let known = known.join(", ");
            let error = anyhow!(
                "--who {unknown}: no participant has this key and no server this name; there are: {known}"
            );
            Err(Failure::Usage(error))
        }
    }
}

/// The participants' keys and the servers' names.
fn owners(report: &Report) -> impl Iterator<Item = &str> {
    let participants = report.participants.iter().map(|participant| participant.key.as_str());
    participants.chain(report.servers.iter().filter_map(|server| server.name.as_deref()))
}

/// The matching lines of every conference.
fn render(workspace: &Workspace, query: &LogQuery) -> TerminalText {
    let mut out = TerminalText::default();
    out.tab_separated(&[
        &"time",
        &"who",
        &"level",
        &"component",
        &"function",
        &"count",
        &"message",
        &"file",
        &"line",
    ]);
    for conference in 0..workspace.reports().len() {
        let limit = u32::try_from(MAX_LOG_ROWS).unwrap_or(u32::MAX);
        let mut query = LogQuery { limit, ..query.clone() };
        loop {
            let page = LogSearch { conference, filter: query.clone() }.answer(workspace);
            page.rows.iter().for_each(|found| row(&mut out, found));
            if page.next.is_none() {
                break;
            }
            query.after = page.next;
        }
    }
    out
}

fn row(out: &mut TerminalText, row: &LogRow) {
    let who = row.participant.as_deref().or(row.server.as_deref()).unwrap_or_default();
    let component = row.component.as_deref().unwrap_or_default();
    let function = row.function.as_deref().unwrap_or_default();
    out.tab_separated(&[
        &iso(row.at_ms),
        &who,
        &row.level.name(),
        &component,
        &function,
        &row.count,
        &row.message,
        &row.file,
        &row.line,
    ]);
}
