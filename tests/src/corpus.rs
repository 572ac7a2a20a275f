//! The corpus: dumps of real calls, stored beside the checkout because they contain personal addresses.
//!
//! A test that needs the corpus is in a target without libtest's harness and is run by [`run`], which reports it
//! as ignored where there is no corpus.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use libtest_mimic::{Arguments, Trial};

use crate::workspace::{file_name, files_of};

/// The folder of the corpus, from this package.
const FOLDER: &str = "../../shared/corpus";

/// What the names of dumps of servers end with.
const SERVER_SUFFIX: &str = "-sample";

/// A file or folder of the corpus.
#[must_use]
pub fn path(what: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER).join(what)
}

/// Whether the corpus is beside this checkout.
#[must_use]
pub fn is_present() -> bool {
    path("").is_dir()
}

/// Every file of a folder of the corpus, by name.
///
/// # Errors
/// When the folder cannot be read.
pub fn files(folder: &str) -> Result<Vec<PathBuf>> {
    files_of(&path(folder))
}

/// Name and content of every Jitsi dump, by name.
///
/// # Errors
/// When one cannot be read.
pub fn dumps() -> Result<Vec<(String, Vec<u8>)>> {
    let named = |path: PathBuf| Ok((file_name(&path), read(&path)?));
    files("jitsi/dumps")?.into_iter().map(named).collect()
}

/// Name and content of every Jitsi dump that a client wrote, by name.
///
/// # Errors
/// When one cannot be read.
pub fn client_dumps() -> Result<Vec<(String, Vec<u8>)>> {
    let is_client = |(name, _): &(String, Vec<u8>)| !name.ends_with(SERVER_SUFFIX);
    Ok(dumps()?.into_iter().filter(is_client).collect())
}

/// The content of a Jitsi dump.
///
/// # Errors
/// When it cannot be read.
pub fn dump(name: &str) -> Result<Vec<u8>> {
    read(&path("jitsi/dumps").join(name))
}

/// Runs the tests of a target, given as module, name and function: all of them ignored where there is no corpus.
#[must_use]
pub fn run(tests: impl IntoIterator<Item = (&'static str, &'static str, fn())>) -> ExitCode {
    let trial = |(module, name, test): (&str, &str, fn())| {
        let trial = Trial::test(format!("{module}::{name}"), move || {
            test();
            Ok(())
        });
        trial.with_ignored_flag(!is_present())
    };
    let trials = tests.into_iter().map(trial).collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// The tests of the module in which this stands, for [`run`]: `corpus_tests![a, b]`.
#[macro_export]
macro_rules! corpus_tests {
    ($($test:ident),+ $(,)?) => {
        /// The tests of this module.
        pub(crate) const TESTS: &[(&str, fn())] = &[$((stringify!($test), $test)),+];
    };
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("reading {}", path.display()))
}
