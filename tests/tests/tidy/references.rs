//! Which modules a file's code names: a small scanner, enough for house style.

/// The code without comments, and without the tests at its end, which may use what they like.
pub(crate) fn code_lines(text: &str) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    let mut all = (1..).zip(text.lines()).peekable();
    while let Some((number, line)) = all.next() {
        let next_is_module = all.peek().is_some_and(|(_, next)| next.trim_start().starts_with("mod "));
        if line.trim() == "#[cfg(test)]" && next_is_module {
            break;
        }
        let code = line.split("//").next().unwrap_or_default();
        if !code.trim().is_empty() {
            lines.push((number, code));
        }
    }
    lines
}

/// The first names after each `prefix::`, groups in braces included, with their line.
pub(crate) fn named_after(text: &str, prefix: &str) -> Vec<(usize, String)> {
    let lines = code_lines(text);
    let joined: String = lines.iter().map(|(_, code)| format!("{code}\n")).collect();
    let start = format!("{prefix}::");
    let mut found = Vec::new();
    for (at, _) in joined.match_indices(&start) {
        let before = joined[..at].chars().next_back();
        if before.is_some_and(|char| is_name(char) || char == '$' || char == ':') {
            continue;
        }
        let line = lines[joined[..at].matches('\n').count()].0;
        let names = first_names(&joined[at + start.len()..]);
        found.extend(names.into_iter().map(|name| (line, name)));
    }
    found
}

/// How many `super::` stand in a row, with the line, for each such row.
pub(crate) fn supers(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (line, code) in code_lines(text) {
        let mut rest = code;
        while let Some(at) = rest.find("super::") {
            rest = &rest[at..];
            let mut count = 0;
            while let Some(after) = rest.strip_prefix("super::") {
                count += 1;
                rest = after;
            }
            found.push((line, count));
        }
    }
    found
}

/// `a::b` gives a; `{a, b::{c, d}, e}` gives a, b and e.
fn first_names(text: &str) -> Vec<String> {
    let leading =
        |text: &str| text.trim_start().chars().take_while(|char| is_name(*char)).collect::<String>();
    let Some(group) = text.strip_prefix('{') else { return vec![leading(text)] };
    let mut names = Vec::new();
    let mut depth = 0_usize;
    let mut piece = String::new();
    for char in group.chars() {
        match char {
            '}' if depth == 0 => break,
            ',' if depth == 0 => names.push(leading(&std::mem::take(&mut piece))),
            _ => {
                depth = match char {
                    '{' => depth + 1,
                    '}' => depth - 1,
                    _ => depth,
                };
                piece.push(char);
            }
        }
    }
    names.push(leading(&piece));
    names.retain(|name| !name.is_empty());
    names
}

fn is_name(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str, prefix: &str) -> Vec<String> {
        named_after(text, prefix).into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn every_way_to_name_a_module_is_seen() {
        assert_eq!(names("use crate::decode::gzip;\n", "crate"), ["decode"]);
        assert_eq!(names("fn a(x: &crate::model::Event) {}\n", "crate"), ["model"]);
        assert_eq!(
            names("use crate::{decode::{a, b}, model, report::*};\n", "crate"),
            ["decode", "model", "report"]
        );
        assert_eq!(names("use crate::{\n    decode,\n    model,\n};\n", "crate"), ["decode", "model"]);
        assert_eq!(names("pub(crate) use crate::a;\nuse b::crate_x::c;\n", "crate"), ["a"]);
        assert_eq!(named_after("\n\nuse crate::a;\n", "crate"), [(3, "a".to_owned())]);
    }

    #[test]
    fn comments_and_tests_do_not_count() {
        assert!(names("//! [`crate::a`]\nfn b() {} // crate::c\n", "crate").is_empty());
        assert!(names("fn b() {}\n\n#[cfg(test)]\nmod tests {\n    use crate::a;\n}\n", "crate").is_empty());
        assert_eq!(names("#[cfg(test)]\nuse crate::a;\n", "crate"), ["a"]);
    }

    #[test]
    fn supers_are_counted() {
        assert_eq!(supers("use super::super::a;\nuse super::b;\n"), [(1, 2), (2, 1)]);
    }
}
