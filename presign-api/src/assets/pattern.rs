//! Path patterns of a `_headers` file: plain text in which `*` stands for anything, slashes too.

/// A pattern such as `/*` or `/assets/*.js`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern(String);

impl Pattern {
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
    use super::Pattern;

    #[test]
    fn a_star_stands_for_anything() {
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
            assert!(Pattern::new(pattern).matches(path), "{pattern} {path}");
        }
    }

    #[test]
    fn the_rest_must_fit_exactly() {
        for (pattern, path) in
            [("/", "/a"), ("/a.js", "/a.js.map"), ("/*.wasm", "/x.wasm.gz"), ("/a/*", "/ab"), ("/a*a", "/a")]
        {
            assert!(!Pattern::new(pattern).matches(path), "{pattern} {path}");
        }
    }
}
