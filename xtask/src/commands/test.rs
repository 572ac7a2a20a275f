//! `cargo xtask test`: every test; those that need the built page and a browser run last.

use std::process::Command;

use anyhow::Result;

use super::build::build;
use crate::process;
use crate::progress::{begin, step};
use crate::project;
use crate::tools::chromium;

/// Set for the tests to include the slow ones.
const FULL: &str = "RTCSCOPE_TEST_FULL";
/// Set for the browser tests to the directory of the built page.
const DIST: &str = "RTCSCOPE_DIST";

/// Runs every test; the last words are those of Cargo's test runner.
pub(crate) fn test(full: bool) -> Result<()> {
    step("native tests", || {
        process::run(cargo_test(full).args(["--workspace", "--features", "analyzer-wasm/cli"]))
    })?;
    step("simulated calls", || {
        process::run(cargo_test(full).args([
            "--release",
            "--package",
            "e2e",
            "--features",
            "simulated",
            "--test",
            "simulated",
        ]))
    })?;
    build()?;
    let chromium = step("tools for the browser tests", chromium::ensure)?;
    begin("browser tests");
    process::run(
        cargo_test(full)
            .args(["--package", "e2e", "--features", "browser", "--lib", "--test", "browser"])
            .env(chromium::VARIABLE, chromium)
            .env(DIST, project::dist_dir()),
    )
}

fn cargo_test(full: bool) -> Command {
    let mut command = process::cargo();
    command.arg("test").args(project::locked());
    if full {
        command.env(FULL, "1");
    }
    command
}
