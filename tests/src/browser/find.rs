//! Finds the Chromium to test with.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// The environment variable that names the browser's program.
pub const CHROMIUM_VAR: &str = "RTCSCOPE_CHROMIUM";

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The program that the environment names, else the first on the path.
///
/// # Errors
/// When there is none.
pub fn find() -> Result<PathBuf> {
    find_in(env::var_os(CHROMIUM_VAR), &env::var_os("PATH").unwrap_or_default())
}

fn find_in(named: Option<OsString>, path: &OsStr) -> Result<PathBuf> {
    if let Some(program) = named.map(PathBuf::from) {
        ensure!(program.is_file(), "{CHROMIUM_VAR} names {}, which is not there", program.display());
        return Ok(program);
    }
    env::split_paths(path).find_map(|dir| in_dir(&dir)).with_context(|| {
        format!(
            "no Chromium was found: install it (Debian: apt-get install chromium) or name its program in \
             {CHROMIUM_VAR}"
        )
    })
}

fn in_dir(dir: &Path) -> Option<PathBuf> {
    NAMES.iter().map(|name| dir.join(name)).find(|program| program.is_file())
}

#[cfg(test)]
mod tests {
    use super::find_in;
    use crate::scratch::Scratch;

    #[test]
    fn the_named_program_wins_over_the_path() {
        let dir = Scratch::new("find").unwrap();
        let named = dir.write("mine", "").unwrap();
        let on_path = dir.write("chromium-browser", "").unwrap();
        let path = dir.path().as_os_str();
        assert_eq!(find_in(Some(named.clone().into()), path).unwrap(), named);
        assert_eq!(find_in(None, path).unwrap(), on_path);
    }

    #[test]
    fn without_a_browser_the_error_explains_how_to_install_one() {
        let dir = Scratch::new("find").unwrap();
        let error = find_in(None, dir.path().as_os_str()).unwrap_err().to_string();
        assert!(error.contains("apt-get install chromium") && error.contains("RTCSCOPE_CHROMIUM"), "{error}");
        let error =
            find_in(Some("/nowhere/chromium".into()), dir.path().as_os_str()).unwrap_err().to_string();
        assert!(error.contains("/nowhere/chromium, which is not there"), "{error}");
    }
}
