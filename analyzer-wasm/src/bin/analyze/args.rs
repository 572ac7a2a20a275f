//! The command line of `analyze`.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Result, bail};

/// What `--help` prints.
pub(crate) const HELP: &str = "\
analyze: says how a call was, from the WebRTC dumps it left

Usage: analyze [OPTIONS] INPUT...

  INPUT  a dump, plain or gzip; a folder of dumps (read with its subfolders); or - for standard input

Options:
  --json           the report as JSON (the default where the output is not a terminal)
  --text           the report to read (the default on a terminal)
  --conference ID  only this conference, where the input holds several
  --help           this text
  --version        the version

Exit status: 0 with a report, problems in it included; 1 when nothing given was a dump; 2 for wrong usage.
";

/// What is asked.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Help,
    Version,
    Analyze(Args),
}

/// How to analyze what.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Args {
    pub(crate) inputs: Vec<PathBuf>,
    pub(crate) output: Option<Output>,
    pub(crate) conference: Option<String>,
}

/// The form of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Output {
    Json,
    Text,
}

/// Reads the command line, the program's name first.
pub(crate) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Command> {
    use lexopt::prelude::*;
    let mut parser = lexopt::Parser::from_iter(args);
    let mut parsed = Args::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Short('h') | Long("help") => return Ok(Command::Help),
            Short('V') | Long("version") => return Ok(Command::Version),
            Long("json") => parsed.output = Some(Output::Json),
            Long("text") => parsed.output = Some(Output::Text),
            Long("conference") => parsed.conference = Some(parser.value()?.string()?),
            Value(path) => parsed.inputs.push(path.into()),
            _ => return Err(arg.unexpected().into()),
        }
    }
    if parsed.inputs.is_empty() {
        bail!("no input: name a dump, a folder of dumps, or - for standard input");
    }
    Ok(Command::Analyze(parsed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[&str]) -> Result<Command> {
        parse(std::iter::once("analyze").chain(words.iter().copied()).map(OsString::from))
    }

    #[test]
    fn reads_what_the_help_promises() {
        let expect = Args {
            inputs: vec!["a.gz".into(), "-".into()],
            output: Some(Output::Text),
            conference: Some("x".into()),
        };
        assert_eq!(of(&["--text", "a.gz", "--conference", "x", "-"]).unwrap(), Command::Analyze(expect));
        assert_eq!(of(&["a", "--help"]).unwrap(), Command::Help);
        assert!(of(&[]).is_err() && of(&["--wrong", "a"]).is_err() && of(&["--conference"]).is_err());
    }
}
