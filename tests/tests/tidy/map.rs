//! ARCHITECTURE.md is a map: every folder that one meets first is on it.

use std::collections::BTreeSet;

use crate::tree::File;

const MAP: &str = "ARCHITECTURE.md";
const STAGES: &str = "analyzer-wasm/src/";

pub(crate) fn missing_folders(files: &[File]) -> Vec<String> {
    let Some(map) = files.iter().find(|file| file.path == MAP) else {
        return vec![format!("{MAP} is missing")];
    };
    let missing = |name: &&str| !words(&map.text).any(|word| word == *name);
    let mut complaints: Vec<String> = Vec::new();
    for name in folders_in(files, "").into_iter().filter(missing) {
        complaints.push(format!("{MAP} does not mention {name}/"));
    }
    for name in folders_in(files, STAGES).into_iter().filter(missing) {
        complaints.push(format!("{MAP} does not mention {STAGES}{name}/"));
    }
    complaints
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
