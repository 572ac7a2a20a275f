//! `analyze lines`: lines of a dump as they stand.

use std::ops::RangeInclusive;

use analyzer_wasm::detail::DetailReader;
use clap::Parser;

use super::Subcommand;
use crate::exit::Outcome;
use crate::one_dump::OneDump;
use crate::output;
use crate::terminal_text::TerminalText;

/// Print lines of a dump as they stand
///
/// Prints the number of each line, a tab and its text, for example to see the lines that a finding names as evidence.
#[derive(Debug, Parser)]
#[command(name = "lines", after_long_help = AFTER_HELP)]
pub(crate) struct Lines {
    /// The lines to print, counted from 1: A-B, or one number
    #[arg(value_name = "LINES", value_parser = range)]
    range: RangeInclusive<u64>,
    #[command(flatten)]
    dump: OneDump,
    /// Print the text of the lines only, with control characters as they are; never use it on a terminal
    #[arg(long)]
    raw: bool,
}

const AFTER_HELP: &str = "\
Examples:
  analyze lines 57 dump.gz
  analyze lines --raw 57-60 dump.gz | jq .";

impl Subcommand for Lines {
    fn run(self) -> Outcome {
        let detail = self.dump.read(DetailReader::with_lines(self.range))?;
        for line in detail.lines.iter().filter(|line| line.cut) {
            output::warn(format_args!("line {} is cut: too much text was asked for", line.number));
        }
        if self.raw {
            let lines = detail.lines.iter().flat_map(|line| [line.text.as_str(), "\n"]);
            return Ok(output::print_bytes(lines.collect::<String>().as_bytes())?);
        }
        let mut out = TerminalText::default();
        detail.lines.iter().for_each(|line| out.tab_separated(&[&line.number, &line.text]));
        Ok(output::print(&out)?)
    }
}

fn range(text: &str) -> Result<RangeInclusive<u64>, String> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    match (from.parse(), to.parse()) {
        (Ok(from), Ok(to)) if 0 < from && from <= to => Ok(from..=to),
        _ => Err("expected A-B or one number, counted from 1, such as 57-60".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_two_numbers_or_one() {
        assert_eq!((range("3-7"), range("4")), (Ok(3..=7), Ok(4..=4)));
        for wrong in ["", "7-3", "0-3", "3-", "a", "1-2-3"] {
            assert!(range(wrong).is_err(), "{wrong}");
        }
    }
}
