//! What a visitor downloads before the first paint, against its budget.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::files;
use crate::progress::note;

/// The first paint's wasm and JavaScript, compressed.
const BUDGET_BYTES: u64 = 400_000;
/// The files of the workers, which load when a dump comes.
const WORKER: &str = "analyzer-worker";

/// A file's sizes.
struct Weight {
    file: String,
    raw: u64,
    gz: u64,
}

/// Prints the sizes of all code.
///
/// # Errors
/// When the first paint needs more than its budget.
pub(crate) fn check_size(dist: &Path) -> Result<()> {
    let mut weights = Vec::new();
    for file in files(dist)?.into_iter().filter(|file| is_code(file)) {
        let bytes = fs::read(dist.join(&file)).with_context(|| format!("cannot read {file}"))?;
        weights.push(Weight { file, raw: bytes.len() as u64, gz: gz_size(&bytes)? });
    }
    note(&format!("{:>9} {:>9}", "raw kB", "gz kB"));
    for Weight { file, raw, gz } in &weights {
        note(&format!("{:>9} {:>9}  {file}", kilobytes(*raw), kilobytes(*gz)));
    }
    let first: u64 = weights.iter().filter(|weight| !is_worker(&weight.file)).map(|weight| weight.gz).sum();
    note(&format!(
        "{:>9} {:>9}  before the first paint, of {}",
        "",
        kilobytes(first),
        kilobytes(BUDGET_BYTES)
    ));
    ensure!(!weights.is_empty(), "there is no code in {}", dist.display());
    ensure!(
        first < BUDGET_BYTES,
        "the first paint needs {} kB of code, {} kB are allowed",
        kilobytes(first),
        kilobytes(BUDGET_BYTES)
    );
    Ok(())
}

fn is_code(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|extension| extension == "js" || extension == "wasm")
}

fn is_worker(file: &str) -> bool {
    file.starts_with(WORKER)
}

fn gz_size(bytes: &[u8]) -> Result<u64> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len() as u64)
}

fn kilobytes(bytes: u64) -> String {
    format!("{}.{}", bytes / 1000, bytes % 1000 / 100)
}
