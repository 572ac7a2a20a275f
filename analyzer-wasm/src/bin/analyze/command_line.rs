//! The command line of `analyze`.

use std::ffi::OsString;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use analyzer_wasm::report::LogQuery;
use anyhow::{Result, bail};

use crate::log_args::LogArgs;

/// What `--help` prints.
pub(crate) const HELP: &str = "\
analyze: says how a call was, from the WebRTC dumps it left

Usage: analyze [OPTIONS] INPUT...

  INPUT  a dump, plain or gzip; a folder of dumps (read with its subfolders); or - for standard input

Options:
  --json           the report as JSON (the default where the output is not a terminal)
  --text           the report to read (the default on a terminal)
  --conference ID  only this conference, where the input holds several
  --stats FILTER   of one dump: every value of the fields whose type.field holds FILTER, tab-separated
                   (for example inbound-rtp.jitter; an empty FILTER gives all)
  --sdp            of one dump: its session descriptions
  --logs           the applications' console lines by time, tab-separated: UTC time, who, level, component,
                   function, how often in a row, message, dump, line
  --find TEXT      with --logs: only lines that hold TEXT, in upper or lower case
  --level LEVELS   with --logs: only these levels, for example warn,error
  --who KEY        with --logs: only of this participant (by the report's key) or server (by its name)
  --component NAME with --logs: only of this component; this and --who may be given several times
  --lines A-B      of one dump: its lines A to B as they stand
  --help           this text
  --version        the version

For who keeps the data of an rtcstats-server, its answers instead of ours; a line of JSON for each dump:
  --features           {\"dumpMetadata\":…, \"features\":…} as that server extracts them
  --records            the rows that it writes: dynamodb (metadata), rtcstats, rtcstats_pc_metrics,
                       rtcstats_track_metrics (Redshift; of browsers' dumps only)
  --records-csv FOLDER these rows as files in FOLDER, replaced if there: a .csv and a COPY manifest for each
                       Redshift table, copy.sql, and dynamodb.json for DynamoDB's import. Not for spreadsheets:
                       text that looks like a formula is left as it is
  --s3 URL             with --records-csv: where the files will lie, such as s3://bucket/prefix
  --app-env NAME       with records: the server's environment (appEnv), such as prod; local if not given

Exit status: 0 with a report, problems in it included; 1 when nothing given was a dump, or the output could not be
written; 2 for wrong usage.
";

/// The environment of rows that no server made.
const LOCAL: &str = "local";

/// What is asked.
#[derive(Debug, PartialEq)]
pub(crate) enum Command {
    Help,
    Version,
    Analyze(Box<Args>),
}

/// How to analyze what.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Args {
    pub(crate) inputs: Vec<PathBuf>,
    pub(crate) output: Option<Output>,
    pub(crate) conference: Option<String>,
    pub(crate) view: Option<View>,
    pub(crate) server: Option<ServerArgs>,
    pub(crate) logs: Option<LogQuery>,
}

/// What rtcstats-server would have made of the dumps, instead of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ServerArgs {
    pub(crate) answer: ServerAnswer,
    pub(crate) app_env: String,
    pub(crate) bucket: Option<String>,
}

/// Which of its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ServerAnswer {
    Features,
    Records,
    Csv(PathBuf),
}

/// What is asked of one dump instead of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum View {
    Stats(String),
    Sdp,
    Lines(RangeInclusive<u64>),
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
    let (mut answer, mut app_env, mut bucket) = (None, None, None);
    let mut logs = LogArgs::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Short('h') | Long("help") => return Ok(Command::Help),
            Short('V') | Long("version") => return Ok(Command::Version),
            Long("json") => parsed.output = Some(Output::Json),
            Long("text") => parsed.output = Some(Output::Text),
            Long("conference") => parsed.conference = Some(parser.value()?.string()?),
            Long("stats") => parsed.view = Some(View::Stats(parser.value()?.string()?)),
            Long("sdp") => parsed.view = Some(View::Sdp),
            Long("lines") => parsed.view = Some(View::Lines(range(&parser.value()?.string()?)?)),
            Long("features") => answer = Some(ServerAnswer::Features),
            Long("records") => answer = Some(ServerAnswer::Records),
            Long("records-csv") => answer = Some(ServerAnswer::Csv(parser.value()?.into())),
            Long("app-env") => app_env = Some(parser.value()?.string()?),
            Long("s3") => bucket = Some(s3_url(parser.value()?.string()?)?),
            Value(path) => parsed.inputs.push(path.into()),
            Long(name) => {
                let name = name.to_owned();
                if !logs.take(&name, || Ok(parser.value()?.string()?))? {
                    return Err(Long(&name).unexpected().into());
                }
            }
            Short(_) => return Err(arg.unexpected().into()),
        }
    }
    parsed.server = server(answer, app_env, bucket)?;
    if parsed.inputs.is_empty() {
        bail!("no input: name a dump, a folder of dumps, or - for standard input");
    }
    parsed.logs = logs.finish()?;
    Ok(Command::Analyze(Box::new(parsed)))
}

