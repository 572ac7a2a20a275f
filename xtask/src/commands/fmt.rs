//! `cargo xtask fmt`: formats every Rust file of the workspace.
//!
//! `cargo fmt` follows `mod` items only, so it skips the modules that `rules!`, `queries!` and `formats!` declare.

use anyhow::{Result, anyhow};

use crate::process;
use crate::project;

/// Formats every file.
pub(crate) fn fmt() -> Result<()> {
    process::run(process::program("rustfmt").args(project::rust_files()?))
        .map_err(|_| anyhow!("rustfmt could not format every file: see its messages above"))
}

/// Checks that every file is formatted; prints the names of those that are not.
pub(crate) fn check_format() -> Result<()> {
    process::run(process::program("rustfmt").args(["--check", "-l"]).args(project::rust_files()?))
        .map_err(|_| anyhow!("some files are not formatted: run `cargo xtask fmt`"))
}
