//! Path patterns of a `_headers` file, in which `*` matches any text, including slashes.

/// A pattern such as `/*` or `/assets/*.js`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PathPattern(String);

impl PathPattern {
    pub(super) fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    pub(super) fn matches(&self, path: &str) -> bool {
        let mut pieces = self.0.split('*');
        let Some(mut rest) = pieces.next().and_then(|start| path.strip_prefix(start)) else { return false };
        let mut pieces = pieces.peekable();
        if pieces.peek().is_none() {
            return rest.is_empty();
        }
        while let Some(piece) = pieces.next() {
            if pieces.peek().is_none() {
                return rest.ends_with(piece);
            }
            let Some((_, after)) = rest.split_once(piece) else { return false };
            rest = after;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::PathPattern;

    #[test]
    fn a_star_matches_any_text() {
        for (pattern, path) in [
            ("/", "/"),
            ("/*", "/"),
            ("/*", "/a/b.js"),
            ("/a.js", "/a.js"),
            ("/*.wasm", "/x_bg.wasm"),
            ("/*.wasm", "/deep/x.wasm"),
            ("/a/*/c*", "/a/b/b/c.js"),
            ("/a*a", "/aaa"),
        ] {
            assert!(PathPattern::new(pattern).matches(path), "{pattern} {path}");
        }
    }

    #[test]
    fn other_text_must_match_exactly() {
        for (pattern, path) in
            [("/", "/a"), ("/a.js", "/a.js.map"), ("/*.wasm", "/x.wasm.gz"), ("/a/*", "/ab"), ("/a*a", "/a")]
        {
            assert!(!PathPattern::new(pattern).matches(path), "{pattern} {path}");
        }
    }
}
