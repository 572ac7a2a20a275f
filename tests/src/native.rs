//! The report that the native library gives: what the page's must equal.

use std::fs;
use std::path::{Path, PathBuf};

use analyzer_wasm::detail::{Detail, DetailReader};
use analyzer_wasm::extract::Extractor;
use analyzer_wasm::workspace::Workspace;
use anyhow::{Context, Result};
use serde_json::Value;

use crate::workspace::file_name;

/// The report of these files, as JSON.
///
/// # Errors
/// When a file cannot be read or is no dump.
pub fn report(files: &[PathBuf]) -> Result<Value> {
    serde_json::from_str(&calls(files)?.report_json()).context("the native report is not JSON")
}

/// The calls of these files.
///
/// # Errors
/// When a file cannot be read or is no dump.
pub fn calls(files: &[PathBuf]) -> Result<Workspace> {
    let mut calls = Workspace::default();
    for path in files {
        add(&mut calls, path).with_context(|| format!("{}", path.display()))?;
    }
    calls.conclude();
    Ok(calls)
}

/// Every field of a file.
///
/// # Errors
/// When it cannot be read or is no dump.
pub fn detail(file: &Path) -> Result<Detail> {
    let mut reader = DetailReader::default();
    reader.push(&fs::read(file)?);
    Ok(reader.finish()?)
}

fn add(calls: &mut Workspace, path: &Path) -> Result<()> {
    let mut extractor = Extractor::new(&file_name(path));
    extractor.push(&fs::read(path)?);
    calls.add(extractor.finish()?);
    Ok(())
}
