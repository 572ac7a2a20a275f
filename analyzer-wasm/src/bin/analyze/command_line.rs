//! The command line: a report by default, or one of the subcommands.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory as _, FromArgMatches as _};

use crate::commands;
use crate::commands::report::Report;
use crate::exit::Outcome;

/// The widest line of the help.
const MAX_HELP_WIDTH: usize = 100;

/// The definition of the whole command, from which parsing, help, completions and manual pages are made.
pub(crate) fn definition() -> Command {
    Report::command()
        .subcommands(commands::definitions())
        .args_conflicts_with_subcommands(true)
        .subcommand_negates_reqs(true)
        .subcommand_value_name("COMMAND")
        .max_term_width(MAX_HELP_WIDTH)
}

/// Parses the arguments, the program's name first, and runs what they ask for.
///
/// # Errors
/// When the arguments are wrong, or ask for the help or the version.
pub(crate) fn run(args: impl IntoIterator<Item = OsString>) -> Result<Outcome, clap::Error> {
    let mut definition = definition();
    let matches = definition.try_get_matches_from_mut(args).map_err(with_tip)?;
    let subcommand = matches.subcommand().and_then(|(name, matches)| commands::run(name, matches));
    match subcommand {
        Some(outcome) => outcome,
        None => Ok(Report::from_arg_matches(&matches)?.run()),
    }
}

/// Adds a tip where an unknown option has the name of a subcommand, such as `--stats`.
fn with_tip(mut error: clap::Error) -> clap::Error {
    if error.kind() == ErrorKind::UnknownArgument
        && let Some(ContextValue::String(arg)) = error.get(ContextKind::InvalidArg)
        && let Some(command) = commands::definitions().find(|command| is_option_of(arg, command.get_name()))
    {
        let tip = format!("use the subcommand: analyze {} --help", command.get_name());
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    error
}

/// Whether an option is named like a subcommand, or begins with its name: `--records-csv` and `records`.
fn is_option_of(arg: &str, command: &str) -> bool {
    let rest = arg.strip_prefix("--").and_then(|name| name.strip_prefix(command));
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
}
