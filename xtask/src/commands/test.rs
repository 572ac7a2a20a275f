//! `cargo xtask test`: every test; those that need the built page and a browser run last.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use super::build::build;
use crate::process;
use crate::progress::step;
use crate::project;
use crate::test_counts::TestCounts;
use crate::tools::chromium;

/// Set for the tests to include the slow ones.
const FULL: &str = "RTCSCOPE_TEST_FULL";
/// Set for the browser tests to the directory of the built page.
const DIST: &str = "RTCSCOPE_DIST";

/// Runs every test, also after one has failed. The last line of output is `N passed, N failed, N skipped`.
pub(crate) fn test(full: bool) -> ExitCode {
    let mut run = TestRun { full, counts: TestCounts::default(), failed: Vec::new() };
    run.step("native tests", &["--workspace", "--features", "analyzer-wasm/cli"], &[], None);
    let simulated = ["--release", "--package", "e2e", "--features", "simulated", "--test", "simulated"];
    run.step("simulated calls", &simulated, &[], None);
    run.browser();
    if !run.failed.is_empty() {
        eprintln!("\ncargo xtask: failed: {}", run.failed.join(", "));
    }
    println!("\n{}", run.counts);
    if run.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The results so far.
struct TestRun {
    full: bool,
    counts: TestCounts,
    /// Titles of the steps that failed.
    failed: Vec<&'static str>,
}

impl TestRun {
    /// Runs `cargo test` with these arguments and these test filters, and adds its counts.
    fn step(&mut self, title: &'static str, args: &[&str], filters: &[&str], page: Option<&PageEnvironment>) {
        let mut command = process::cargo();
        command.args(["test", "--no-fail-fast"]).args(project::locked()).args(args).arg("--").args(filters);
        // The output passes through a pipe, so the harnesses cannot see the terminal.
        if std::io::stdout().is_terminal() {
            command.args(["--color", "always"]);
        }
        if self.full {
            command.env(FULL, "1");
        }
        if let Some(page) = page {
            page.set(&mut command);
        }
        let result = step(title, || process::run_with_lines(&mut command, |line| self.counts.add_line(line)));
        if let Err(error) = result {
            eprintln!("    {error:#}");
            self.failed.push(title);
        }
    }

    /// Builds the page and runs the tests of it.
    fn browser(&mut self) {
        let page = build().and_then(|()| {
            let chromium = step("tools for the browser tests", chromium::ensure)?;
            Ok(PageEnvironment { chromium })
        });
        match page {
            Ok(page) => {
                const E2E: [&str; 4] = ["--package", "e2e", "--features", "browser"];
                // Only the modules that the native tests were built without.
                let library = [&E2E[..], &["--lib"]].concat();
                self.step("browser support", &library, &["browser::"], Some(&page));
                let suites = [&E2E[..], &["--test", "browser", "--test", "browser_corpus"]].concat();
                self.step("browser tests", &suites, &[], Some(&page));
            }
            Err(error) => {
                eprintln!("    {error:#}");
                self.failed.push("building the page for the browser tests");
            }
        }
    }
}

/// What the browser tests need to find.
struct PageEnvironment {
    chromium: PathBuf,
}

impl PageEnvironment {
    fn set(&self, command: &mut Command) {
        command.env(chromium::VARIABLE, &self.chromium).env(DIST, project::dist_dir());
    }
}
