//! Finds or installs Chromium for the browser tests.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::debian;
use crate::process;
use crate::progress::note;

/// Path of the browser: set by the user to choose one, and by xtask for the tests.
pub(crate) const VARIABLE: &str = "RTCSCOPE_CHROMIUM";

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const OTHER_PATHS: [&str; 2] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// Finds a Chromium or installs Debian's package.
pub(crate) fn ensure() -> Result<PathBuf> {
    if let Some(path) = env::var_os(VARIABLE).map(PathBuf::from) {
        if !path.is_file() {
            bail!("{VARIABLE} is {}, which is not a file", path.display());
        }
        return Ok(path);
    }
    if let Some(path) = find() {
        note(&format!("chromium: {}", path.display()));
        return Ok(path);
    }
    debian::install(&["chromium"], "Chromium (for the browser tests)").with_context(|| {
        format!("if a Chromium is installed under another name, set {VARIABLE} to its path")
    })?;
    find().context("Debian's chromium is installed but not on PATH")
}

fn find() -> Option<PathBuf> {
    let other_paths = || OTHER_PATHS.iter().map(Path::new).find(|path| path.is_file()).map(Path::to_path_buf);
    process::find_on_path(&NAMES).or_else(other_paths)
}
