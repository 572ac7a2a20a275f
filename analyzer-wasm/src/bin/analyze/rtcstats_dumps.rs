//! Dumps as rtcstats-server reads them, for the subcommands that print what it would have stored.

use analyzer_wasm::report::ProblemSeverity;
use analyzer_wasm::rtcstats_server::{Extracted, FeatureExtractor};
use anyhow::Result;

use crate::input::{self, Source};
use crate::output::warn;

/// How many dumps are read before the answers of the first are written.
const BATCH: usize = 256;

/// Reads every source on all cores and hands each dump out in the order of the sources. Gives how many were dumps;
/// files that are none are named on standard error.
pub(crate) fn for_each(sources: &[Source], mut take: impl FnMut(&Extracted) -> Result<()>) -> Result<usize> {
    let mut dumps = 0;
    for batch in sources.chunks(BATCH) {
        for (source, dump) in input::each(batch, read) {
            match dump {
                Ok(dump) => {
                    warn_of_differences(source, &dump);
                    take(&dump)?;
                    dumps += 1;
                }
                Err(error) => warn(format_args!("{source}: {error:#}")),
            }
        }
    }
    Ok(dumps)
}

fn read(source: &Source) -> Result<Extracted> {
    let mut extractor = FeatureExtractor::new(&source.name());
    input::feed(source, &mut |bytes| extractor.push(bytes))?;
    extractor.finish().map_err(|error| input::in_words(&error))
}

/// Names on standard error where rtcstats-server would have stored something else or nothing, and what was lost.
fn warn_of_differences(source: &Source, dump: &Extracted) {
    match dump.server_fails_at {
        Some(_) if !dump.has_header => {
            let [client, format] = ["clientType", "statsFormat"]
                .map(|member| dump.metadata.get(member).map(ToString::to_string).unwrap_or_default());
            warn(format_args!(
                "{source}: without a connectionInfo line rtcstats-server reads nothing; read as {client}, {format}"
            ));
        }
        Some(line) => warn(format_args!(
            "{source}: rtcstats-server would stop with an error at line {line}; the answer is of the whole dump"
        )),
        None => {}
    }
    if dump.features.get("sessionStartTime").is_none_or(|time| time.to_string() == "null") {
        warn(format_args!(
            "{source}: no line has a time, so the times of the session are null (rtcstats-server writes the time at \
             which it reads the dump)"
        ));
    }
    for problem in
        dump.problems.to_report().iter().filter(|problem| problem.severity != ProblemSeverity::Info)
    {
        let at = problem.first_line.map(|first| format!(" (first on line {first})")).unwrap_or_default();
        warn(format_args!("{source}: {} × {}{at}: {}", problem.count, problem.kind, problem.message));
    }
}
