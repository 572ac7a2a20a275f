//! `cargo xtask test`: every test; those that need the built page and a browser come last.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::build::build;
use crate::process;
use crate::project;
use crate::step::{begin, step};
use crate::tools::chromium;

/// Where the whole product's tests are, one file or folder for each program.
const E2E_TESTS: &str = "tests/tests";
/// Those of them that need the built page and a browser begin with this.
const BROWSER: &str = "browser";
/// Set for the tests when the long ones are wanted too.
const FULL: &str = "RTCSCOPE_TEST_FULL";
/// Tells the browser tests where the built page is.
const DIST: &str = "RTCSCOPE_DIST";

/// Runs every test; the last words are those of Cargo's test runner.
pub(crate) fn test(full: bool) -> Result<()> {
    let names = e2e_tests()?;
    let (browser, native): (Vec<_>, Vec<_>) = names.iter().partition(|name| name.starts_with(BROWSER));
    step("native tests", || {
        process::run(
            cargo_test(full)
                .args(["--workspace", "--exclude", "e2e"])
                .args(["--features", "analyzer-wasm/cli"]),
        )?;
        let each = native.iter().flat_map(|name| ["--test", name.as_str()]);
        process::run(cargo_test(full).args(["--package", "e2e", "--lib"]).args(each))
    })?;
    build()?;
    let chromium = step("tools for the browser tests", chromium::ensure)?;
    ensure!(!browser.is_empty(), "{E2E_TESTS} holds no test whose name begins with {BROWSER}");
    begin("browser tests");
    let each = browser.iter().flat_map(|name| ["--test", name.as_str()]);
    process::run(
        cargo_test(full)
            .args(["--package", "e2e"])
            .args(each)
            .env(chromium::VARIABLE, chromium)
            .env(DIST, project::dist()),
    )
}

fn cargo_test(full: bool) -> Command {
    let mut command = process::cargo();
    command.arg("test");
    if project::is_ci() {
        command.arg("--locked");
    }
    if full {
        command.env(FULL, "1");
    }
    command
}

/// The names of the test programs, sorted.
fn e2e_tests() -> Result<Vec<String>> {
    let dir = project::root().join(E2E_TESTS);
    let mut names = Vec::new();
    for entry in fs::read_dir(&dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs") || path.join("main.rs").is_file() {
            names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    names.sort();
    Ok(names)
}
