//! The path of a request, normalized for comparison with the header rules.

use percent_encoding::percent_decode_str;

use super::HEADERS_FILE;

/// A decoded path without empty, `.` or `..` segments, so that each file has exactly one path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct RequestPath(String);

impl RequestPath {
    /// Normalizes the path of a URL; `None` if it leaves the directory or is not UTF-8.
    pub(crate) fn parse(raw: &str) -> Option<Self> {
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

    /// Whether the file must not be served: a dotfile or the file with the header rules.
    pub(crate) fn is_hidden(&self) -> bool {
        let mut segments = self.0.split('/').filter(|segment| !segment.is_empty());
        let is_headers_file = |segment: &str| segment.eq_ignore_ascii_case(HEADERS_FILE);
        segments.clone().any(|segment| segment.starts_with('.'))
            || segments.next().is_some_and(is_headers_file)
    }

    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::RequestPath;

    fn normalized(raw: &str) -> Option<String> {
        RequestPath::parse(raw).map(RequestPath::into_string)
    }

    #[test]
    fn every_spelling_of_a_path_is_normalized() {
        for raw in ["/a/b.js", "//a//b.js", "/./a/./b.js", "/%61/b%2Ejs", "/a%2Fb.js"] {
            assert_eq!(normalized(raw).as_deref(), Some("/a/b.js"), "{raw}");
        }
        assert_eq!(normalized("").as_deref(), Some("/"));
        assert_eq!(normalized("/").as_deref(), Some("/"));
        assert_eq!(normalized("/a/").as_deref(), Some("/a/"));
    }

    #[test]
    fn a_path_that_leaves_the_directory_is_refused() {
        for raw in ["/../x", "/a/%2e%2e/x", "/a/..%2fx", "/a%5C..%5Cx", "/%00", "/%FF"] {
            assert_eq!(normalized(raw), None, "{raw}");
        }
    }

    #[test]
    fn dotfiles_and_the_headers_file_are_hidden() {
        for raw in ["/_headers", "/_HEADERS", "/%5Fheaders", "/.env", "/a/.git/config"] {
            assert!(RequestPath::parse(raw).unwrap().is_hidden(), "{raw}");
        }
        for raw in ["/", "/a.b", "/a/_headers", "/_headers.txt"] {
            assert!(!RequestPath::parse(raw).unwrap().is_hidden(), "{raw}");
        }
    }
}
