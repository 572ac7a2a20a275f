//! Other programs: started with a clean environment, waited for, and named when they fail.
//!
//! `cargo run` and the rustup shims leave variables behind that are right for this program and wrong for a Cargo
//! that it starts: they name this package, this compiler and its libraries.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::project;

/// The Cargo that started this program, at the project's root.
pub(crate) fn cargo() -> Command {
    program(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Any program, at the project's root, without terminal input.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(project::root()).stdin(Stdio::null());
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(is_left_behind) {
            command.env_remove(name);
        }
    }
    if let Some(paths) = env::var_os("LD_LIBRARY_PATH") {
        match without_rust_libraries(&paths) {
            Some(kept) => command.env("LD_LIBRARY_PATH", kept),
            None => command.env_remove("LD_LIBRARY_PATH"),
        };
    }
    command
}

/// Runs to the end; its output goes to the terminal.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", shown(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", shown(command));
    }
    Ok(())
}

/// Runs to the end and gives its standard output, trimmed.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("cannot start {}", shown(command)))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{} failed ({}): {}", shown(command), output.status, said.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs to the end, or ends it after a while; the output goes to the terminal.
pub(crate) fn run_within(command: &mut Command, limit: Duration) -> Result<()> {
    let mut child = command.spawn().with_context(|| format!("cannot start {}", shown(command)))?;
    let start = Instant::now();
    loop {
        match child.try_wait()? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => bail!("{} failed ({status})", shown(command)),
            None if start.elapsed() > limit => {
                child.kill()?;
                child.wait()?;
                bail!("{} was still running after {} s", shown(command), limit.as_secs());
            }
            None => thread::sleep(Duration::from_millis(50)),
        }
    }
}

/// The first program of these names on `PATH`.
pub(crate) fn find_on_path(names: &[&str]) -> Option<PathBuf> {
    let paths = env::var_os("PATH")?;
    let dirs: Vec<PathBuf> = env::split_paths(&paths).collect();
    names.iter().flat_map(|name| dirs.iter().map(move |dir| dir.join(name))).find(|path| path.is_file())
}

/// `PATH` with these directories in front.
pub(crate) fn path_with(first: &[PathBuf]) -> Result<OsString> {
    let rest = env::var_os("PATH").unwrap_or_default();
    env::join_paths(first.iter().cloned().chain(env::split_paths(&rest)))
        .context("a directory's name holds a colon")
}

/// As one would type it.
fn shown(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words: Vec<_> = std::iter::once(name).chain(command.get_args()).map(OsStr::to_string_lossy).collect();
    format!("`{}`", words.join(" "))
}

fn is_left_behind(variable: &str) -> bool {
    const ALWAYS: [&str; 8] = [
        "CARGO",
        "CARGO_BIN_NAME",
        "CARGO_CRATE_NAME",
        "CARGO_MANIFEST_DIR",
        "CARGO_MANIFEST_PATH",
        "CARGO_PRIMARY_PACKAGE",
        "OUT_DIR",
        "RUST_RECURSION_COUNT",
    ];
    ALWAYS.contains(&variable) || variable.starts_with("CARGO_PKG_")
}

/// What is left of `LD_LIBRARY_PATH` without the directories that `cargo run` and rustup have put there.
fn without_rust_libraries(paths: &OsStr) -> Option<OsString> {
    let target = project::target_dir();
    let is_rust = |dir: &Path| {
        dir.starts_with(&target)
            || dir.components().any(|part| part.as_os_str() == "toolchains")
            || dir.ends_with("lib/rustlib")
    };
    let kept: Vec<PathBuf> = env::split_paths(paths).filter(|dir| !is_rust(dir)).collect();
    if kept.is_empty() { None } else { env::join_paths(kept).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_cargo_run_leaves_behind_is_removed() {
        for variable in ["CARGO", "CARGO_PKG_NAME", "CARGO_MANIFEST_DIR"] {
            assert!(is_left_behind(variable), "{variable}");
        }
        for variable in ["CARGO_HOME", "CARGO_TARGET_DIR", "CARGO_NET_OFFLINE", "PATH", "RUSTUP_TOOLCHAIN"] {
            assert!(!is_left_behind(variable), "{variable}");
        }
    }

    #[test]
    fn library_directories_of_others_stay() {
        let mine = project::target_dir().join("debug/deps");
        let all =
            env::join_paths([mine.as_path(), Path::new("/opt/x/lib"), Path::new("/r/toolchains/stable/lib")]);
        assert_eq!(without_rust_libraries(&all.unwrap()), Some("/opt/x/lib".into()));
        assert_eq!(without_rust_libraries(mine.as_os_str()), None);
    }

    #[test]
    fn a_failure_names_the_command() {
        let error = run(program("false").arg("x")).unwrap_err().to_string();
        assert!(error.starts_with("`false x` failed"), "{error}");
        let error = run(&mut program("no-such-program-anywhere")).unwrap_err().to_string();
        assert!(error.contains("cannot start `no-such-program-anywhere`"), "{error}");
    }

    #[test]
    fn what_hangs_is_ended() {
        let error =
            run_within(program("sleep").arg("60"), Duration::from_millis(100)).unwrap_err().to_string();
        assert!(error.contains("still running"), "{error}");
    }
}
