//! The configuration of the service.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

use crate::error::StartError;

/// All settings, with their defaults in `Default`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The directory of the built page.
    pub dir: PathBuf,
    /// Address to listen on; port 0 selects a free port.
    pub addr: SocketAddr,
    /// Path under which the page is served.
    pub base: BasePath,
}

/// A path that starts and ends with a slash: `/`, or for example `/tools/rtcscope/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasePath(String);

impl Default for Config {
    fn default() -> Self {
        Self {
            dir: PathBuf::from("dist"),
            addr: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8600),
            base: BasePath::default(),
        }
    }
}

impl BasePath {
    /// The path with both slashes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path without its last slash; empty for `/`.
    #[must_use]
    pub fn prefix(&self) -> &str {
        self.0.strip_suffix('/').unwrap_or_default()
    }
}

impl Default for BasePath {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl fmt::Display for BasePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for BasePath {
    type Err = StartError;

    /// Parses a path; the first and last slash are optional.
    fn from_str(text: &str) -> Result<Self, StartError> {
        let inner = text.trim_matches('/');
        if inner.is_empty() {
            return Ok(Self::default());
        }
        if inner.split('/').all(is_plain_segment) {
            Ok(Self(format!("/{inner}/")))
        } else {
            Err(StartError::BadBase(text.to_owned()))
        }
    }
}

/// Whether the router, redirects and browsers all interpret the segment literally.
fn is_plain_segment(segment: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    !segment.is_empty() && !segment.starts_with('.') && segment.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::BasePath;

    #[test]
    fn a_base_path_gets_both_slashes() {
        for (given, want) in
            [("", "/"), ("/", "/"), ("a", "/a/"), ("/a/b", "/a/b/"), ("/tools/rtcscope/", "/tools/rtcscope/")]
        {
            assert_eq!(given.parse::<BasePath>().unwrap().as_str(), want, "{given:?}");
        }
    }

    #[test]
    fn an_invalid_base_path_is_refused() {
        for given in ["/a//b/", "/../", "/a b/", "/{x}/", "/a?b/", "https://host/"] {
            let error = given.parse::<BasePath>().unwrap_err();
            assert!(error.to_string().contains("--base"), "{given:?}: {error}");
        }
    }
}
