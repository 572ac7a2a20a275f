//! The browser of the tests.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::debian;
use crate::process;
use crate::progress::note;

/// Names a Chromium, and tells the tests which.
pub(crate) const VARIABLE: &str = "RTCSCOPE_CHROMIUM";

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const ELSEWHERE: [&str; 2] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// Finds a Chromium, else installs Debian's.
pub(crate) fn ensure() -> Result<PathBuf> {
    if let Some(path) = env::var_os(VARIABLE).map(PathBuf::from) {
        if !path.is_file() {
            bail!("{VARIABLE} names {}, which is not there", path.display());
        }
        return Ok(path);
    }
    if let Some(path) = find() {
        note(&format!("chromium: {}", path.display()));
        return Ok(path);
    }
    debian::install(&["chromium"], "Chromium, the browser of the tests,")
        .with_context(|| format!("if a Chromium is there under another name, set {VARIABLE} to its path"))?;
    find().context("Debian's chromium is installed but not on PATH")
}

fn find() -> Option<PathBuf> {
    let elsewhere = || ELSEWHERE.iter().map(Path::new).find(|path| path.is_file()).map(Path::to_path_buf);
    process::find_on_path(&NAMES).or_else(elsewhere)
}
