//! README.md's table of findings is what the rules say of themselves.

use crate::tree::File;

const RULES: &str = "analyzer-wasm/src/judge/rules/";
const README: &str = "README.md";

pub(crate) fn missing_rows(files: &[File]) -> Vec<String> {
    let Some(readme) = files.iter().find(|file| file.path == README) else {
        return vec![format!("{README} is missing")];
    };
    let rules = files.iter().filter(|file| file.path.starts_with(RULES));
    let rows: Vec<String> = rules.filter_map(|rule| row(&rule.text)).collect();
    let missing = rows.iter().filter(|row| !readme.text.lines().any(|line| line == row.as_str()));
    let mut complaints: Vec<String> = missing.map(|row| format!("{README} lacks this row:\n{row}")).collect();
    let listed = readme.text.lines().filter(|line| line.starts_with("| `"));
    let known = |line: &&str| rows.iter().any(|row| row.split('|').nth(1) == line.split('|').nth(1));
    let codes = listed.filter(|line| !known(line) && !line.contains('/') && line.contains('-'));
    complaints.extend(codes.map(|line| format!("{README} lists what no rule says: {line}")));
    complaints
}

/// The row of a rule: its code, and all that its `//!` lines say.
fn row(text: &str) -> Option<String> {
    let lines = text
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .map(str::trim)
        .filter(|line| !line.is_empty());
    let doc = lines.collect::<Vec<_>>().join(" ");
    let (code, meaning) = doc.strip_prefix('`')?.split_once("`: ")?;
    let mut chars = meaning.chars();
    let first = chars.next()?.to_uppercase();
    Some(format!("| `{code}` | {first}{} |", chars.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file;

    #[test]
    fn a_rule_without_its_row_and_a_row_without_its_rule_are_named() {
        let rule =
            file("analyzer-wasm/src/judge/rules/a_b.rs", "//! `a-b`: it breaks.\n//!\n//! From 5 %.\n");
        let readme = |text: &str| file("README.md", text);
        assert_eq!(
            missing_rows(&[file(&rule.path, &rule.text), readme("| `a-b` | It breaks. From 5 %. |\n")]),
            [""; 0]
        );
        assert_eq!(missing_rows(&[file(&rule.path, &rule.text), readme("| `a-b` | Old. |\n")]).len(), 1);
        assert_eq!(missing_rows(&[readme("| `gone-rule` | Old. |\n")]).len(), 1);
        assert_eq!(missing_rows(&[]).len(), 1);
    }
}
