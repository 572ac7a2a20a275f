//! What a request asks for, in the one spelling that rules are compared with.

use percent_encoding::percent_decode_str;

use super::HEADERS_FILE;

/// A decoded path without empty, `.` or `..` segments: one file has one spelling.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RequestPath(String);

impl RequestPath {
    /// Reads a URL's path; `None` for one that leaves the directory or is no text.
    pub(super) fn read(raw: &str) -> Option<Self> {
        let decoded = percent_decode_str(raw).decode_utf8().ok()?;
        let mut path = String::with_capacity(decoded.len() + 1);
        for segment in decoded.split('/').filter(|segment| !matches!(*segment, "" | ".")) {
            if segment == ".." || segment.contains(['\\', '\0']) {
                return None;
            }
            path.push('/');
            path.push_str(segment);
        }
        if path.is_empty() || decoded.ends_with('/') {
            path.push('/');
        }
        Some(Self(path))
    }

    /// Dotfiles and the file of rules are nobody's business.
    pub(super) fn is_hidden(&self) -> bool {
        let mut segments = self.0.split('/').filter(|segment| !segment.is_empty());
        let is_headers_file = |segment: &str| segment.eq_ignore_ascii_case(HEADERS_FILE);
        segments.clone().any(|segment| segment.starts_with('.'))
            || segments.next().is_some_and(is_headers_file)
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::RequestPath;

    fn read(raw: &str) -> Option<String> {
        RequestPath::read(raw).map(RequestPath::into_string)
    }

    #[test]
    fn one_file_has_one_spelling() {
        for raw in ["/a/b.js", "//a//b.js", "/./a/./b.js", "/%61/b%2Ejs", "/a%2Fb.js"] {
            assert_eq!(read(raw).as_deref(), Some("/a/b.js"), "{raw}");
        }
        assert_eq!(read("").as_deref(), Some("/"));
        assert_eq!(read("/").as_deref(), Some("/"));
        assert_eq!(read("/a/").as_deref(), Some("/a/"));
    }

    #[test]
    fn a_path_that_leaves_the_directory_is_none() {
        for raw in ["/../x", "/a/%2e%2e/x", "/a/..%2fx", "/a%5C..%5Cx", "/%00", "/%FF"] {
            assert_eq!(read(raw), None, "{raw}");
        }
    }

    #[test]
    fn dotfiles_and_the_rules_are_hidden() {
        for raw in ["/_headers", "/_HEADERS", "/%5Fheaders", "/.env", "/a/.git/config"] {
            assert!(RequestPath::read(raw).unwrap().is_hidden(), "{raw}");
        }
        for raw in ["/", "/a.b", "/a/_headers", "/_headers.txt"] {
            assert!(!RequestPath::read(raw).unwrap().is_hidden(), "{raw}");
        }
    }
}