fn server(
    answer: Option<ServerAnswer>,
    app_env: Option<String>,
    bucket: Option<String>,
) -> Result<Option<ServerArgs>> {
    if bucket.is_some() && !matches!(answer, Some(ServerAnswer::Csv(_))) {
        bail!("--s3 goes with --records-csv");
    }
    if app_env.is_some() && !matches!(answer, Some(ServerAnswer::Csv(_) | ServerAnswer::Records)) {
        bail!("--app-env goes with --records or --records-csv");
    }
    let app_env = app_env.unwrap_or_else(|| LOCAL.to_owned());
    Ok(answer.map(|answer| ServerArgs { answer, app_env, bucket }))
}

fn s3_url(text: String) -> Result<String> {
    match text.strip_prefix("s3://") {
        Some(bucket) if !bucket.is_empty() && !bucket.starts_with('/') => Ok(text),
        _ => bail!("--s3 takes s3://bucket or s3://bucket/prefix, not {text:?}"),
    }
}

/// `A-B`, or one number.
fn range(text: &str) -> Result<RangeInclusive<u64>> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    match (from.parse(), to.parse()) {
        (Ok(from), Ok(to)) if 0 < from && from <= to => Ok(from..=to),
        _ => bail!("--lines takes A-B, counted from 1, not {text:?}"),
    }
}

#[cfg(test)]
mod tests {
    use analyzer_wasm::report::LogLevel;

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
            ..Args::default()
        };
        assert_eq!(
            of(&["--text", "a.gz", "--conference", "x", "-"]).unwrap(),
            Command::Analyze(Box::new(expect))
        );
        assert_eq!(of(&["a", "--help"]).unwrap(), Command::Help);
        let view = |words| match of(words) {
            Ok(Command::Analyze(args)) => args.view,
            _ => None,
        };
        assert_eq!(view(&["--lines", "3-7", "a"]), Some(View::Lines(3..=7)));
        assert_eq!(view(&["--lines", "7-3", "a"]), None);
        assert_eq!(view(&["--stats", "", "a"]), Some(View::Stats(String::new())));
        let server = |words| match of(words) {
            Ok(Command::Analyze(args)) => args.server,
            _ => None,
        };
        assert_eq!(server(&["--features", "a"]).unwrap().answer, ServerAnswer::Features);
        let csv = server(&["--records-csv", "d", "--s3", "s3://b/p", "--app-env", "prod", "a", "b"]).unwrap();
        let answer = ServerAnswer::Csv("d".into());
        assert_eq!(csv, ServerArgs { answer, app_env: "prod".into(), bucket: Some("s3://b/p".into()) });
        assert_eq!(server(&["--records", "a"]).unwrap().app_env, "local");
        assert!(of(&["--s3", "s3://b", "--records", "a"]).is_err() && of(&["--app-env", "x", "a"]).is_err());
        assert!(of(&["--records-csv", "d", "--s3", "https://b", "a"]).is_err());
        let logs = |words| match of(words) {
            Ok(Command::Analyze(args)) => args.logs,
            _ => None,
        };
        assert_eq!(logs(&["--logs", "a"]), Some(LogQuery::default()));
        let query = logs(&["--find", "Ice", "--level", "WARN,error", "--logs", "a"]).unwrap();
        assert_eq!((query.text.as_str(), query.levels), ("Ice", vec![LogLevel::Warn, LogLevel::Error]));
        let query =
            logs(&["--logs", "--who", "aaaa0001", "--who", "jvb-1", "--component", "app:ice", "a"]).unwrap();
        assert_eq!((query.participants.len(), query.components), (2, vec!["app:ice".to_owned()]));
        assert!(of(&["--who", "x", "a"]).is_err() && of(&["--logs", "--who"]).is_err());
        assert!(of(&["--find", "x", "a"]).is_err() && of(&["--logs", "--level", "loud", "a"]).is_err());
        assert!(of(&[]).is_err() && of(&["--wrong", "a"]).is_err() && of(&["--conference"]).is_err());
    }
}
