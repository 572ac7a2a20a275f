//! Structural checks of the source tree: rules of ARCHITECTURE.md that a program can check.
//!
//! Each check is a function from files to violations. It has tests with small inputs that violate it, and is applied
//! here to the files of the project.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod borders;
mod files;
mod layers;
mod map;
mod references;
mod tree;

use tree::{File, Tree};

fn assert_none(violations: &[String]) {
    assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
}

#[test]
fn git_lists_the_files() {
    let tree = Tree::load();
    for path in ["Cargo.toml", "analyzer-wasm/src/lib.rs", "app/src/main.rs", "xtask/src/main.rs"] {
        assert!(tree.files.iter().any(|file| file.path == path), "{path} is not among the files of git");
    }
}

#[test]
fn every_file_begins_with_its_purpose() {
    assert_none(&files::without_introduction(&Tree::load().files));
}

#[test]
fn long_files_have_a_reason() {
    assert_none(&files::long_without_reason(&Tree::load().files));
}

#[test]
fn file_names_describe_the_content() {
    assert_none(&files::named_for_nothing(&Tree::load().files));
}

#[test]
fn no_path_leaves_the_checkout() {
    assert_none(&files::paths_outside(&Tree::load().files));
}

#[test]
fn modules_import_only_earlier_layers() {
    assert_none(&layers::wrong_imports(&Tree::load().files));
}

#[test]
fn only_the_worker_uses_the_browser() {
    assert_none(&borders::browser_outside_the_worker(&Tree::load().files));
}

#[test]
fn the_page_uses_only_the_public_modules_of_the_analyzer() {
    assert_none(&borders::page_beyond_the_border(&Tree::load().files));
}

#[test]
fn only_the_shell_uses_the_window() {
    assert_none(&borders::window_outside_the_shell(&Tree::load().files));
}

#[test]
fn the_analyzer_does_not_depend_on_the_page() {
    let tree = borders::dependencies_of("analyzer-wasm");
    assert!(borders::depends_on(&tree, "serde"), "cargo tree says too little:\n{tree}");
    assert!(!borders::depends_on(&tree, "leptos"), "leptos must not reach the analyzer:\n{tree}");
}

#[test]
fn the_worker_is_built_without_rtcstats_server_features() {
    // The crates that only that module needs.
    let (all, worker) = (borders::dependencies_of("analyzer-wasm"), borders::dependencies_of_the_worker());
    assert!(borders::depends_on(&worker, "serde"), "cargo tree says too little:\n{worker}");
    for name in ["indexmap", "sha2"] {
        assert!(borders::depends_on(&all, name) && !borders::depends_on(&worker, name), "{name}:\n{worker}");
    }
}

#[test]
fn architecture_md_mentions_every_folder() {
    assert_none(&map::missing_folders(&Tree::load().files));
}

#[test]
fn paths_in_documents_exist() {
    assert_none(&map::dead_paths(&Tree::load().files));
}

/// A made-up file for the checks' own tests.
#[cfg(test)]
fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: text.to_owned() }
}
