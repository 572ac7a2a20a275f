//! `analyze man`: manual pages.

use anyhow::{Context as _, anyhow};
use clap::Parser;

use super::Subcommand;
use crate::exit::{Failure, Outcome};
use crate::{command_line, output};

/// Print a manual page
///
/// Prints the manual page of the command, or of one of its subcommands, as roff.
#[derive(Debug, Parser)]
#[command(name = "man", after_long_help = AFTER_HELP)]
pub(crate) struct Man {
    /// The subcommand whose page to print instead
    #[arg(value_name = "COMMAND")]
    subcommand: Option<String>,
}

const AFTER_HELP: &str = "\
Examples:
  analyze man > ~/.local/share/man/man1/analyze.1
  analyze man stats > ~/.local/share/man/man1/analyze-stats.1";

impl Subcommand for Man {
    fn run(self) -> Outcome {
        let mut definition = command_line::definition();
        definition.build();
        let page_of = match &self.subcommand {
            None => definition,
            Some(name) => {
                let found = definition.find_subcommand(name).cloned();
                let names: Vec<&str> =
                    definition.get_subcommands().map(|command| command.get_name()).collect();
                let unknown = || anyhow!("there is no subcommand {name}; there are: {}", names.join(", "));
                found.ok_or_else(|| Failure::Usage(unknown()))?
            }
        };
        let mut page = Vec::new();
        clap_mangen::Man::new(page_of).render(&mut page).context("the page cannot be made")?;
        Ok(output::print_bytes(&page)?)
    }
}
