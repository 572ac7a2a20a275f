//! Paths of the project and the tool versions that its manifest pins.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The root directory of the workspace.
pub(crate) fn root() -> PathBuf {
    let here =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    here.parent().map_or_else(|| here.clone(), Path::to_path_buf)
}

/// The directory of the built page.
pub(crate) fn dist_dir() -> PathBuf {
    root().join("dist")
}

/// Cargo's target directory.
pub(crate) fn target_dir() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// `--locked` if the variable `CI` is set: an automatic run must not change `Cargo.lock`.
pub(crate) fn locked() -> &'static [&'static str] {
    if env::var_os("CI").is_some_and(|value| !value.is_empty()) { &["--locked"] } else { &[] }
}

/// The Rust source files of all packages.
pub(crate) fn rust_files() -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut dirs = vec![root()];
    while let Some(dir) = dirs.pop() {
        for entry in fs::read_dir(&dir).with_context(|| format!("cannot read {}", dir.display()))? {
            let path = entry?.path();
            if path.is_dir() && !is_output(&path) {
                dirs.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Whether a directory holds no sources: a build's output or a hidden one.
fn is_output(dir: &Path) -> bool {
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name.starts_with("target") || dir == dist_dir()
}

/// The version of wasm-bindgen that the workspace pins; the command line tool must have the same one.
pub(crate) fn wasm_bindgen_version() -> Result<String> {
    let path = root().join("Cargo.toml");
    let manifest = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    pinned_version(&manifest, "wasm-bindgen").context("Cargo.toml must pin wasm-bindgen with \"=…\"")
}

/// The `x.y.z` of a line such as `name = "=x.y.z"` or `name = { version = "=x.y.z", … }`.
fn pinned_version(manifest: &str, name: &str) -> Option<String> {
    manifest.lines().find_map(|line| {
        let value = line.strip_prefix(name)?.trim_start().strip_prefix('=')?;
        let (_, version) = value.split_once("\"=")?;
        version.split('"').next().map(str::to_owned)
    })
}

#[cfg(test)]
mod tests {
    use super::{pinned_version, rust_files, wasm_bindgen_version};

    #[test]
    fn a_pinned_version_is_found() {
        let manifest = "wasm-bindgen-futures = \"0.4.80\"\nwasm-bindgen = \"=0.2.130\"\n";
        assert_eq!(pinned_version(manifest, "wasm-bindgen").as_deref(), Some("0.2.130"));
        let manifest = "a = { version = \"=1.2.3\", features = [\"x\"] }";
        assert_eq!(pinned_version(manifest, "a").as_deref(), Some("1.2.3"));
    }

    #[test]
    fn a_version_that_is_not_pinned_is_not_found() {
        assert_eq!(pinned_version("a = \"1.2.3\"\n", "a"), None);
        assert_eq!(pinned_version("ab = \"=1.2.3\"\n", "a"), None);
    }

    #[test]
    fn rust_files_are_those_of_the_sources() {
        let files = rust_files().unwrap();
        assert!(files.iter().any(|path| path.ends_with("xtask/src/dist/mod.rs")));
        assert!(!files.iter().any(|path| path.starts_with(super::target_dir())));
    }

    #[test]
    fn this_workspace_pins_wasm_bindgen() {
        assert!(wasm_bindgen_version().unwrap().starts_with("0.2."));
    }
}
