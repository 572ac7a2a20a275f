//! Adds the wasm32 target to the current toolchain with rustup.

use std::fs;
use std::time::Duration;

use anyhow::{Result, bail};

use super::TARGET;
use crate::process;
use crate::progress::step;

/// Limit for the download: a firewall may drop the request without an answer, and Debian's compiler is an alternative.
const LIMIT: Duration = Duration::from_secs(300);

/// Whether `rustc` has a standard library for the target.
pub(super) fn has_target() -> bool {
    let target_libdir =
        process::output(process::program("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    let Ok(entries) = target_libdir.and_then(|dir| Ok(fs::read_dir(dir)?)) else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
}

/// Runs `rustup target add`.
pub(super) fn add_target() -> Result<()> {
    if process::find_on_path(&["rustup"]).is_none() {
        bail!("rustup is not installed");
    }
    let title = format!("rustup target add {TARGET}");
    step(&title, || process::run_within(process::program("rustup").args(["target", "add", TARGET]), LIMIT))
}
