//! Borders between crates: who may know the browser, and what the page may know of the analyzer.

use std::env;
use std::process::Command;

use crate::references::{code_lines, named_after};
use crate::tree::{File, root};

const ANALYZER: &str = "analyzer-wasm/src/";
/// The only code of the analyzer that knows JavaScript.
const GLUE: [&str; 2] = ["analyzer-wasm/src/worker/", "analyzer-wasm/src/bin/analyzer-worker.rs"];
const BROWSER_CRATES: [&str; 4] = ["web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures"];
/// What the page may use of the analyzer.
const PAGE_MAY_USE: [&str; 5] = ["catalog", "judge", "query", "report", "wire"];

pub(crate) fn browser_outside_the_glue(files: &[File]) -> Vec<String> {
    let is_core = |file: &&File| {
        file.is_rust()
            && file.path.starts_with(ANALYZER)
            && !GLUE.iter().any(|glue| file.path.starts_with(glue))
    };
    let mut complaints = Vec::new();
    for file in files.iter().filter(is_core) {
        for (line, code) in code_lines(&file.text) {
            let mut words = code.split(|char: char| !char.is_alphanumeric() && char != '_');
            if let Some(word) = words.find(|word| BROWSER_CRATES.contains(word)) {
                complaints.push(format!("{}:{line}: only the glue may know {word}", file.path));
            }
        }
    }
    complaints
}

pub(crate) fn page_beyond_the_border(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| file.is_rust() && file.path.starts_with("app/src/")) {
        for (line, name) in named_after(&file.text, "analyzer_wasm") {
            if !PAGE_MAY_USE.contains(&name.as_str()) {
                complaints
                    .push(format!("{}:{line}: the page must not know analyzer_wasm::{name}", file.path));
            }
        }
    }
    complaints
}

/// Every crate that a package is built from, on any platform and with any feature, one a line.
pub(crate) fn dependencies_of(package: &str) -> String {
    dependencies(package, &["--all-features"])
}

/// Every crate that the browser's worker is built from.
pub(crate) fn dependencies_of_the_worker() -> String {
    dependencies("analyzer-wasm", &["--no-default-features", "--features", "worker"])
}

fn dependencies(package: &str, features: &[&str]) -> String {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let tree = Command::new(cargo)
        .args(["tree", "--package", package, "--target", "all"])
        .args(features)
        .args(["--edges", "normal,build", "--prefix", "none", "--format", "{p}"])
        .current_dir(root())
        .output()
        .expect("cargo starts");
    assert!(tree.status.success(), "cargo tree: {}", String::from_utf8_lossy(&tree.stderr));
    String::from_utf8(tree.stdout).unwrap()
}

/// Whether that crate, or a part of its family (`name_…`), is among them.
pub(crate) fn depends_on(dependencies: &str, name: &str) -> bool {
    let crates = dependencies.lines().filter_map(|line| line.split(' ').next());
    crates
        .into_iter()
        .any(|found| found == name || found.strip_prefix(name).is_some_and(|rest| rest.starts_with('_')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file;

    #[test]
    fn the_browser_is_found_outside_the_glue() {
        let code = "//! Knows no web_sys.\nuse js_sys::Array;\n";
        let files = [
            file("analyzer-wasm/src/readers/mod.rs", code),
            file("analyzer-wasm/src/worker/mod.rs", code),
            file("analyzer-wasm/src/bin/analyzer-worker.rs", code),
            file("app/src/main.rs", code),
        ];
        assert_eq!(
            browser_outside_the_glue(&files),
            ["analyzer-wasm/src/readers/mod.rs:2: only the glue may know js_sys"]
        );
    }

    #[test]
    fn the_page_is_held_at_the_border() {
        let code = "use analyzer_wasm::{wire::Request, report};\nuse analyzer_wasm::extract::Extract;\n";
        assert_eq!(
            page_beyond_the_border(&[file("app/src/a.rs", code), file("tests/src/a.rs", code)]),
            ["app/src/a.rs:2: the page must not know analyzer_wasm::extract"]
        );
    }

    #[test]
    fn a_dependency_is_found() {
        let tree = "a v1.0.0 (/x)\nserde v1.0.0\nleptos_dom v0.8.0\n";
        assert!(depends_on(tree, "serde") && depends_on(tree, "leptos"));
        assert!(!depends_on(tree, "ser") && !depends_on(tree, "lepto"));
    }
}
