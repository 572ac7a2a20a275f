//! ARCHITECTURE.md mentions every top-level folder of the project, the analyzer and the page.

use std::collections::BTreeSet;

use crate::tree::File;

const MAP: &str = "ARCHITECTURE.md";
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
