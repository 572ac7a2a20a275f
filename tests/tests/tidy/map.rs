//! ARCHITECTURE.md mentions every top-level folder of the project, the analyzer and the page, and every path that it or
//! CONTRIBUTING.md mentions exists.

use std::collections::BTreeSet;

use crate::tree::File;

const MAP: &str = "ARCHITECTURE.md";
/// The documents whose paths must exist.
const DOCUMENTS: [&str; 2] = [MAP, "CONTRIBUTING.md"];
/// The build's output, which git does not know.
const BUILT: &str = "dist/";
/// The folders whose subfolders must be mentioned; the empty one is the root.
const PARENTS: [&str; 4] = ["", "analyzer-wasm/src/", "app/src/", "presign-api/src/"];

pub(crate) fn missing_folders(files: &[File]) -> Vec<String> {
    let Some(map) = files.iter().find(|file| file.path == MAP) else {
        return vec![format!("{MAP} is missing")];
    };
    let missing = |name: &&str| !words(&map.text).any(|word| word == *name);
    let mut violations: Vec<String> = Vec::new();
    for parent in PARENTS {
        for name in folders_in(files, parent).into_iter().filter(missing) {
            violations.push(format!("{MAP} does not mention {parent}{name}/"));
        }
    }
    violations
}

/// Paths in backquotes that no file has, whole or as a part of its path.
pub(crate) fn dead_paths(files: &[File]) -> Vec<String> {
    let mut violations = Vec::new();
    for document in files.iter().filter(|file| DOCUMENTS.contains(&file.path.as_str())) {
        for path in document.text.split('`').skip(1).step_by(2).filter(|code| is_path(code)) {
            let part = format!("/{}/", path.trim_matches('/'));
            if path != BUILT && !files.iter().any(|file| format!("/{}/", file.path).contains(&part)) {
                violations.push(format!("{} mentions {path}, which does not exist", document.path));
            }
        }
    }
    violations
}

/// Whether code in a document is the path of a file or folder, without placeholders.
fn is_path(code: &str) -> bool {
    code.contains('/') && code.chars().all(|char| char.is_alphanumeric() || "/_-.".contains(char))
}

/// The folders right under that one.
fn folders_in<'a>(files: &'a [File], under: &str) -> BTreeSet<&'a str> {
    let first = |file: &'a File| file.path.strip_prefix(under)?.split_once('/').map(|(folder, _)| folder);
    files.iter().filter_map(first).collect()
}

/// Names as they stand in a text: `analyzer-wasm/src/decode` gives analyzer-wasm, src and decode.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let names = text.split(|char: char| !char.is_alphanumeric() && !"_-.".contains(char));
    names.flat_map(|word| [word, word.trim_end_matches('.')])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file;

    #[test]
    fn a_path_that_does_not_exist_is_named() {
        let text = "`input/decode/`, `input/gone.rs`, `dist/`, `a/<name>.rs` and `cargo a/b`.\n";
        let files = [file("ARCHITECTURE.md", text), file("analyzer-wasm/src/input/decode/mod.rs", "")];
        assert_eq!(dead_paths(&files), ["ARCHITECTURE.md mentions input/gone.rs, which does not exist"]);
    }

    #[test]
    fn a_folder_that_is_not_on_the_map_is_named() {
        let files = [
            file("ARCHITECTURE.md", "`.ci/run` and analyzer-wasm (decode).\n"),
            file(".ci/run", ""),
            file("analyzer-wasm/src/decode/mod.rs", ""),
            file("analyzer-wasm/src/readers/mod.rs", ""),
            file("app/src/main.rs", ""),
        ];
        assert_eq!(
            missing_folders(&files),
            [
                "ARCHITECTURE.md does not mention app/",
                "ARCHITECTURE.md does not mention analyzer-wasm/src/readers/"
            ]
        );
    }

    #[test]
    fn a_missing_map_is_named() {
        assert_eq!(missing_folders(&[file("app/src/main.rs", "")]), ["ARCHITECTURE.md is missing"]);
    }
}
