//! Programs the project needs beside Cargo: which version, where from, and where they are kept.

mod cache;
pub(crate) mod chromium;
pub(crate) mod debian;
mod install;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

pub(crate) use cache::{fill, tools_dir};

use crate::process;
use crate::progress::{note, step};
use crate::project;

/// A program of one exact version.
pub(crate) struct Tool {
    /// What it is called on `PATH`.
    program: &'static str,
    version: String,
    source: Source,
    /// What to expect of the first time.
    takes: &'static str,
}

/// Where a tool comes from.
enum Source {
    /// `cargo install` of this package.
    Crate { package: &'static str, options: &'static [&'static str] },
    /// `npm install` of this package in this version; npm is needed.
    Npm { package: &'static str, version: &'static str },
}

/// Builds the page: two crates, their glue, the assets.
pub(crate) fn trunk() -> Tool {
    Tool {
        program: "trunk",
        // 0.22 wants a newer compiler than this workspace does.
        version: "0.21.14".to_owned(),
        // The features left out only let it download tools and check for news, and we bring the tools.
        source: Source::Crate { package: "trunk", options: &["--locked", "--no-default-features"] },
        takes: "about 5 minutes on two cores",
    }
}

/// Makes the glue between wasm and JavaScript.
pub(crate) fn wasm_bindgen() -> Result<Tool> {
    Ok(Tool {
        program: "wasm-bindgen",
        version: project::wasm_bindgen_version()?,
        source: Source::Crate { package: "wasm-bindgen-cli", options: &["--bin", "wasm-bindgen"] },
        takes: "about 2 minutes on two cores",
    })
}

/// Makes wasm smaller and faster after the compiler.
pub(crate) fn wasm_opt() -> Tool {
    Tool {
        program: "wasm-opt",
        version: "132".to_owned(),
        source: Source::Npm { package: "binaryen", version: "132.0.0" },
        takes: "some seconds",
    }
}

/// Checks licences, sources and advisories of the dependencies.
pub(crate) fn cargo_deny() -> Tool {
    Tool {
        program: "cargo-deny",
        version: "0.20.2".to_owned(),
        source: Source::Crate { package: "cargo-deny", options: &["--locked"] },
        takes: "about 5 minutes on two cores",
    }
}

impl Tool {
    /// Finds it on `PATH` or in the cache, else installs it; gives the program's path.
    pub(crate) fn ensure(&self) -> Result<PathBuf> {
        if let Some(path) = process::find_on_path(&[self.program]).filter(|path| self.is(path)) {
            note(&format!("{} {}: on PATH", self.program, self.version));
            return Ok(path);
        }
        let home = cache::tools_dir()?.join(self.cache_name());
        let path = self.path_in(&home);
        if self.is(&path) {
            note(&format!("{} {}: in the tool cache", self.program, self.version));
            return Ok(path);
        }
        let title = format!("installing {} {} ({}, once)", self.program, self.version, self.takes);
        step(&title, || {
            cache::fill(&home, |half_made| match &self.source {
                Source::Crate { package, options } => {
                    install::from_crates(package, &self.version, options, half_made)
                }
                Source::Npm { package, version } => install::from_npm(package, version, half_made),
            })?;
            anyhow::ensure!(self.is(&path), "{} is not {} {}", path.display(), self.program, self.version);
            Ok(path)
        })
        .with_context(|| {
            format!(
                "{} {} could not be installed; install it with `{}`",
                self.program,
                self.version,
                self.by_hand()
            )
        })
    }

    /// Whether that file is this program in this version.
    fn is(&self, path: &Path) -> bool {
        path.is_file()
            && process::output(process::program(path).arg("--version"))
                .is_ok_and(|said| said_version(&said, self.program) == Some(&self.version))
    }

    /// The directory in the cache: by the package's version, which names the tool's too.
    fn cache_name(&self) -> String {
        match self.source {
            Source::Crate { .. } => format!("{}-{}", self.program, self.version),
            Source::Npm { package, version } => format!("{package}-{version}"),
        }
    }

    fn path_in(&self, home: &Path) -> PathBuf {
        match self.source {
            Source::Crate { .. } => home.join("bin").join(self.program),
            Source::Npm { .. } => home.join("node_modules/.bin").join(self.program),
        }
    }

    fn by_hand(&self) -> String {
        match &self.source {
            Source::Crate { package, options } => {
                format!("cargo install {package} --version ={} {}", self.version, options.join(" "))
            }
            Source::Npm { package, version } => format!("npm install --global {package}@{version}"),
        }
    }
}

/// The version in `name 1.2.3`, `name version 132 (version_132)` and the like.
fn said_version<'a>(said: &'a str, program: &str) -> Option<&'a str> {
    let mut words = said.lines().next()?.strip_prefix(program)?.split_whitespace();
    words.find(|word| *word != "version")
}

#[cfg(test)]
mod tests {
    use super::{said_version, trunk, wasm_opt};
    use std::path::Path;

    #[test]
    fn versions_are_read_as_the_tools_say_them() {
        assert_eq!(said_version("trunk 0.21.14\n", "trunk"), Some("0.21.14"));
        assert_eq!(said_version("wasm-opt version 132 (version_132)", "wasm-opt"), Some("132"));
        assert_eq!(said_version("wasm-bindgen 0.2.130 (abc)", "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(said_version("", "trunk"), None);
    }

    #[test]
    fn the_cache_keeps_versions_apart() {
        assert_eq!(trunk().cache_name(), "trunk-0.21.14");
        assert_eq!(wasm_opt().cache_name(), "binaryen-132.0.0");
        assert!(wasm_opt().path_in(Path::new("/c")).ends_with("node_modules/.bin/wasm-opt"));
    }
}
