//! The compiler for wasm32: the current toolchain, with the target added by rustup if needed, or Debian's.

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

/// Compilation target of the page and its workers.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Restricts the choice of the compiler to `rustup` or `debian`.
const VARIABLE: &str = "RTCSCOPE_WASM_TOOLCHAIN";

/// A compiler for [`TARGET`].
pub(crate) enum Toolchain {
    /// The `cargo` and `rustc` that also compile native code.
    Current,
    /// Debian's compiler, with a standard library built from Debian's source package.
    Debian(debian::Toolchain),
}

impl Toolchain {
    /// Finds or installs a compiler for [`TARGET`].
    pub(crate) fn ensure() -> Result<Self> {
        match env::var(VARIABLE).as_deref() {
            Ok("debian") => return debian::Toolchain::ensure().map(Self::Debian),
            Ok("rustup") => return rustup::add_target().map(|()| Self::Current),
            Ok(other) => bail!("{VARIABLE} is {other:?}; it must be rustup or debian"),
            Err(_) => {}
        }
        if rustup::has_target() {
            note(&format!("{TARGET}: in the current toolchain"));
            return Ok(Self::Current);
        }
        let Err(rustup_error) = rustup::add_target() else { return Ok(Self::Current) };
        note(&format!("{rustup_error:#}; using Debian's compiler for {TARGET}"));
        debian::Toolchain::ensure().map(Self::Debian).with_context(|| {
            format!("no compiler for {TARGET}; with rustup, run `rustup target add {TARGET}`")
        })
    }

    /// The Cargo of this toolchain.
    pub(crate) fn cargo(&self) -> Command {
        match self {
            Self::Current => process::cargo(),
            Self::Debian(toolchain) => toolchain.cargo(),
        }
    }

    /// A program that runs Cargo, set up to run this toolchain's; `tools` are added to its `PATH`.
    pub(crate) fn program(&self, name: &Path, tools: &[PathBuf]) -> Result<Command> {
        let mut command = process::program(name);
        match self {
            Self::Current => {
                command.env("PATH", process::path_with(tools)?);
            }
            Self::Debian(toolchain) => toolchain.apply(&mut command, tools)?,
        }
        Ok(command)
    }

    /// Installs clippy for Debian's compiler if it is missing.
    pub(crate) fn ensure_clippy(&self) -> Result<()> {
        match self {
            Self::Current => Ok(()),
            Self::Debian(_) => debian::ensure_clippy(),
        }
    }
}
