//! The built page on disk and the header rules of its `_headers` file.

mod header_rules;
mod path_pattern;
mod request_path;
mod response_headers;

pub use header_rules::HeaderRuleError;

use std::path::PathBuf;

use crate::config::{BasePath, Config};
use crate::error::StartError;
use header_rules::HeaderRules;

pub(crate) use request_path::RequestPath;
pub(crate) use response_headers::set_headers;

/// The file with the header rules. It is read at start and never served.
const HEADERS_FILE: &str = "_headers";

/// The directory of the built page, checked at start, and the headers of every response.
pub(crate) struct Site {
    pub(crate) dir: PathBuf,
    pub(crate) base: BasePath,
    header_rules: HeaderRules,
}

impl Site {
    /// Checks that the directory contains a built page, and reads its header rules.
    ///
    /// # Errors
    /// If `index.html` or `_headers` is missing, or if `_headers` has an invalid line.
    pub(crate) fn load(config: &Config) -> Result<Self, StartError> {
        let Config { dir, base, .. } = config.clone();
        if !dir.is_dir() {
            return Err(StartError::NoDirectory(dir));
        }
        if !dir.join("index.html").is_file() {
            return Err(StartError::NoPage(dir));
        }
        let path = dir.join(HEADERS_FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(source) => return Err(StartError::NoHeaders { path, source }),
        };
        let header_rules =
            HeaderRules::parse(&text).map_err(|source| StartError::BadHeaders { path, source })?;
        Ok(Self { dir, base, header_rules })
    }
}
