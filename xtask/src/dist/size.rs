//! Checks the size of the code that the page downloads before the first paint.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::files;
use crate::progress::note;

/// Limit for WebAssembly and JavaScript before the first paint, compressed with gzip.
const LIMIT_BYTES: u64 = 402_000;
/// Prefix of the workers' files, which are loaded after the first paint.
const WORKER_PREFIX: &str = "analyzer-worker";

/// The sizes of a file in bytes.
struct CodeSize {
    file: String,
    raw: u64,
    gz: u64,
}

/// Prints the size of every code file.
///
/// # Errors
/// If there is no code, or if the code before the first paint exceeds the limit.
pub(crate) fn check_size(dist: &Path) -> Result<()> {
    let mut sizes = Vec::new();
    for file in files(dist)?.into_iter().filter(|file| is_code(file)) {
        let bytes = fs::read(dist.join(&file)).with_context(|| format!("cannot read {file}"))?;
        sizes.push(CodeSize { file, raw: bytes.len() as u64, gz: gz_size(&bytes)? });
    }
    note(&format!("{:>9} {:>9}", "raw kB", "gz kB"));
    for CodeSize { file, raw, gz } in &sizes {
        note(&format!("{:>9} {:>9}  {file}", kilobytes(*raw), kilobytes(*gz)));
    }
    let first: u64 = sizes.iter().filter(|size| !is_worker(&size.file)).map(|size| size.gz).sum();
    note(&format!(
        "{:>9} {:>9}  before the first paint (limit {})",
        "",
        kilobytes(first),
        kilobytes(LIMIT_BYTES)
    ));
    ensure!(!sizes.is_empty(), "{} contains no code", dist.display());
    ensure!(
        first < LIMIT_BYTES,
        "the first paint needs {} kB of code, the limit is {} kB",
        kilobytes(first),
        kilobytes(LIMIT_BYTES)
    );
    Ok(())
}

fn is_code(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|extension| extension == "js" || extension == "wasm")
}

fn is_worker(file: &str) -> bool {
    file.starts_with(WORKER_PREFIX)
}

fn gz_size(bytes: &[u8]) -> Result<u64> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len() as u64)
}

fn kilobytes(bytes: u64) -> String {
    format!("{}.{}", bytes / 1000, bytes % 1000 / 100)
}
