//! Debian's compiler with a standard library for wasm32, for machines where rustup cannot download.
//!
//! Debian packages only the source of the wasm32 standard library for this compiler, so it is built here, once per
//! compiler version, into a sysroot in the tool cache. Apart from installed packages the system is not changed.

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

/// Debian's compiler with its sysroot and linker for wasm32.
pub(crate) struct Toolchain {
    /// Contains the standard library that was built from source.
    sysroot: PathBuf,
    linker: PathBuf,
}

impl Toolchain {
    pub(super) fn ensure() -> Result<Self> {
        debian::install(&PACKAGES, "Debian's Rust compiler")?;
        let linker = linker()?;
        let version = process::output(Command::new(format!("{BIN}/rustc")).arg("--version"))?;
        let number = version.split_whitespace().nth(1).context("rustc prints no version")?;
        let sysroot = tools::tools_dir()?.join(format!("debian-rust-{number}-{TARGET}"));
        if sysroot.is_dir() {
            note(&format!("{TARGET}: Debian's rustc {number}, its standard library is in the tool cache"));
        } else {
            step(
                &format!(
                    "building the standard library of rustc {number} for {TARGET} (about a minute, only once)"
                ),
                || tools::create(&sysroot, build_sysroot),
            )?;
        }
        Ok(Self { sysroot, linker })
    }

    pub(super) fn cargo(&self) -> Command {
        let mut command = process::program(format!("{BIN}/cargo"));
        self.set_environment(&mut command);
        command.env("PATH", path(&[]).unwrap_or_default());
        command
    }

    pub(super) fn apply(&self, command: &mut Command, tools: &[PathBuf]) -> Result<()> {
        self.set_environment(command);
        command.env("PATH", path(tools)?);
        Ok(())
    }

    fn set_environment(&self, command: &mut Command) {
        remove_compiler_variables(command);
        command
            // Two compilers that share a target directory would rebuild everything each time.
            .env("CARGO_TARGET_DIR", project::target_dir().join("debian"))
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", &self.linker)
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                // This variable overrides the rustflags in .cargo/config.toml.
                format!("--sysroot={} --cfg erase_components", self.sysroot.display()),
            );
    }
}

pub(super) fn ensure_clippy() -> Result<()> {
    debian::install(&["rust-web-clippy"], "Debian's clippy")
}

/// Builds the standard library as a dependency of an empty crate and arranges it as a sysroot.
fn build_sysroot(sysroot: &Path) -> Result<()> {
    let empty = sysroot.join("empty");
    fs::create_dir_all(empty.join("src"))?;
    fs::write(empty.join("Cargo.toml"), "[package]\nname = \"empty\"\nedition = \"2024\"\n[workspace]\n")?;
    fs::write(empty.join("src/lib.rs"), "")?;
    let mut build = process::program(format!("{BIN}/cargo"));
    remove_compiler_variables(&mut build);
    build
        .args(["build", "--release", "-Zbuild-std=std,panic_abort,test", "--target", TARGET])
        .current_dir(&empty)
        .env("PATH", path(&[])?)
        .env("CARGO_TARGET_DIR", empty.join("target"))
        // Allows the unstable option -Zbuild-std in Debian's stable compiler.
        .env("RUSTC_BOOTSTRAP", "1")
        // Required for link-time optimization.
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
    // Procedural macros run on the host: link to its libraries.
    for entry in fs::read_dir(RUSTLIB)? {
        let entry = entry?;
        if entry.file_name() != TARGET {
            symlink(entry.path(), rustlib.join(entry.file_name()))?;
        }
    }
    fs::remove_dir_all(&empty)?;
    Ok(())
}

/// A linker for wasm32: that of the current rustup toolchain, otherwise Debian's.
fn linker() -> Result<PathBuf> {
    let rustup = || {
        let sysroot = process::output(process::program("rustc").args(["--print", "sysroot"])).ok()?;
        let hosts = fs::read_dir(Path::new(&sysroot).join("lib/rustlib")).ok()?;
        hosts.flatten().map(|host| host.path().join("bin/rust-lld")).find(|path| path.is_file())
    };
    // A dangling symbolic link if the package with its target is not installed.
    let debian_linker = || Some(PathBuf::from(BIN).join("rust-lld")).filter(|path| path.is_file());
    if let Some(path) = rustup().or_else(debian_linker) {
        return Ok(path);
    }
    let link = fs::read_link(PathBuf::from(BIN).join("rust-lld")).unwrap_or_else(|_| "lld".into());
    let package = link.file_name().unwrap_or_default().to_string_lossy().into_owned();
    debian::install(&[&package], "a linker for wasm")?;
    debian_linker()
        .or_else(|| process::find_on_path(&["wasm-ld"]))
        .context("Debian's lld is installed but not on PATH")
}

/// `PATH` with the tools first, then Debian's programs: `cargo` must not resolve to a rustup shim.
fn path(tools: &[PathBuf]) -> Result<std::ffi::OsString> {
    let first: Vec<PathBuf> = tools.iter().cloned().chain([PathBuf::from(BIN)]).collect();
    process::path_with(&first)
}

fn remove_compiler_variables(command: &mut Command) {
    for variable in
        ["RUSTC", "RUSTDOC", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_RUSTC", "RUSTUP_TOOLCHAIN"]
    {
        command.env_remove(variable);
    }
}
