//! `analyze records`: the rows that rtcstats-server writes into its databases.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use analyzer_wasm::rtcstats_server::{DumpIds, Extracted, Origin, Records as Rows};
use clap::{Parser, ValueHint};

use super::Subcommand;
use crate::exit::Outcome;
use crate::input::{self, Inputs};
use crate::warehouse_files::WarehouseFiles;
use crate::{output, rtcstats_dumps};

/// Print the database rows that rtcstats-server writes for each dump
///
/// Prints one line of JSON for each dump with its rows of DynamoDB (metadata) and of the Redshift tables rtcstats,
/// rtcstats_pc_metrics and rtcstats_track_metrics (dumps of browsers only).
///
/// With --csv, the rows are written to files instead, which replace files of the same name: a .csv and a COPY manifest
/// for each Redshift table, the statements in copy.sql, and dynamodb.json for DynamoDB's import from S3. The files are
/// for databases: text that a spreadsheet would run as a formula is left as it is.
#[derive(Debug, Parser)]
#[command(name = "records", after_long_help = AFTER_HELP)]
pub(crate) struct Records {
    /// Write the rows as files into this folder, which is created if needed
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    csv: Option<PathBuf>,
    /// Where the files will be uploaded to, for the manifests: s3://bucket or s3://bucket/prefix
    #[arg(long, value_name = "URL", requires = "csv", value_parser = s3_url)]
    s3: Option<String>,
    /// The environment of the server (appEnv) that stands in the rows
    #[arg(long, value_name = "NAME", default_value = "local")]
    app_env: String,
    #[command(flatten)]
    inputs: Inputs,
}

const AFTER_HELP: &str = "\
Examples:
  analyze records dumps/ | jq .dynamodb
  analyze records --csv refill --s3 s3://bucket/refill --app-env prod dumps/";

impl Subcommand for Records {
    fn run(self) -> Outcome {
        let sources = self.inputs.sources()?;
        let created = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let origin = Origin { app_env: self.app_env, created_ms: created.as_secs_f64() * 1_000.0 };
        let mut ids = DumpIds::default();
        let mut rows = |dump: &Extracted| Rows::of(dump, &origin, &mut ids);
        let dumps = match self.csv {
            None => rtcstats_dumps::for_each(&sources, |dump| {
                output::print_json(&rows(dump).to_object().to_string())
            })?,
            Some(folder) => {
                let mut files = WarehouseFiles::create(&folder, self.s3.as_deref())?;
                let dumps = rtcstats_dumps::for_each(&sources, |dump| files.add(&rows(dump)))?;
                output::print(&files.finish()?)?;
                dumps
            }
        };
        input::require_dump(dumps, &sources)
    }
}

fn s3_url(text: &str) -> Result<String, String> {
    match text.strip_prefix("s3://") {
        Some(bucket) if !bucket.is_empty() && !bucket.starts_with('/') => Ok(text.to_owned()),
        _ => Err("expected s3://bucket or s3://bucket/prefix".to_owned()),
    }
}
