//! `cargo xtask`: sets up what is missing, then builds, runs, tests or checks the whole project.
//!
//! Tools that the project needs and Cargo cannot bring as dependencies go to a user cache and are reused; see
//! [`tools`]. The compiler for the browser is found by [`wasm`]. Nothing here ever calls `sudo`.
#![expect(clippy::print_stdout, reason = "this program talks to a terminal")]
#![expect(clippy::print_stderr, reason = "this program talks to a terminal")]

mod cli;
mod commands;
mod dist;
mod process;
mod progress;
mod project;
mod tools;
mod wasm;

use std::process::ExitCode;

use cli::Asked;

fn main() -> ExitCode {
    let asked = match cli::parse(lexopt::Parser::from_env()) {
        Ok(asked) => asked,
        Err(error) => {
            eprintln!("cargo xtask: {error:#}\nSee cargo xtask --help.");
            return ExitCode::from(2);
        }
    };
    let done = match asked {
        Asked::Help => {
            print!("{}", cli::HELP);
            Ok(())
        }
        Asked::Build => commands::build::build(),
        Asked::Check => commands::check::check(),
        Asked::Run { service_args } => commands::run::run(&service_args),
        Asked::Test { full } => commands::test::test(full),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\ncargo xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
