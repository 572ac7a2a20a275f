//! Runs the analyzer over bytes and files as the page and the command do. All tests and benchmarks use this driver.

use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use analyzer_wasm::detail::{Detail, DetailReader};
use analyzer_wasm::error::Error;
use analyzer_wasm::extract::{Extract, Extractor};
use analyzer_wasm::query::ReportJson;
use analyzer_wasm::report::Report;
use analyzer_wasm::rtcstats_server::{Extracted, FeatureExtractor};
use analyzer_wasm::wire::Query;
use analyzer_wasm::workspace::Workspace;
use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::workspace::file_name;

/// The chunk size that passes a file in one piece.
pub const WHOLE: usize = usize::MAX;

/// Extracts a file that arrives in one piece.
///
/// # Errors
/// When it is no dump.
pub fn extract(name: &str, bytes: &[u8]) -> Result<Extract, Error> {
    extract_in(name, bytes, WHOLE)
}

/// Extracts a file that arrives in chunks of this many bytes.
///
/// # Errors
/// When it is no dump.
pub fn extract_in(name: &str, bytes: &[u8], chunk: usize) -> Result<Extract, Error> {
    let mut extractor = Extractor::new(name);
    bytes.chunks(chunk.max(1)).for_each(|part| extractor.push(part));
    extractor.finish()
}

/// A workspace to which these extracts have been added, not yet concluded.
pub fn gather(extracts: impl IntoIterator<Item = Extract>) -> Workspace {
    let mut workspace = Workspace::default();
    extracts.into_iter().for_each(|extract| workspace.add(extract));
    workspace
}

/// The concluded workspace of some extracts.
pub fn conclude(extracts: impl IntoIterator<Item = Extract>) -> Workspace {
    let mut workspace = gather(extracts);
    workspace.conclude();
    workspace
}

/// The concluded workspace of some extracts, each with the number by which it can be forgotten.
pub fn conclude_numbered(extracts: impl IntoIterator<Item = (u32, Extract)>) -> Workspace {
    let mut workspace = Workspace::default();
    extracts.into_iter().for_each(|(number, extract)| workspace.add_as(number, extract));
    workspace.conclude();
    workspace
}

/// The concluded workspace of some files, given as name and bytes.
///
/// # Errors
/// When one is no dump.
pub fn workspace(files: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<[u8]>)>) -> Result<Workspace> {
    let extracts = files.into_iter().map(|(name, bytes)| {
        extract(name.as_ref(), bytes.as_ref()).with_context(|| name.as_ref().to_owned())
    });
    Ok(conclude(extracts.collect::<Result<Vec<_>>>()?))
}

/// The reports of some files, one for each conference.
///
/// # Errors
/// When one is no dump.
pub fn reports(files: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<[u8]>)>) -> Result<Vec<Report>> {
    Ok(workspace(files)?.reports().to_vec())
}

/// The report of some files of one conference.
///
/// # Errors
/// When one is no dump, or they are not taken for one conference.
pub fn report(files: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<[u8]>)>) -> Result<Report> {
    let workspace = workspace(files)?;
    let [report] = workspace.reports() else {
        bail!("{} conferences instead of one", workspace.reports().len())
    };
    Ok(report.clone())
}

/// The concluded workspace of some files on disk.
///
/// # Errors
/// When one cannot be read or is no dump.
pub fn workspace_on_disk(files: &[PathBuf]) -> Result<Workspace> {
    let read = |path: &PathBuf| Ok((file_name(path), read(path)?));
    workspace(files.iter().map(read).collect::<Result<Vec<_>>>()?)
}

/// The report of some files on disk as `analyze --json` and the page's export write it.
///
/// # Errors
/// When one cannot be read or is no dump.
pub fn report_json_on_disk(files: &[PathBuf]) -> Result<Value> {
    serde_json::from_str(&ReportJson.answer(&workspace_on_disk(files)?).text)
        .context("the report is not JSON")
}

/// Every field of a dump.
///
/// # Errors
/// When it is no dump.
pub fn detail(bytes: &[u8]) -> Result<Detail, Error> {
    detail_in(bytes, WHOLE)
}

/// Every field of a dump that arrives in chunks of this many bytes.
///
/// # Errors
/// When it is no dump.
pub fn detail_in(bytes: &[u8], chunk: usize) -> Result<Detail, Error> {
    read_detail(DetailReader::default(), bytes, chunk)
}

/// Every field of a dump that arrives in chunks of this many bytes, and the text of these lines.
///
/// # Errors
/// When it is no dump.
pub fn detail_with_lines(lines: RangeInclusive<u64>, bytes: &[u8], chunk: usize) -> Result<Detail, Error> {
    read_detail(DetailReader::with_lines(lines), bytes, chunk)
}

/// Every field of a dump on disk.
///
/// # Errors
/// When it cannot be read or is no dump.
pub fn detail_on_disk(file: &Path) -> Result<Detail> {
    Ok(detail(&read(file)?)?)
}

/// The features that rtcstats-server would extract of a dump that arrives in chunks of this many bytes.
///
/// # Errors
/// When it is no dump.
pub fn features_in(name: &str, bytes: &[u8], chunk: usize) -> Result<Extracted, Error> {
    let mut extractor = FeatureExtractor::new(name);
    bytes.chunks(chunk.max(1)).for_each(|part| extractor.push(part));
    extractor.finish()
}

fn read_detail(mut reader: DetailReader, bytes: &[u8], chunk: usize) -> Result<Detail, Error> {
    bytes.chunks(chunk.max(1)).for_each(|part| reader.push(part));
    reader.finish()
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("reading {}", path.display()))
}
