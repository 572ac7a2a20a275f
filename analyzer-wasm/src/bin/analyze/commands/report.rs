//! The report: what `analyze` does without a subcommand.

use std::io::IsTerminal as _;

use analyzer_wasm::query::ReportJson;
use analyzer_wasm::wire::Query;
use clap::Parser;

use crate::conferences::Selection;
use crate::exit::Outcome;
use crate::{output, report_text};

/// Judges WebRTC calls from the dumps they left
///
/// Reads the dumps of one or more calls and prints, for each conference, its findings, its participants and its
/// servers: as text on a terminal, as JSON into a file or a pipe. The JSON is the same report that the page shows.
///
/// With the name of a subcommand as the first argument, it prints something else about the same dumps. A file with the
/// name of a subcommand is given with its folder, as in `analyze ./stats`, or after `--`, as in `analyze -- stats`.
///
/// Control characters, bidirectional overrides and invisible characters that stand in a dump are printed escaped, such
/// as \u{1b}; in JSON as \u001b.
#[derive(Debug, Parser)]
#[command(name = "analyze", version, after_long_help = AFTER_HELP)]
pub(crate) struct Report {
    /// Print the report as JSON; this is the default where the output is not a terminal
    #[arg(long, overrides_with = "text")]
    json: bool,
    /// Print the report as text; this is the default on a terminal
    #[arg(long, overrides_with = "json")]
    text: bool,
    #[command(flatten)]
    selection: Selection,
}

const AFTER_HELP: &str = "\
Examples:
  analyze call/                        the report of a folder of dumps
  analyze --json a.gz b.gz > call.json
  zcat dump.gz | analyze --text -

Exit status:
  0  an answer was printed; problems in the dumps are part of it
  1  nothing that was given is a dump, or the output could not be written
  2  the arguments are wrong";

impl Report {
    /// Prints the report.
    pub(crate) fn run(self) -> Outcome {
        let workspace = self.selection.read()?;
        let as_text = self.text || !self.json && std::io::stdout().is_terminal();
        if as_text {
            output::print(&report_text::render(workspace.reports()))?;
        } else {
            output::print_json(&ReportJson.answer(&workspace).text)?;
        }
        Ok(())
    }
}
