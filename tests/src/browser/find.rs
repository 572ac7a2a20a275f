//! Finds the Chromium to test with.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

/// The environment variable that names the browser's program.
pub const CHROMIUM_VAR: &str = "RTCSCOPE_CHROMIUM";

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The program that the environment names, else the first on the path.
///
/// # Errors
/// When there is none.
pub fn find() -> Result<PathBuf> {
    if let Some(named) = env::var_os(CHROMIUM_VAR) {
        let program = PathBuf::from(named);
        if program.is_file() {
            return Ok(program);
        }
        bail!("{CHROMIUM_VAR} names {}, which is not there", program.display());
    }
    let path = env::var_os("PATH").unwrap_or_default();
    match env::split_paths(&path).find_map(|dir| in_dir(&dir)) {
        Some(program) => Ok(program),
        None => bail!(
            "no Chromium was found: install it (Debian: apt-get install chromium) or name its program in {CHROMIUM_VAR}"
        ),
    }
}

fn in_dir(dir: &Path) -> Option<PathBuf> {
    NAMES.iter().map(|name| dir.join(name)).find(|program| program.is_file())
}
