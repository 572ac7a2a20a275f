//! Installs a tool from crates.io or npm into a directory.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::debian;
use crate::process;

/// Builds the binaries of a crate into `home/bin`.
///
/// The profile settings below replace the link-time optimization of the tools' own release profiles, which makes
/// their builds about three times as long.
pub(super) fn from_crates(package: &str, version: &str, options: &[&str], home: &Path) -> Result<()> {
    // Not deleted on failure, so that the next attempt reuses what was already compiled.
    let build_dir = home.with_file_name(format!(".build-{package}-{version}"));
    let mut install = process::cargo();
    install
        .args(["install", package, "--version", &format!("={version}")])
        .args(options)
        .arg("--root")
        .arg(home)
        // Outside the workspace, so that its .cargo/config.toml does not apply.
        .current_dir(home)
        .env("CARGO_TARGET_DIR", &build_dir)
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0");
    process::run(&mut install)?;
    fs::remove_dir_all(&build_dir).with_context(|| format!("cannot remove {}", build_dir.display()))
}

/// Installs an npm package into `home/node_modules`.
pub(super) fn from_npm(package: &str, version: &str, home: &Path) -> Result<()> {
    if process::find_on_path(&["npm"]).is_none() {
        debian::install(&["nodejs", "npm"], "npm")?;
    }
    let mut install = process::program("npm");
    install
        .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", "--prefix"])
        .arg(home)
        .arg(format!("{package}@{version}"))
        .current_dir(home);
    process::run(&mut install)
}
