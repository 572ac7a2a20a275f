//! Debian's compiler with a standard library for the browser, for machines where rustup cannot download.
//!
//! Debian packages no wasm32 standard library for this compiler but its source, so we build one, once per compiler
//! version, into a sysroot of our own in the tool cache. Nothing of the system changes but its packages.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::TARGET;
use crate::process;
use crate::progress::{note, step};
use crate::project;
use crate::tools::{self, debian};

const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "libstd-rust-web-dev", "rust-web-src"];
const BIN: &str = "/usr/bin";
const RUSTLIB: &str = "/usr/lib/rustlib";

/// What it takes to call Debian's compiler for the browser.
pub(crate) struct Toolchain {
    /// Holds the standard library that we built.
    sysroot: PathBuf,
    linker: PathBuf,
}

impl Toolchain {
    pub(super) fn ensure() -> Result<Self> {
        debian::install(&PACKAGES, "Debian's Rust compiler")?;
        let linker = linker()?;
        let version = process::output(Command::new(format!("{BIN}/rustc")).arg("--version"))?;
        let number = version.split_whitespace().nth(1).context("rustc does not say its version")?;
        let sysroot = tools::tools_dir()?.join(format!("debian-rust-{number}-{TARGET}"));
        if sysroot.is_dir() {
            note(&format!("{TARGET}: Debian's rustc {number}, its standard library in the tool cache"));
        } else {
            step(
                &format!("building rustc {number}'s standard library for {TARGET} (about a minute, once)"),
                || tools::fill(&sysroot, build_sysroot),
            )?;
        }
        Ok(Self { sysroot, linker })
    }

    pub(super) fn cargo(&self) -> Command {
        let mut command = process::program(format!("{BIN}/cargo"));
        self.set(&mut command);
        command.env("PATH", path(&[]).unwrap_or_default());
        command
    }

    pub(super) fn apply(&self, command: &mut Command, tools: &[PathBuf]) -> Result<()> {
        self.set(command);
        command.env("PATH", path(tools)?);
        Ok(())
    }

    fn set(&self, command: &mut Command) {
        forget_other_compilers(command);
        command
            // Two compilers in one directory would rebuild each other's work.
            .env("CARGO_TARGET_DIR", project::target_dir().join("debian"))
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", &self.linker)
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                // These take the place of those in .cargo/config.toml.
                format!("--sysroot={} --cfg erase_components", self.sysroot.display()),
            );
    }
}

pub(super) fn ensure_clippy() -> Result<()> {
    debian::install(&["rust-web-clippy"], "Debian's clippy")
}

/// Builds the standard library as a dependency of an empty crate and lays it out as rustc looks for it.
fn build_sysroot(sysroot: &Path) -> Result<()> {
    let empty = sysroot.join("empty");
    fs::create_dir_all(empty.join("src"))?;
    fs::write(empty.join("Cargo.toml"), "[package]\nname = \"empty\"\nedition = \"2024\"\n[workspace]\n")?;
    fs::write(empty.join("src/lib.rs"), "")?;
    let mut build = process::program(format!("{BIN}/cargo"));
    forget_other_compilers(&mut build);
    build
        .args(["build", "--release", "-Zbuild-std=std,panic_abort,test", "--target", TARGET])
        .current_dir(&empty)
        .env("PATH", path(&[])?)
        .env("CARGO_TARGET_DIR", empty.join("target"))
        // Debian's compiler is a stable one; -Zbuild-std is not.
        .env("RUSTC_BOOTSTRAP", "1")
        // For link-time optimisation with it.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes");
    process::run(&mut build)?;
    let rustlib = sysroot.join("lib/rustlib");
    let lib = rustlib.join(TARGET).join("lib");
    fs::create_dir_all(&lib)?;
    for entry in fs::read_dir(empty.join("target").join(TARGET).join("release/deps"))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension() == Some(OsStr::new("rlib")) && !name.starts_with("libempty-") {
            fs::copy(&path, lib.join(&name)).with_context(|| format!("cannot copy {name}"))?;
        }
    }
    // Macros run on this machine: their libraries stay where they are.
    for entry in fs::read_dir(RUSTLIB)? {
        let entry = entry?;
        if entry.file_name() != TARGET {
            symlink(entry.path(), rustlib.join(entry.file_name()))?;
        }
    }
    fs::remove_dir_all(&empty)?;
    Ok(())
}

/// A linker for wasm: that of the rustup toolchain which runs this program, else Debian's.
fn linker() -> Result<PathBuf> {
    let rustup = || {
        let sysroot = process::output(process::program("rustc").args(["--print", "sysroot"])).ok()?;
        let hosts = fs::read_dir(Path::new(&sysroot).join("lib/rustlib")).ok()?;
        hosts.flatten().map(|host| host.path().join("bin/rust-lld")).find(|path| path.is_file())
    };
    // A link that leads nowhere as long as the package it belongs to is missing.
    let debians = || Some(PathBuf::from(BIN).join("rust-lld")).filter(|path| path.is_file());
    if let Some(path) = rustup().or_else(debians) {
        return Ok(path);
    }
    let link = fs::read_link(PathBuf::from(BIN).join("rust-lld")).unwrap_or_else(|_| "lld".into());
    let package = link.file_name().unwrap_or_default().to_string_lossy().into_owned();
    debian::install(&[&package], "a linker for wasm")?;
    debians()
        .or_else(|| process::find_on_path(&["wasm-ld"]))
        .context("Debian's lld is installed but not on PATH")
}

/// The tools, then Debian's programs, then the rest: `cargo` must not be a rustup shim.
fn path(tools: &[PathBuf]) -> Result<std::ffi::OsString> {
    let first: Vec<PathBuf> = tools.iter().cloned().chain([PathBuf::from(BIN)]).collect();
    process::path_with(&first)
}

fn forget_other_compilers(command: &mut Command) {
    for variable in
        ["RUSTC", "RUSTDOC", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_RUSTC", "RUSTUP_TOOLCHAIN"]
    {
        command.env_remove(variable);
    }
}
