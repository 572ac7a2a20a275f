//! Parses a `_headers` file, the format of static hosts such as Netlify and Cloudflare Pages.
//!
//! A line without indentation is a path pattern; the indented lines below it are `Name: value`. All rules that match a
//! path apply in order: a later rule replaces an earlier header of the same name, and `! Name` removes it. `#` starts
//! a comment line. Any other line is an error, so that a typing mistake cannot disable the security policy.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use thiserror::Error;

use super::path_pattern::PathPattern;

/// An invalid line of a `_headers` file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
#[error("line {line}: {what}")]
pub struct HeaderRuleError {
    /// Number of the line, counted from 1.
    pub line: usize,
    /// What is invalid about it.
    pub what: &'static str,
}

/// The rules in the order of the file.
#[derive(Debug, Default)]
pub(super) struct HeaderRules(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    pattern: PathPattern,
    line: usize,
    changes: Vec<Change>,
}

#[derive(Debug)]
enum Change {
    Set(HeaderName, HeaderValue),
    Remove(HeaderName),
}

impl HeaderRules {
    pub(super) fn parse(text: &str) -> Result<Self, HeaderRuleError> {
        let mut rules: Vec<Rule> = Vec::new();
        for (line, raw) in (1..).zip(text.lines()) {
            let error = |what| HeaderRuleError { line, what };
            let content = raw.trim();
            if content.is_empty() || content.starts_with('#') {
                continue;
            }
            if raw.starts_with([' ', '\t']) {
                let rule = rules.last_mut().ok_or(error("a header without a path above it"))?;
                rule.changes.push(read_change(content).map_err(error)?);
            } else {
                check_has_headers(rules.last())?;
                let pattern = read_pattern(content).map_err(error)?;
                rules.push(Rule { pattern, line, changes: Vec::new() });
            }
        }
        check_has_headers(rules.last())?;
        Ok(Self(rules))
    }

    /// Applies every rule that matches `path` to `headers`.
    pub(super) fn apply(&self, path: &str, headers: &mut HeaderMap) {
        for change in self.0.iter().filter(|rule| rule.pattern.matches(path)).flat_map(|rule| &rule.changes) {
            match change {
                Change::Set(name, value) => {
                    headers.insert(name, value.clone());
                }
                Change::Remove(name) => {
                    headers.remove(name);
                }
            }
        }
    }
}

fn check_has_headers(rule: Option<&Rule>) -> Result<(), HeaderRuleError> {
    match rule {
        Some(rule) if rule.changes.is_empty() => {
            Err(HeaderRuleError { line: rule.line, what: "a path without headers (indent them)" })
        }
        _ => Ok(()),
    }
}

fn read_pattern(text: &str) -> Result<PathPattern, &'static str> {
    if !text.starts_with('/') {
        return Err("neither a path that begins with / nor an indented header");
    }
    if text.split('/').any(|segment| segment.starts_with(':')) {
        return Err("placeholders such as :name are not supported");
    }
    if text.contains(char::is_whitespace) {
        return Err("a path that contains a space");
    }
    Ok(PathPattern::new(text))
}

fn read_change(text: &str) -> Result<Change, &'static str> {
    const BAD_NAME: &str = "not a header name";
    let name = |text: &str| HeaderName::from_bytes(text.trim().as_bytes()).map_err(|_| BAD_NAME);
    if let Some(removed) = text.strip_prefix('!') {
        return Ok(Change::Remove(name(removed)?));
    }
    let (left, right) = text.split_once(':').ok_or("a header without a colon")?;
    let value = right.trim();
    if value.is_empty() {
        return Err("a header without a value");
    }
    let value = HeaderValue::from_str(value).map_err(|_| "a header value with forbidden characters")?;
    Ok(Change::Set(name(left)?, value))
}

#[cfg(test)]
mod tests {
    use super::{HeaderMap, HeaderRules};

    fn headers(rules: &str, path: &str) -> Vec<(String, String)> {
        let mut map = HeaderMap::new();
        HeaderRules::parse(rules).unwrap().apply(path, &mut map);
        let mut all: Vec<_> =
            map.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
        all.sort();
        all
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn all_matching_rules_apply_and_later_ones_override() {
        let rules = "# all\n/*\n  X-A: 1\n  X-B: a: b; c\n\n/*.wasm\n\tX-A: 2\n/secret\n  ! X-A\n";
        assert_eq!(headers(rules, "/"), [pair("x-a", "1"), pair("x-b", "a: b; c")]);
        assert_eq!(headers(rules, "/x.wasm"), [pair("x-a", "2"), pair("x-b", "a: b; c")]);
        assert_eq!(headers(rules, "/secret"), [pair("x-b", "a: b; c")]);
    }

    #[test]
    fn windows_line_ends_are_read() {
        assert_eq!(headers("/*\r\n  X-A: 1\r\n", "/"), [pair("x-a", "1")]);
    }

    #[test]
    fn an_invalid_line_is_named_in_the_error() {
        for (rules, line, what) in [
            ("  X-A: 1", 1, "a header without a path above it"),
            ("/*\n  X-A", 2, "a header without a colon"),
            ("/*\n  X A: 1", 2, "not a header name"),
            ("/*\n  ! X A", 2, "not a header name"),
            ("/*\n  X-A:", 2, "a header without a value"),
            ("/*\n  X-A: \u{7}", 2, "a header value with forbidden characters"),
            ("/*\nX-A: 1", 1, "a path without headers (indent them)"),
            ("\n/*\n", 2, "a path without headers (indent them)"),
            ("index.html\n  X-A: 1", 1, "neither a path that begins with / nor an indented header"),
            ("/a b\n  X-A: 1", 1, "a path that contains a space"),
            ("/:page/x\n  X-A: 1", 1, "placeholders such as :name are not supported"),
        ] {
            let error = HeaderRules::parse(rules).unwrap_err();
            assert_eq!((error.line, error.what), (line, what), "{rules:?}");
            assert_eq!(error.to_string(), format!("line {line}: {what}"));
        }
    }
}
