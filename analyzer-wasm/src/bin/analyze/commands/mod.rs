//! The subcommands, one file each: its arguments, its help and what it does.

mod completions;
mod features;
mod lines;
mod logs;
mod man;
mod records;
pub(crate) mod report;
mod sdp;
mod stats;

use clap::{ArgMatches, Command, Parser};

use crate::exit::Outcome;

/// Every subcommand, in the order of the help.
const ALL: &[Entry] = &[
    Entry::of::<stats::Stats>(),
    Entry::of::<sdp::Sdp>(),
    Entry::of::<lines::Lines>(),
    Entry::of::<logs::Logs>(),
    Entry::of::<features::Features>(),
    Entry::of::<records::Records>(),
    Entry::of::<completions::Completions>(),
    Entry::of::<man::Man>(),
];

/// A subcommand: clap reads its arguments, its name and its help from the type.
trait Subcommand: Parser {
    /// Does what was asked and writes the answer.
    fn run(self) -> Outcome;
}

/// A row of the table of subcommands.
struct Entry {
    definition: fn() -> Command,
    run: fn(&ArgMatches) -> Result<Outcome, clap::Error>,
}

impl Entry {
    const fn of<T: Subcommand>() -> Self {
        Self { definition: T::command, run: |matches| Ok(T::from_arg_matches(matches)?.run()) }
    }
}

/// The definitions of all subcommands.
pub(crate) fn definitions() -> impl Iterator<Item = Command> {
    ALL.iter().map(|entry| (entry.definition)())
}

/// Runs the subcommand of this name; `None` where there is none.
pub(crate) fn run(name: &str, matches: &ArgMatches) -> Option<Result<Outcome, clap::Error>> {
    let entry = ALL.iter().find(|entry| (entry.definition)().get_name() == name)?;
    Some((entry.run)(matches))
}
