//! Folders: read recursively, with one line for the files that are no dumps.

use std::fs;
use std::path::Path;

use e2e::rtcscope::{App, selector};
use e2e::scratch::Scratch;

use crate::{assert_native, assert_quiet, recorded_call};

/// Browsers give a folder's entries in parts of a hundred.
const TEXTS: usize = 230;

/// The recorded call in two subfolders, among many files that are no dumps, and some that systems hide.
fn folder() -> Scratch {
    let scratch = Scratch::new("folder").unwrap();
    let root = scratch.path();
    let [alice, bob] = recorded_call();
    for (path, dump) in [("one/deep/down", alice), ("two", bob)] {
        fs::create_dir_all(root.join(path)).unwrap();
        fs::copy(dump, root.join(path).join("dump.gz")).unwrap();
    }
    for number in 0..TEXTS {
        scratch.write(&format!("notes-{number}.txt"), "no dump\n").unwrap();
    }
    fs::create_dir(root.join(".hidden")).unwrap();
    for hidden in [".DS_Store", ".hidden/config", "two/._dump.gz"] {
        scratch.write(hidden, "hidden").unwrap();
    }
    scratch
}

#[track_caller]
fn assert_call_and_one_line(app: &App) {
    app.rows(2).unwrap();
    let complaints: Vec<_> =
        app.complaints().unwrap().into_iter().filter(|said| said.kind.is_empty()).collect();
    assert_eq!(complaints.len(), 1, "{complaints:?}");
    let one = complaints.first().unwrap();
    assert!(
        one.text.contains(&format!("{TEXTS} of {} files could not be read as dumps", TEXTS + 2)),
        "{one:?}"
    );
    assert!(one.text.contains("Expected"), "{one:?}");
    app.page.click(&format!("{} summary", selector("refused-files"))).unwrap();
    let listed = app.text("refused-files").unwrap();
    assert!(listed.contains("notes-7.txt: This is not a dump"), "{listed}");
    assert!(!listed.contains("DS_Store") && !listed.contains("config"), "{listed}");
    assert_quiet(app);
}

#[test]
fn a_dropped_folder_is_walked_whole() {
    let folder = folder();
    let app = App::open().unwrap();
    app.page.drop_files("body", &[folder.path().to_path_buf()]).unwrap();
    assert_call_and_one_line(&app);
}

#[test]
fn a_chosen_folder_is_read_whole() {
    let folder = folder();
    let app = App::open().unwrap();
    app.choose_folder(folder.path()).unwrap();
    assert_call_and_one_line(&app);
}

#[test]
fn folders_and_files_can_be_dropped_together() {
    let folder = Scratch::new("folder").unwrap();
    let [alice, bob] = recorded_call();
    fs::copy(&alice, folder.path().join("alice.jitsi.ndjson.gz")).unwrap();
    let app = App::open().unwrap();
    app.page.drop_files("body", &[folder.path().to_path_buf(), bob]).unwrap();
    app.rows(2).unwrap();
    assert_native(&app.save_report().unwrap(), &recorded_call());
}

#[track_caller]
fn assert_says(folder: &Path, expected: &[&str]) {
    let app = App::open().unwrap();
    app.page.drop_files("body", &[folder.to_path_buf()]).unwrap();
    let complaints = app.complaints().unwrap();
    assert_eq!(complaints.len(), 1, "{complaints:?}");
    let one = complaints.first().unwrap();
    for words in expected {
        assert!(one.text.contains(words), "{words:?} is not in {one:?}");
    }
    app.rows(0).unwrap();
    assert_quiet(&app);
}

#[test]
fn a_folder_without_a_dump_says_what_was_expected() {
    let folder = Scratch::new("folder").unwrap();
    for number in 0..3 {
        folder.write(&format!("{number}.txt"), "no dump").unwrap();
    }
    assert_says(
        folder.path(),
        &["None of the 3 files could be read as a dump", "Expected a Jitsi RTCStats dump"],
    );
}

#[test]
fn an_empty_folder_says_what_was_expected() {
    let folder = Scratch::new("folder").unwrap();
    folder.write(".DS_Store", "hidden").unwrap();
    assert_says(
        folder.path(),
        &["There was no file in what was dropped or chosen", "Expected Jitsi RTCStats dumps"],
    );
}
