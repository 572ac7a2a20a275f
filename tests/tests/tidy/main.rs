//! The tree keeps its promises: what ARCHITECTURE.md says and a program can check.
//!
//! Each check is a function from files to complaints, with small inputs that prove that it can complain, and is
//! asked here about the real tree.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "in a test a panic is a finding"
)]

mod borders;
mod files;
mod layers;
mod map;
mod references;
mod tree;

use tree::{File, Tree};

fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn the_tree_is_there() {
    let tree = Tree::load();
    for path in ["Cargo.toml", "analyzer-wasm/src/lib.rs", "app/src/main.rs", "xtask/src/main.rs"] {
        assert!(tree.files.iter().any(|file| file.path == path), "{path} is not among the files of git");
    }
}

#[test]
fn every_file_introduces_itself() {
    assert_none(&files::without_introduction(&Tree::load().files));
}

#[test]
fn long_files_say_why() {
    assert_none(&files::long_without_reason(&Tree::load().files));
}

#[test]
fn files_are_named_for_what_they_do() {
    assert_none(&files::named_for_nothing(&Tree::load().files));
}

#[test]
fn nothing_points_at_the_machine_it_was_written_on() {
    assert_none(&files::foreign_words(&Tree::load().files));
}

#[test]
fn stages_import_only_earlier_stages() {
    assert_none(&layers::wrong_imports(&Tree::load().files));
}

#[test]
fn only_the_glue_knows_the_browser() {
    assert_none(&borders::browser_outside_the_glue(&Tree::load().files));
}

#[test]
fn the_page_sees_only_the_report_and_the_wire() {
    assert_none(&borders::page_beyond_the_border(&Tree::load().files));
}

#[test]
fn the_analyzer_does_not_depend_on_the_page() {
    let tree = borders::dependencies_of("analyzer-wasm");
    assert!(borders::depends_on(&tree, "serde"), "cargo tree says too little:\n{tree}");
    assert!(!borders::depends_on(&tree, "leptos"), "leptos must not reach the analyzer:\n{tree}");
}

#[test]
fn the_worker_is_built_without_another_systems_answers() {
    // The crates that only that module needs.
    let (all, worker) = (borders::dependencies_of("analyzer-wasm"), borders::dependencies_of_the_worker());
    assert!(borders::depends_on(&worker, "serde"), "cargo tree says too little:\n{worker}");
    for name in ["indexmap", "sha2"] {
        assert!(borders::depends_on(&all, name) && !borders::depends_on(&worker, name), "{name}:\n{worker}");
    }
}

#[test]
fn the_map_shows_every_folder() {
    assert_none(&map::missing_folders(&Tree::load().files));
}

/// A made-up file for the checks' own tests.
#[cfg(test)]
fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: text.to_owned() }
}
