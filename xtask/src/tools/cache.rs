//! The user's tool cache: directories that are either whole or not there.

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
    fs::create_dir_all(&dir).with_context(|| format!("cannot make {}", dir.display()))?;
    Ok(dir)
}

/// Makes the directory `home` by `work` on a neighbour that takes its name only when the work is done.
pub(crate) fn fill(home: &Path, work: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let name = home.file_name().context("a tool's directory has a name")?.to_string_lossy();
    let half_made = home.with_file_name(format!(".{name}-{}", process::id()));
    remove(&half_made)?;
    fs::create_dir_all(&half_made).with_context(|| format!("cannot make {}", half_made.display()))?;
    let done = work(&half_made).and_then(|()| {
        // What is there now was found unfit before.
        remove(home)?;
        fs::rename(&half_made, home).with_context(|| format!("cannot make {}", home.display()))
    });
    remove(&half_made)?;
    done
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
    use super::{env, fill, fs, process};

    #[test]
    fn half_a_tool_is_never_taken_for_a_whole() {
        let dir = env::temp_dir().join(format!("xtask-cache-{}", process::id()));
        let home = dir.join("tool-1");
        let failed = fill(&home, |half_made| {
            fs::write(half_made.join("a"), "half")?;
            anyhow::bail!("no space")
        });
        assert_eq!(failed.unwrap_err().to_string(), "no space");
        assert!(!home.exists());
        for text in ["first", "second"] {
            fill(&home, |half_made| Ok(fs::write(half_made.join("a"), text)?)).unwrap();
            assert_eq!(fs::read_to_string(home.join("a")).unwrap(), text);
        }
        assert_eq!(fs::read_dir(&dir).unwrap().count(), 1, "nothing half-made is left");
        fs::remove_dir_all(dir).unwrap();
    }
}
