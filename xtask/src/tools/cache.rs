//! The per-user tool cache: a tool's directory is created atomically, so an interrupted installation leaves none.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;

use anyhow::{Context, Result};

/// `$XDG_CACHE_HOME/rtcscope/tools`, else `~/.cache/rtcscope/tools`.
pub(crate) fn tools_dir() -> Result<PathBuf> {
    let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|dir| dir.is_absolute());
    let cache = absolute("XDG_CACHE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".cache")));
    let dir =
        cache.context("neither XDG_CACHE_HOME nor HOME is set: set one")?.join("rtcscope").join("tools");
    fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
    Ok(dir)
}

/// Creates the directory `home`: `install` fills a temporary directory beside it, which is renamed on success.
pub(crate) fn create(home: &Path, install: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let name = home.file_name().context("the directory has no name")?.to_string_lossy();
    let staging = home.with_file_name(format!(".{name}-{}", process::id()));
    remove(&staging)?;
    fs::create_dir_all(&staging).with_context(|| format!("cannot create {}", staging.display()))?;
    let result = install(&staging).and_then(|()| {
        // An existing directory was checked by the caller and holds a damaged installation.
        remove(home)?;
        fs::rename(&staging, home).with_context(|| format!("cannot create {}", home.display()))
    });
    remove(&staging)?;
    result
}

fn remove(dir: &Path) -> Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir).with_context(|| format!("cannot remove {}", dir.display()))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{create, env, fs, process};

    #[test]
    fn an_interrupted_installation_leaves_no_directory() {
        let dir = env::temp_dir().join(format!("xtask-cache-{}", process::id()));
        let home = dir.join("tool-1");
        let failed = create(&home, |staging| {
            fs::write(staging.join("a"), "half")?;
            anyhow::bail!("no space")
        });
        assert_eq!(failed.unwrap_err().to_string(), "no space");
        assert!(!home.exists());
        for text in ["first", "second"] {
            create(&home, |staging| Ok(fs::write(staging.join("a"), text)?)).unwrap();
            assert_eq!(fs::read_to_string(home.join("a")).unwrap(), text);
        }
        assert_eq!(fs::read_dir(&dir).unwrap().count(), 1, "no temporary directory is left");
        fs::remove_dir_all(dir).unwrap();
    }
}
