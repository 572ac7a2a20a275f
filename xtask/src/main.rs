//! `cargo xtask`: installs missing tools, then builds, serves, tests or checks the whole project.
//!
//! Tools that Cargo cannot provide as dependencies are installed into a per-user cache and reused; see [`tools`].
//! [`wasm`] finds or installs a compiler for `wasm32-unknown-unknown`. `sudo` is never called.
#![expect(clippy::print_stdout, reason = "this is a command line program")]
#![expect(clippy::print_stderr, reason = "this is a command line program")]

mod cli;
mod commands;
mod dist;
mod process;
mod progress;
mod project;
mod stylesheet;
mod test_counts;
mod tools;
mod wasm;

use std::process::ExitCode;

use cli::Action;

fn main() -> ExitCode {
    let action = match cli::parse(lexopt::Parser::from_env()) {
        Ok(action) => action,
        Err(error) => {
            eprintln!("cargo xtask: {error:#}\nSee cargo xtask --help.");
            return ExitCode::from(2);
        }
    };
    let result = match action {
        Action::Help => {
            print!("{}", cli::HELP);
            Ok(())
        }
        Action::Build => commands::build::build(),
        Action::Check => commands::check::check(),
        Action::Fmt => commands::fmt::fmt(),
        Action::Run { service_args } => commands::run::run(&service_args),
        Action::Test { full } => return commands::test::test(full),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\ncargo xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
