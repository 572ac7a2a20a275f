//! `analyze completions`: a shell's completion script.

use clap::Parser;
use clap_complete::Shell;

use super::Subcommand;
use crate::exit::Outcome;
use crate::{command_line, output};

/// Print a completion script for a shell
#[derive(Debug, Parser)]
#[command(name = "completions", after_long_help = AFTER_HELP)]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

const AFTER_HELP: &str = "\
Examples:
  analyze completions bash > ~/.local/share/bash-completion/completions/analyze
  analyze completions zsh > ~/.zfunc/_analyze
  analyze completions fish > ~/.config/fish/completions/analyze.fish";

impl Subcommand for Completions {
    fn run(self) -> Outcome {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command_line::definition(), "analyze", &mut script);
        Ok(output::print_bytes(&script)?)
    }
}
