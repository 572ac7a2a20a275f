//! `analyze stats`: every value of the fields of a dump's stats reports.

use analyzer_wasm::detail::DetailReader;
use clap::Parser;

use super::Subcommand;
use crate::exit::Outcome;
use crate::one_dump::OneDump;
use crate::output;
use crate::terminal_text::TerminalText;

/// Print the numbers of a dump's stats reports, at every poll
///
/// Prints one line for each value: time in milliseconds since 1970, peer connection, report id, report type, field and
/// value, separated by tabs.
#[derive(Debug, Parser)]
#[command(name = "stats", after_long_help = AFTER_HELP)]
pub(crate) struct Stats {
    /// Only fields whose `type.field` contains this text, such as inbound-rtp.jitter; "" prints all
    filter: String,
    #[command(flatten)]
    dump: OneDump,
}

const AFTER_HELP: &str = "\
Examples:
  analyze stats inbound-rtp.jitter dump.gz
  analyze stats candidate-pair. dump.gz | cut -f1,5,6";

impl Subcommand for Stats {
    fn run(self) -> Outcome {
        let detail = self.dump.read(DetailReader::default())?;
        let mut out = TerminalText::default();
        out.tab_separated(&[&"time_ms", &"connection", &"report", &"type", &"field", &"value"]);
        for column in &detail.columns {
            let Some(polls) = detail.polls.get(column.polls) else { continue };
            let (kind, field, report) = (&column.kind, &column.field, &column.report);
            if format!("{kind}.{field}").contains(&self.filter) {
                for (at_ms, value) in column.points(polls) {
                    out.tab_separated(&[&at_ms, &polls.connection, report, kind, field, &value]);
                }
            }
        }
        Ok(output::print(&out)?)
    }
}
