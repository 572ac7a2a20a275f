//! The present toolchain's own target, by rustup.

use std::fs;
use std::time::Duration;

use anyhow::{Result, bail};

use super::TARGET;
use crate::process;
use crate::progress::step;

/// A firewall may swallow the request; then Debian's compiler is quicker than waiting.
const LIMIT: Duration = Duration::from_secs(300);

/// Whether `rustc` has a standard library for the target, wherever it came from.
pub(super) fn has_target() -> bool {
    let asked =
        process::output(process::program("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    let Ok(entries) = asked.and_then(|dir| Ok(fs::read_dir(dir)?)) else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
}

/// `rustup target add`.
pub(super) fn add_target() -> Result<()> {
    if process::find_on_path(&["rustup"]).is_none() {
        bail!("rustup is not here");
    }
    let title = format!("rustup target add {TARGET}");
    step(&title, || process::run_within(process::program("rustup").args(["target", "add", TARGET]), LIMIT))
}
