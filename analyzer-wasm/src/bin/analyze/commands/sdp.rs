//! `analyze sdp`: the session descriptions of a dump.

use analyzer_wasm::detail::DetailReader;
use clap::Parser;

use super::Subcommand;
use crate::exit::Outcome;
use crate::one_dump::OneDump;
use crate::output;
use crate::table::NO_DATA;
use crate::terminal_text::TerminalText;

/// Print the session descriptions of a dump
///
/// Prints each session description in the order of the dump, after a line with its line number, its peer connection
/// and the method that it was given to or came from.
#[derive(Debug, Parser)]
#[command(name = "sdp", after_long_help = AFTER_HELP)]
pub(crate) struct Sdp {
    #[command(flatten)]
    dump: OneDump,
}

const AFTER_HELP: &str = "\
Examples:
  analyze sdp dump.gz
  analyze sdp dump.gz | grep a=candidate";

impl Subcommand for Sdp {
    fn run(self) -> Outcome {
        let detail = self.dump.read(DetailReader::default())?;
        let mut out = TerminalText::default();
        for description in &detail.descriptions {
            let connection = description.connection.as_deref().unwrap_or(NO_DATA);
            out.line(format_args!("# line {}, {connection}, {}", description.at.line, description.method));
            description.sdp.lines().for_each(|line| out.line(line));
            out.blank_line();
        }
        Ok(output::print(&out)?)
    }
}
