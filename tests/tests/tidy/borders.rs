//! Borders between crates: which code may use the browser, and what the page may use of the analyzer.

use std::env;
use std::process::Command;

use crate::references::{code_lines, named_after};
use crate::tree::{File, root};

const ANALYZER: &str = "analyzer-wasm/src/";
/// The only code of the analyzer that uses JavaScript.
const GLUE: [&str; 2] = ["analyzer-wasm/src/worker/", "analyzer-wasm/src/bin/analyzer-worker.rs"];
const BROWSER_CRATES: [&str; 4] = ["web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures"];
const PAGE: &str = "app/src/";
/// What the page may use of the analyzer: results, messages, questions with their answers, and plain data and words.
const PAGE_MAY_USE: [&str; 8] =
    ["catalog", "civil_date", "judge", "query", "report", "time_span", "wire", "wording"];
/// What the page may use of `judge`: the descriptions of findings.
const PAGE_MAY_USE_OF_JUDGE: [&str; 2] = ["FINDINGS", "finding_info"];
/// The only code of the page that uses the window.
const SHELL: &str = "app/src/shell/";
/// How code gets at the window or the document of the whole page.
const WINDOW: [&str; 4] = ["window()", "document()", "Window", "Document"];
/// Code outside the shell that reads the scale of the screen, which belongs to no instance.
const SCREEN_SCALE: &str = "device_pixel_ratio()";

pub(crate) fn browser_outside_the_worker(files: &[File]) -> Vec<String> {
    let is_core = |file: &&File| {
        file.is_rust()
            && file.path.starts_with(ANALYZER)
            && !GLUE.iter().any(|glue| file.path.starts_with(glue))
    };
    let mut violations = Vec::new();
    for file in files.iter().filter(is_core) {
        for (line, code) in code_lines(&file.text) {
            let mut words = code.split(|char: char| !char.is_alphanumeric() && char != '_');
            if let Some(word) = words.find(|word| BROWSER_CRATES.contains(word)) {
                violations.push(format!("{}:{line}: only the worker may use {word}", file.path));
            }
        }
    }
    violations
}

pub(crate) fn page_beyond_the_border(files: &[File]) -> Vec<String> {
    let mut violations = Vec::new();
    for file in files.iter().filter(|file| file.is_rust() && file.path.starts_with(PAGE)) {
        for (module, allowed) in
            [("analyzer_wasm", &PAGE_MAY_USE[..]), ("analyzer_wasm::judge", &PAGE_MAY_USE_OF_JUDGE[..])]
        {
            for (line, name) in named_after(&file.text, module) {
                if !allowed.contains(&name.as_str()) {
                    violations.push(format!("{}:{line}: the page must not use {module}::{name}", file.path));
                }
            }
        }
    }
    violations
}

/// Two instances of the page can be in one document, so only the shell may use what both share.
pub(crate) fn window_outside_the_shell(files: &[File]) -> Vec<String> {
    let is_view =
        |file: &&File| file.is_rust() && file.path.starts_with(PAGE) && !file.path.starts_with(SHELL);
    let mut violations = Vec::new();
    for file in files.iter().filter(is_view) {
        for (line, code) in code_lines(&file.text) {
            if code.contains(SCREEN_SCALE) {
                continue;
            }
            let word = WINDOW.iter().find(|word| contains_word(code, word));
            if let Some(word) = word {
                violations.push(format!("{}:{line}: only the shell may use {word}", file.path));
            }
        }
    }
    violations
}

/// Whether a name stands in the code, not as a part of a longer name.
fn contains_word(code: &str, word: &str) -> bool {
    let is_name = |char: char| char.is_alphanumeric() || char == '_';
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        !before.is_some_and(is_name) && (word.ends_with(')') || !after.is_some_and(is_name))
    })
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
    fn the_browser_is_found_outside_the_worker() {
        let code = "//! Uses no web_sys.\nuse js_sys::Array;\n";
        let files = [
            file("analyzer-wasm/src/readers/mod.rs", code),
            file("analyzer-wasm/src/worker/mod.rs", code),
            file("analyzer-wasm/src/bin/analyzer-worker.rs", code),
            file("app/src/main.rs", code),
        ];
        assert_eq!(
            browser_outside_the_worker(&files),
            ["analyzer-wasm/src/readers/mod.rs:2: only the worker may use js_sys"]
        );
    }

    #[test]
    fn a_forbidden_import_of_the_page_is_found() {
        let code = "use analyzer_wasm::{wire::Request, report};\nuse analyzer_wasm::extract::Extract;\n";
        assert_eq!(
            page_beyond_the_border(&[file("app/src/a.rs", code), file("tests/src/a.rs", code)]),
            ["app/src/a.rs:2: the page must not use analyzer_wasm::extract"]
        );
    }

    #[test]
    fn the_page_uses_only_descriptions_of_findings_of_judge() {
        let code = "use analyzer_wasm::judge::finding_info;\nuse analyzer_wasm::judge::{FINDINGS, judge};\n";
        assert_eq!(
            page_beyond_the_border(&[file("app/src/a.rs", code)]),
            ["app/src/a.rs:2: the page must not use analyzer_wasm::judge::judge"]
        );
    }

    #[test]
    fn the_window_is_found_outside_the_shell() {
        let code = "let time = TimeWindow::whole();\nlet ratio = web_sys::window()?.device_pixel_ratio();\n\
                    let title = document().title();\n";
        assert_eq!(
            window_outside_the_shell(&[file("app/src/charts/a.rs", code), file("app/src/shell/a.rs", code)]),
            ["app/src/charts/a.rs:3: only the shell may use document()"]
        );
    }

    #[test]
    fn a_dependency_is_found() {
        let tree = "a v1.0.0 (/x)\nserde v1.0.0\nleptos_dom v0.8.0\n";
        assert!(depends_on(tree, "serde") && depends_on(tree, "leptos"));
        assert!(!depends_on(tree, "ser") && !depends_on(tree, "lepto"));
    }
}
