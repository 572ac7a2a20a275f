//! `analyze`: the page's report in a terminal, a script or a pipeline.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command talks to its terminal")]

mod args;
mod input;
mod log_args;
mod logs;
mod rtcstats_server;
mod servers_text;
mod table;
mod text;
mod view;

use std::io::{ErrorKind, IsTerminal as _, Write as _};
use std::process::ExitCode;

use analyzer_wasm::workspace::Workspace;
use args::{Args, Command, Output};

/// Something was a dump: the report may still tell of problems in it.
const REPORTED: u8 = 0;
/// Nothing that was given was a dump.
const NOTHING: u8 = 1;
/// The command was called wrongly.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    ExitCode::from(match args::parse(std::env::args_os()) {
        Ok(Command::Help) => {
            print!("{}", args::HELP);
            REPORTED
        }
        Ok(Command::Version) => {
            println!("analyze {}", env!("CARGO_PKG_VERSION"));
            REPORTED
        }
        Ok(Command::Analyze(args)) => analyze(&args),
        Err(error) => {
            eprintln!("analyze: {error}\nTry: analyze --help");
            USAGE
        }
    })
}

fn analyze(args: &Args) -> u8 {
    let sources = match input::sources(&args.inputs) {
        Ok(sources) => sources,
        Err(error) => {
            eprintln!("analyze: {error:#}");
            return USAGE;
        }
    };
    if let Some(view) = &args.view {
        return match view::render(view, &sources) {
            Ok(out) => write(&out),
            Err(error) => {
                eprintln!("analyze: {error:#}");
                NOTHING
            }
        };
    }
    if let Some(asked) = &args.server {
        return match rtcstats_server::answer(asked, &sources) {
            Ok(0) => nothing(&sources),
            Ok(_) => REPORTED,
            Err(error) => not_written(&error),
        };
    }
    let mut calls = Workspace::default();
    let mut dumps = 0_usize;
    for (source, read) in input::each(&sources, input::read) {
        match read {
            Ok(extract) => {
                calls.add(extract);
                dumps += 1;
            }
            Err(error) => eprintln!("analyze: {source}: {error:#}"),
        }
    }
    if dumps == 0 {
        return nothing(&sources);
    }
    calls.conclude();
    if let Some(id) = &args.conference
        && !calls.keep_only(id)
    {
        eprintln!("analyze: no conference {id}; there are: {}", calls.conference_ids().join(", "));
        return USAGE;
    }
    if let Some(query) = &args.logs {
        return match logs::render(&calls, query) {
            Ok(out) => write(&out),
            Err(error) => {
                eprintln!("analyze: {error:#}");
                USAGE
            }
        };
    }
    let as_text = match args.output {
        Some(output) => output == Output::Text,
        None => std::io::stdout().is_terminal(),
    };
    let out = if as_text { text::render(calls.reports()) } else { calls.report_json() + "\n" };
    write(&out)
}

fn nothing(sources: &[input::Source]) -> u8 {
    eprintln!("analyze: nothing that was given is a dump ({} looked at)", input::files(sources.len()));
    NOTHING
}

fn write(out: &str) -> u8 {
    match std::io::stdout().write_all(out.as_bytes()) {
        Ok(()) => REPORTED,
        Err(error) => not_written(&error.into()),
    }
}

fn not_written(error: &anyhow::Error) -> u8 {
    // A reader that has seen enough, such as `head`, is no failure.
    if error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe) {
        return REPORTED;
    }
    eprintln!("analyze: the output could not be written: {error:#}");
    NOTHING
}
