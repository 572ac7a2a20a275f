//! The command `analyze` as a user calls it: arguments, output and exit status.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod arguments;
mod dumps;
mod hidden_characters;
mod logs;
mod one_dump;
mod report;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A new folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("analyze").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs `analyze` in a folder.
fn analyze(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_analyze")).args(arguments).current_dir(folder).output().unwrap()
}

/// The output of a run, which must have succeeded.
fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = analyze(folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}
