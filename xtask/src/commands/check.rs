//! `cargo xtask check`: formatting, lints, documentation and dependencies.

use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::fmt::check_format;
use crate::process;
use crate::progress::{note, step};
use crate::project;
use crate::tools;
use crate::wasm::{TARGET, Toolchain};

/// What is off by default and can be compiled here.
const FEATURES: &str = "analyzer-wasm/cli,e2e/browser,e2e/simulated";
/// Directory of the clippy configuration for code that runs in a browser.
const WASM_CLIPPY: &str = "xtask/clippy-wasm";
/// Limit for fetching the advisories: a firewall may drop the request without an answer.
const ADVISORIES_LIMIT: Duration = Duration::from_secs(90);

/// One of the checks.
type Check = fn() -> Result<()>;

/// Runs every check, even if one fails; the error lists those that failed.
pub(crate) fn check() -> Result<()> {
    let checks: [(&str, Check); 5] = [
        ("rustfmt", rustfmt),
        ("clippy, native", clippy_native),
        ("clippy, wasm32", clippy_wasm),
        ("cargo doc", doc),
        ("cargo deny", deny),
    ];
    let mut failed = Vec::new();
    for (title, check) in checks {
        if let Err(error) = step(title, check) {
            eprintln!("    {error:#}");
            failed.push(title);
        }
    }
    if !failed.is_empty() {
        bail!("failed: {}", failed.join("; "));
    }
    Ok(())
}

/// Checks every file by name: `cargo fmt` does not find modules that are declared inside a macro call.
fn rustfmt() -> Result<()> {
    ensure_component("fmt", "rustfmt")?;
    check_format()
}

fn clippy_native() -> Result<()> {
    ensure_component("clippy", "clippy")?;
    let mut clippy = process::cargo();
    clippy.args(["clippy", "--workspace", "--all-targets", "--features", FEATURES]);
    process::run(clippy.args(project::locked()).args(["--", "-D", "warnings"]))
}

fn clippy_wasm() -> Result<()> {
    let toolchain = Toolchain::ensure()?;
    toolchain.ensure_clippy()?;
    for package in [&["--package", "app"][..], &["--package", "analyzer-wasm", "--features", "worker"]] {
        let mut clippy = toolchain.cargo();
        clippy
            .args(["clippy", "--target", TARGET, "--lib", "--bins"])
            .args(package)
            .args(project::locked())
            .args(["--", "-D", "warnings"])
            .env("CLIPPY_CONF_DIR", project::root().join(WASM_CLIPPY));
        process::run(&mut clippy)?;
    }
    Ok(())
}

fn doc() -> Result<()> {
    let mut doc = process::cargo();
    doc.args(["doc", "--workspace", "--no-deps", "--document-private-items"]);
    doc.args(["--features", FEATURES]).args(project::locked()).env("RUSTDOCFLAGS", "-D warnings");
    process::run(&mut doc)
}

fn deny() -> Result<()> {
    let deny = tools::cargo_deny().ensure()?;
    let cargo_deny = || {
        let mut command = process::program(&deny);
        // Called directly, not as `cargo deny`: the name of the subcommand is left out.
        command.args(["--workspace", "--all-features"]);
        command
    };
    process::run(cargo_deny().args(["check", "--hide-inclusion-graph", "bans", "licenses", "sources"]))?;
    if let Err(error) = process::run_within(cargo_deny().args(["fetch", "db"]), ADVISORIES_LIMIT) {
        note(&format!("advisories skipped: the database could not be fetched ({error:#})"));
        return Ok(());
    }
    process::run(cargo_deny().args(["check", "--disable-fetch", "advisories"]))
}

/// Installs a Cargo subcommand that is a component of the rustup toolchain.
fn ensure_component(command: &str, component: &str) -> Result<()> {
    if process::output(process::cargo().args([command, "--version"])).is_ok() {
        return Ok(());
    }
    step(&format!("rustup component add {component}"), || {
        process::run(process::program("rustup").args(["component", "add", component]))
    })
    .with_context(|| format!("cargo {command} is missing: `rustup component add {component}`"))
}
