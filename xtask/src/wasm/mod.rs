//! The compiler for the browser: the present toolchain's, rustup's, or Debian's.

mod debian;
mod optimize;
mod rustup;

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

pub(crate) use optimize::optimize;

use crate::process;
use crate::progress::note;

/// The target of the page and of its workers.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Forces one way, for tests of this program.
const VARIABLE: &str = "RTCSCOPE_WASM_TOOLCHAIN";

/// Who compiles for the browser.
pub(crate) enum Toolchain {
    /// The `cargo` and `rustc` that compile everything else.
    Present,
    /// Debian's, with a standard library that we build from Debian's source.
    Debian(debian::Toolchain),
}

impl Toolchain {
    /// Finds or installs one that can compile for [`TARGET`].
    pub(crate) fn ensure() -> Result<Self> {
        match env::var(VARIABLE).as_deref() {
            Ok("debian") => return debian::Toolchain::ensure().map(Self::Debian),
            Ok("rustup") => return rustup::add_target().map(|()| Self::Present),
            Ok(other) => bail!("{VARIABLE} is {other:?}; it may be rustup or debian"),
            Err(_) => {}
        }
        if rustup::has_target() {
            note(&format!("{TARGET}: in the present toolchain"));
            return Ok(Self::Present);
        }
        let Err(no_rustup) = rustup::add_target() else { return Ok(Self::Present) };
        note(&format!("{no_rustup:#}; taking Debian's compiler for {TARGET}"));
        debian::Toolchain::ensure().map(Self::Debian).with_context(|| {
            format!("no compiler for {TARGET}; where rustup works: `rustup target add {TARGET}`")
        })
    }

    /// Its Cargo.
    pub(crate) fn cargo(&self) -> Command {
        match self {
            Self::Present => process::cargo(),
            Self::Debian(toolchain) => toolchain.cargo(),
        }
    }

    /// A program that calls Cargo itself, made to call this one; `tools` are directories for its `PATH`.
    pub(crate) fn program(&self, name: &Path, tools: &[PathBuf]) -> Result<Command> {
        let mut command = process::program(name);
        match self {
            Self::Present => {
                command.env("PATH", process::path_with(tools)?);
            }
            Self::Debian(toolchain) => toolchain.apply(&mut command, tools)?,
        }
        Ok(command)
    }

    /// Makes sure that `cargo clippy` works.
    pub(crate) fn ensure_clippy(&self) -> Result<()> {
        match self {
            Self::Present => Ok(()),
            Self::Debian(_) => debian::ensure_clippy(),
        }
    }
}
