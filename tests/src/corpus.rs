//! Real dumps that nobody of this project wrote. They hold strangers' addresses, so they are not part of it.

use std::path::{Path, PathBuf};

use anyhow::Result;

/// A file or folder of the corpus; says that its tests are skipped where the corpus is not beside the checkout.
#[must_use]
#[expect(clippy::print_stdout, reason = "a test says what it skips")]
pub fn place(what: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus").join(what);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: the corpus ({what}) is not beside this checkout");
    None
}

/// The dumps that people's clients wrote, by name; none without the corpus.
///
/// # Errors
/// When one cannot be read.
pub fn client_dumps() -> Result<Vec<(String, Vec<u8>)>> {
    let Some(folder) = place("jitsi/dumps") else { return Ok(Vec::new()) };
    let mut dumps = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.ends_with("-sample") {
            dumps.push((name, std::fs::read(path)?));
        }
    }
    dumps.sort();
    Ok(dumps)
}
