//! Paths of the project's files.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// The environment variable that names another built page than `dist/`.
pub const DIST_VAR: &str = "RTCSCOPE_DIST";

/// The folder of the recorded call.
const RECORDED: &str = "jitsi-client/3.1-chromium-156";

/// The workspace's directory.
#[must_use]
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_path_buf()
}

/// The built page.
///
/// # Errors
/// When it is not built.
pub fn dist() -> Result<PathBuf> {
    let dir = env::var_os(DIST_VAR).map_or_else(|| root().join("dist"), PathBuf::from);
    ensure!(
        dir.join("index.html").is_file(),
        "{} holds no built page: run `cargo xtask build` first",
        dir.display()
    );
    Ok(dir)
}

/// A committed file of `tests/fixtures/`.
#[must_use]
fn fixture(name: &str) -> PathBuf {
    root().join("tests/fixtures").join(name)
}

/// The recorded call of two participants: Alice's dump and Bob's.
#[must_use]
pub fn recorded_call() -> [PathBuf; 2] {
    ["alice.jitsi.ndjson.gz", "bob.jitsi.ndjson.gz"].map(|name| fixture(&format!("{RECORDED}/{name}")))
}

/// The network impairments during the recorded call.
#[must_use]
pub fn recorded_truth() -> PathBuf {
    fixture(&format!("{RECORDED}/truth.json"))
}

/// The dumps of the sample call that the product shows.
///
/// # Errors
/// When they are not there.
pub fn samples() -> Result<Vec<PathBuf>> {
    files_of(&root().join("public/samples"))
}

/// A file's name without its directories.
#[must_use]
pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Every file of a folder, by name.
///
/// # Errors
/// When the folder cannot be read.
pub fn files_of(dir: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(dir).with_context(|| format!("reading {}", dir.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.with_context(|| format!("reading {}", dir.display()))?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
