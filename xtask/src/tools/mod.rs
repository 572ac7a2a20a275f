//! Programs that the build needs beside Cargo: their versions, their sources and their place in the cache.

mod cache;
pub(crate) mod chromium;
pub(crate) mod debian;
mod install;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

pub(crate) use cache::{create, tools_dir};

use crate::process;
use crate::progress::{note, step};
use crate::project;

/// A program with one exact version.
pub(crate) struct Tool {
    /// Name of the executable.
    program: &'static str,
    version: String,
    source: Source,
    /// Duration of the installation, printed before it starts.
    install_time: &'static str,
}

/// Where a tool is installed from.
enum Source {
    /// `cargo install` of this package.
    Crate { package: &'static str, options: &'static [&'static str] },
    /// `npm install` of this package; its version may differ from that of the tool.
    Npm { package: &'static str, version: &'static str },
}

/// trunk builds the page: both crates, their JavaScript bindings and the assets.
pub(crate) fn trunk() -> Tool {
    Tool {
        program: "trunk",
        // 0.22 requires a newer compiler than this workspace.
        version: "0.21.14".to_owned(),
        // The default features only download tools and check for updates.
        source: Source::Crate { package: "trunk", options: &["--locked", "--no-default-features"] },
        install_time: "about 5 minutes on two cores",
    }
}

/// wasm-bindgen writes the bindings between WebAssembly and JavaScript.
pub(crate) fn wasm_bindgen() -> Result<Tool> {
    Ok(Tool {
        program: "wasm-bindgen",
        version: project::wasm_bindgen_version()?,
        source: Source::Crate { package: "wasm-bindgen-cli", options: &["--bin", "wasm-bindgen"] },
        install_time: "about 2 minutes on two cores",
    })
}

/// wasm-opt makes compiled WebAssembly smaller and faster.
pub(crate) fn wasm_opt() -> Tool {
    Tool {
        program: "wasm-opt",
        version: "132".to_owned(),
        source: Source::Npm { package: "binaryen", version: "132.0.0" },
        install_time: "a few seconds",
    }
}

/// cargo-deny checks licences, sources and advisories of the dependencies.
pub(crate) fn cargo_deny() -> Tool {
    Tool {
        program: "cargo-deny",
        version: "0.20.2".to_owned(),
        source: Source::Crate { package: "cargo-deny", options: &["--locked"] },
        install_time: "about 5 minutes on two cores",
    }
}

impl Tool {
    /// Finds the tool on `PATH` or in the cache or installs it; returns the path of the executable.
    pub(crate) fn ensure(&self) -> Result<PathBuf> {
        if let Some(path) = process::find_on_path(&[self.program]).filter(|path| self.is_at(path)) {
            note(&format!("{} {}: on PATH", self.program, self.version));
            return Ok(path);
        }
        let home = cache::tools_dir()?.join(self.cache_name());
        let path = self.path_in(&home);
        if self.is_at(&path) {
            note(&format!("{} {}: in the tool cache", self.program, self.version));
            return Ok(path);
        }
        let title =
            format!("installing {} {} ({}, only once)", self.program, self.version, self.install_time);
        step(&title, || {
            cache::create(&home, |staging| match &self.source {
                Source::Crate { package, options } => {
                    install::from_crates(package, &self.version, options, staging)
                }
                Source::Npm { package, version } => install::from_npm(package, version, staging),
            })?;
            anyhow::ensure!(self.is_at(&path), "{} is not {} {}", path.display(), self.program, self.version);
            Ok(path)
        })
        .with_context(|| {
            format!("cannot install {} {}; try `{}`", self.program, self.version, self.manual_command())
        })
    }

    /// Whether the file is this program in this version.
    fn is_at(&self, path: &Path) -> bool {
        path.is_file()
            && process::output(process::program(path).arg("--version"))
                .is_ok_and(|output| printed_version(&output, self.program) == Some(&self.version))
    }

    /// Name of the directory in the cache; it contains the version of the package.
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

    fn manual_command(&self) -> String {
        match &self.source {
            Source::Crate { package, options } => {
                format!("cargo install {package} --version ={} {}", self.version, options.join(" "))
            }
            Source::Npm { package, version } => format!("npm install --global {package}@{version}"),
        }
    }
}

/// The version in the output of `--version`: `name 1.2.3` or `name version 132 (version_132)`.
fn printed_version<'a>(output: &'a str, program: &str) -> Option<&'a str> {
    let mut words = output.lines().next()?.strip_prefix(program)?.split_whitespace();
    words.find(|word| *word != "version")
}

#[cfg(test)]
mod tests {
    use super::{printed_version, trunk, wasm_opt};
    use std::path::Path;

    #[test]
    fn versions_are_parsed_from_the_output_of_each_tool() {
        assert_eq!(printed_version("trunk 0.21.14\n", "trunk"), Some("0.21.14"));
        assert_eq!(printed_version("wasm-opt version 132 (version_132)", "wasm-opt"), Some("132"));
        assert_eq!(printed_version("wasm-bindgen 0.2.130 (abc)", "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(printed_version("", "trunk"), None);
    }

    #[test]
    fn each_version_has_its_own_directory_in_the_cache() {
        assert_eq!(trunk().cache_name(), "trunk-0.21.14");
        assert_eq!(wasm_opt().cache_name(), "binaryen-132.0.0");
        assert!(wasm_opt().path_in(Path::new("/c")).ends_with("node_modules/.bin/wasm-opt"));
    }
}
