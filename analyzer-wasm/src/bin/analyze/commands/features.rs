//! `analyze features`: what rtcstats-server extracts from each dump.

use analyzer_wasm::rtcstats_server::Extracted;
use clap::Parser;

use super::Subcommand;
use crate::exit::Outcome;
use crate::input::{self, Inputs};
use crate::{output, rtcstats_dumps};

/// Print the features that rtcstats-server extracts from each dump
///
/// Prints one line of JSON for each dump, {"dumpMetadata":…,"features":…}, with the numbers that rtcstats-server
/// (2025.8) computes, instead of those of the report. What that server would not have read is named on standard error.
#[derive(Debug, Parser)]
#[command(name = "features", after_long_help = AFTER_HELP)]
pub(crate) struct Features {
    #[command(flatten)]
    inputs: Inputs,
}

const AFTER_HELP: &str = "\
Examples:
  analyze features dump.gz | jq .features.metrics
  analyze features dumps/ > features.jsonl";

impl Subcommand for Features {
    fn run(self) -> Outcome {
        let sources = self.inputs.sources()?;
        let print = |dump: &Extracted| output::print_json(&dump.to_object().to_string());
        input::require_dump(rtcstats_dumps::for_each(&sources, print)?, &sources)
    }
}
