//! Files: their first line, their length, their name, and words that have no place in them.

use crate::tree::File;

const LONGEST: usize = 500;
const LONG_REASON: &str = "//! Long because ";
/// "Near the top".
const REASON_WITHIN: usize = 20;
/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 4] = ["utils.rs", "helpers.rs", "types.rs", "misc.rs"];
/// Places of the machines on which this was written, in two halves so that this file does not hold them.
const FOREIGN: [(&str, &str); 4] = [("/wo", "rk/"), (".lib", "rary/"), ("/ro", "ot/"), ("/tmp/", "wt-")];
/// Where recorded dumps may lie beside the project; only tests may know.
const NEIGHBOR: (&str, &str) = ("../sha", "red");

pub(crate) fn without_introduction(files: &[File]) -> Vec<String> {
    let lacks = |file: &&File| file.is_rust() && !file.text.starts_with("//! ");
    let complain =
        |file: &File| format!("{}: its first line must be `//! ` and its job in one sentence", file.path);
    files.iter().filter(lacks).map(complain).collect()
}

pub(crate) fn long_without_reason(files: &[File]) -> Vec<String> {
    let reasoned =
        |file: &File| file.text.lines().take(REASON_WITHIN).any(|line| line.starts_with(LONG_REASON));
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        let lines = file.text.lines().count();
        if lines > LONGEST && !reasoned(file) {
            complaints
                .push(format!("{}: {lines} lines; split it or say `{LONG_REASON}…` near the top", file.path));
        }
    }
    complaints
}

pub(crate) fn named_for_nothing(files: &[File]) -> Vec<String> {
    let complain = |file: &File| format!("{}: name it for what it does", file.path);
    files.iter().filter(|file| EMPTY_NAMES.contains(&file.name())).map(complain).collect()
}

pub(crate) fn foreign_words(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files {
        let neighbor = [NEIGHBOR];
        let also = if is_test(&file.path) { &[][..] } else { &neighbor[..] };
        for (first, second) in FOREIGN.iter().chain(also) {
            let word = format!("{first}{second}");
            for (number, line) in (1..).zip(file.text.lines()) {
                if line.contains(&word) {
                    complaints.push(format!("{}:{number}: {word} is no place of this project", file.path));
                }
            }
        }
    }
    complaints
}

fn is_test(path: &str) -> bool {
    path.starts_with("tests/") || path.contains("/tests/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file;

    #[test]
    fn a_file_without_introduction_is_found() {
        let files = [file("a.rs", "//! Does a.\n"), file("b.rs", "use a;\n"), file("c.md", "use a;\n")];
        let complaints = without_introduction(&files);
        assert!(complaints.len() == 1 && complaints[0].starts_with("b.rs:"), "{complaints:?}");
    }

    #[test]
    fn a_long_file_needs_a_reason_near_its_top() {
        let long = "//! Does a.\n".repeat(501);
        let reasoned = format!("//! Does a.\n//!\n//! Long because a table is.\n{long}");
        let late = format!("{long}//! Long because nobody looked.\n");
        let files = [file("a.rs", &long), file("b.rs", &reasoned), file("c.rs", &late), file("d.txt", &long)];
        let complaints = long_without_reason(&files);
        assert!(complaints.len() == 2, "{complaints:?}");
        assert!(
            complaints[0].starts_with("a.rs: 501") && complaints[1].starts_with("c.rs"),
            "{complaints:?}"
        );
    }

    #[test]
    fn an_empty_name_is_found() {
        assert_eq!(named_for_nothing(&[file("x/utils.rs", ""), file("x/lines.rs", "")]).len(), 1);
    }

    #[test]
    fn a_foreign_word_is_found() {
        let work = format!("a\n{}{}x\n", FOREIGN[0].0, FOREIGN[0].1);
        let neighbor = format!("{}{}/dumps\n", NEIGHBOR.0, NEIGHBOR.1);
        let complaints = foreign_words(&[file("a.rs", &work), file("tests/a.rs", &work)]);
        assert!(complaints.len() == 2 && complaints[0].starts_with("a.rs:2:"), "{complaints:?}");
        let complaints = foreign_words(&[
            file("README.md", &neighbor),
            file("tests/src/a.rs", &neighbor),
            file("analyzer-wasm/tests/a.rs", &neighbor),
        ]);
        assert!(complaints.len() == 1 && complaints[0].starts_with("README.md:1:"), "{complaints:?}");
    }
}
