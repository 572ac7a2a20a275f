//! Parses the command line of `cargo xtask`.

use std::ffi::OsString;

use anyhow::{Result, bail};
use lexopt::Arg::{Long, Short, Value};

pub(crate) const HELP: &str = "\
Installs missing tools, then builds, serves, tests or checks rtcscope.

Usage: cargo xtask COMMAND

  run [-- ARGS]   build the page, start the local service and print its address;
                  ARGS are passed to the service (cargo xtask run -- --help lists them)
  test [--full]   run every test, including those in a browser; --full adds the slow ones
  check           run rustfmt, clippy (native and wasm32), cargo doc and cargo deny
  fmt             format every Rust file, also modules that are declared inside a macro
  build           build the page into dist/, ready to be hosted
  help            print this text

Linux and macOS are supported; on Windows use WSL.
Tools are installed into $XDG_CACHE_HOME/rtcscope/tools (default ~/.cache/rtcscope/tools).

Environment:
  RTCSCOPE_CHROMIUM        path of the browser for the tests, if it is not on PATH
  RTCSCOPE_WASM_TOOLCHAIN  rustup or debian: use only this source of the wasm32 compiler
  CI                       if set, fail when Cargo.lock is out of date

Exit status: 0 success, 1 failure (the last line names it), 2 wrong usage.
";

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Help,
    Build,
    Check,
    Fmt,
    Run { service_args: Vec<OsString> },
    Test { full: bool },
}

pub(crate) fn parse(mut args: lexopt::Parser) -> Result<Action> {
    let mut action = match args.next()? {
        None | Some(Long("help") | Short('h')) => return Ok(Action::Help),
        Some(Value(command)) => match command.to_str() {
            Some("help") => Action::Help,
            Some("build") => Action::Build,
            Some("check") => Action::Check,
            Some("fmt") => Action::Fmt,
            Some("run") => Action::Run { service_args: Vec::new() },
            Some("test") => Action::Test { full: false },
            _ => bail!("unknown command {}", command.display()),
        },
        Some(other) => return Err(other.unexpected().into()),
    };
    while let Some(arg) = args.next()? {
        match (&mut action, arg) {
            (_, Long("help") | Short('h')) => return Ok(Action::Help),
            (Action::Test { full }, Long("full")) => *full = true,
            // lexopt has consumed the `--`.
            (Action::Run { service_args }, Value(first)) => {
                service_args.push(first);
                service_args.extend(args.raw_args()?);
            }
            (_, other) => return Err(other.unexpected().into()),
        }
    }
    Ok(action)
}

#[cfg(test)]
mod tests {
    use super::{Action, parse};

    fn parse_args(args: &[&str]) -> Result<Action, String> {
        parse(lexopt::Parser::from_args(args)).map_err(|error| error.to_string())
    }

    #[test]
    fn commands_and_their_options() {
        assert_eq!(parse_args(&[]), Ok(Action::Help));
        assert_eq!(parse_args(&["--help"]), Ok(Action::Help));
        assert_eq!(parse_args(&["check", "-h"]), Ok(Action::Help));
        assert_eq!(parse_args(&["build"]), Ok(Action::Build));
        assert_eq!(parse_args(&["test"]), Ok(Action::Test { full: false }));
        assert_eq!(parse_args(&["test", "--full"]), Ok(Action::Test { full: true }));
        assert_eq!(
            parse_args(&["run", "--", "--addr", "127.0.0.1:0"]),
            Ok(Action::Run { service_args: vec!["--addr".into(), "127.0.0.1:0".into()] })
        );
    }

    #[test]
    fn an_unknown_argument_is_named_in_the_error() {
        for (args, named) in [
            (&["biuld"][..], "biuld"),
            (&["--full"], "--full"),
            (&["check", "--full"], "--full"),
            (&["test", "fast"], "fast"),
            (&["run", "--addr"], "--addr"),
        ] {
            let error = parse_args(args).unwrap_err();
            assert!(error.contains(named), "{args:?}: {error}");
        }
    }
}
