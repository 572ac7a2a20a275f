//! Rules for single files: their first line, length, name and paths.

use crate::tree::File;

const LONGEST: usize = 500;
const LONG_REASON: &str = "//! Long because ";
/// "Near the top".
const REASON_WITHIN: usize = 20;
/// Names that do not describe the content.
const EMPTY_NAMES: [&str; 4] = ["utils.rs", "helpers.rs", "types.rs", "misc.rs"];
/// The one file that may name a place outside of the checkout: the corpus.
const OUTSIDE_ALLOWED: &str = "tests/src/corpus.rs";

pub(crate) fn without_introduction(files: &[File]) -> Vec<String> {
    let lacks = |file: &&File| file.is_rust() && !file.text.starts_with("//! ");
    let complain =
        |file: &File| format!("{}: its first line must be `//! ` and its purpose in one sentence", file.path);
    files.iter().filter(lacks).map(complain).collect()
}

pub(crate) fn long_without_reason(files: &[File]) -> Vec<String> {
    let reasoned =
        |file: &File| file.text.lines().take(REASON_WITHIN).any(|line| line.starts_with(LONG_REASON));
    let mut violations = Vec::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        let lines = file.text.lines().count();
        if lines > LONGEST && !reasoned(file) {
            violations
                .push(format!("{}: {lines} lines; split it or say `{LONG_REASON}…` near the top", file.path));
        }
    }
    violations
}

pub(crate) fn named_for_nothing(files: &[File]) -> Vec<String> {
    let complain = |file: &File| format!("{}: name it for what it does", file.path);
    files.iter().filter(|file| EMPTY_NAMES.contains(&file.name())).map(complain).collect()
}

/// Relative paths in code and manifests must not leave the checkout. They start at the package, those of
/// `include_str!` and its kin at the file.
pub(crate) fn paths_outside(files: &[File]) -> Vec<String> {
    let packages = files.iter().filter_map(|file| file.path.strip_suffix("Cargo.toml"));
    let packages: Vec<&str> = packages.collect();
    let mut violations = Vec::new();
    let is_code = |file: &&File| file.is_rust() || file.path.ends_with(".toml");
    for file in files.iter().filter(is_code).filter(|file| file.path != OUTSIDE_ALLOWED) {
        let package = packages.iter().filter(|package| file.path.starts_with(**package));
        let package_depth = package.map(|package| package.matches('/').count()).max().unwrap_or(0);
        for (number, line) in (1..).zip(file.text.lines()) {
            let is_from_file = line.contains("include_") || line.contains("#[path");
            let depth = if is_from_file { file.path.matches('/').count() } else { package_depth };
            let ups = line.split('"').map(|text| text.matches("../").count()).max().unwrap_or(0);
            if ups > depth {
                violations.push(format!("{}:{number}: this path leaves the checkout", file.path));
            }
        }
    }
    violations
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file;

    #[test]
    fn a_file_without_introduction_is_found() {
        let files = [file("a.rs", "//! Does a.\n"), file("b.rs", "use a;\n"), file("c.md", "use a;\n")];
        let violations = without_introduction(&files);
        assert!(violations.len() == 1 && violations[0].starts_with("b.rs:"), "{violations:?}");
    }

    #[test]
    fn a_long_file_needs_a_reason_near_its_top() {
        let long = "//! Does a.\n".repeat(501);
        let reasoned = format!("//! Does a.\n//!\n//! Long because a table is.\n{long}");
        let late = format!("{long}//! Long because nobody looked.\n");
        let files = [file("a.rs", &long), file("b.rs", &reasoned), file("c.rs", &late), file("d.txt", &long)];
        let violations = long_without_reason(&files);
        assert!(violations.len() == 2, "{violations:?}");
        assert!(
            violations[0].starts_with("a.rs: 501") && violations[1].starts_with("c.rs"),
            "{violations:?}"
        );
    }

    #[test]
    fn an_empty_name_is_found() {
        assert_eq!(named_for_nothing(&[file("x/utils.rs", ""), file("x/lines.rs", "")]).len(), 1);
    }

    #[test]
    fn a_path_that_leaves_the_checkout_is_found() {
        let include = "include_str!(\"../../x.css\")\n";
        let path = format!("Path::new(\"{}shared\")\n", "../".repeat(2));
        let found = paths_outside(&[
            file("app/Cargo.toml", ""),
            file("app/src/views/mod.rs", include),
            file("app/mod.rs", include),
            file("app/src/shell/mod.rs", &path),
            file("README.md", include),
            file(OUTSIDE_ALLOWED, &path),
        ]);
        assert_eq!(
            found,
            [
                "app/mod.rs:1: this path leaves the checkout",
                "app/src/shell/mod.rs:1: this path leaves the checkout"
            ]
        );
    }
}
