//! The command line: what was asked, or what is wrong with it.

use std::ffi::OsString;

use anyhow::{Result, bail};
use lexopt::Arg::{Long, Short, Value};

pub(crate) const HELP: &str = "\
Sets up what is missing, then builds, runs, tests or checks rtcscope.

Usage: cargo xtask COMMAND

  run [-- ARGS]   build the page, start the local service and print its address;
                  ARGS go to the service (cargo xtask run -- --help lists them)
  test [--full]   every test, the browser included; --full adds the long ones
  check           rustfmt, clippy (native and wasm32), cargo doc, cargo deny
  build           the page only, ready to be hosted: dist/
  help            this text

It runs on Linux and macOS; on Windows use WSL.
Tools go to $XDG_CACHE_HOME/rtcscope/tools (else ~/.cache/rtcscope/tools) and are reused.

Environment:
  RTCSCOPE_CHROMIUM        the browser for the tests, when it is not on PATH
  RTCSCOPE_WASM_TOOLCHAIN  rustup or debian: where the wasm32 compiler must come from
  CI                       when set, Cargo.lock must be up to date

Exit code: 0 done, 1 something failed (the last line says what), 2 bad usage.
";

/// One thing to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Help,
    Build,
    Check,
    Run { service_args: Vec<OsString> },
    Test { full: bool },
}

pub(crate) fn parse(mut args: lexopt::Parser) -> Result<Asked> {
    let mut asked = match args.next()? {
        None | Some(Long("help") | Short('h')) => return Ok(Asked::Help),
        Some(Value(command)) => match command.to_str() {
            Some("help") => Asked::Help,
            Some("build") => Asked::Build,
            Some("check") => Asked::Check,
            Some("run") => Asked::Run { service_args: Vec::new() },
            Some("test") => Asked::Test { full: false },
            _ => bail!("no command is called {}", command.display()),
        },
        Some(other) => return Err(other.unexpected().into()),
    };
    while let Some(arg) = args.next()? {
        match (&mut asked, arg) {
            (_, Long("help") | Short('h')) => return Ok(Asked::Help),
            (Asked::Test { full }, Long("full")) => *full = true,
            // lexopt has eaten the `--`.
            (Asked::Run { service_args }, Value(first)) => {
                service_args.push(first);
                service_args.extend(args.raw_args()?);
            }
            (_, other) => return Err(other.unexpected().into()),
        }
    }
    Ok(asked)
}

#[cfg(test)]
mod tests {
    use super::{Asked, parse};

    fn asked(args: &[&str]) -> Result<Asked, String> {
        parse(lexopt::Parser::from_args(args)).map_err(|error| error.to_string())
    }

    #[test]
    fn commands_and_their_options() {
        assert_eq!(asked(&[]), Ok(Asked::Help));
        assert_eq!(asked(&["--help"]), Ok(Asked::Help));
        assert_eq!(asked(&["check", "-h"]), Ok(Asked::Help));
        assert_eq!(asked(&["build"]), Ok(Asked::Build));
        assert_eq!(asked(&["test"]), Ok(Asked::Test { full: false }));
        assert_eq!(asked(&["test", "--full"]), Ok(Asked::Test { full: true }));
        assert_eq!(
            asked(&["run", "--", "--addr", "127.0.0.1:0"]),
            Ok(Asked::Run { service_args: vec!["--addr".into(), "127.0.0.1:0".into()] })
        );
    }

    #[test]
    fn what_is_unknown_is_named() {
        for (args, named) in [
            (&["biuld"][..], "biuld"),
            (&["--full"], "--full"),
            (&["check", "--full"], "--full"),
            (&["test", "fast"], "fast"),
            (&["run", "--addr"], "--addr"),
        ] {
            let error = asked(args).unwrap_err();
            assert!(error.contains(named), "{args:?}: {error}");
        }
    }
}
