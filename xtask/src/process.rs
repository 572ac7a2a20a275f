//! Child processes: started with a clean environment; an error contains the failed command line.
//!
//! `cargo run` and the rustup shims set variables that describe this package, its compiler and its libraries. A Cargo
//! started from here must not inherit them.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::project;

/// The Cargo that started this program, run in the project's root directory.
pub(crate) fn cargo() -> Command {
    program(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// A program, run in the project's root directory with an empty standard input.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(project::root()).stdin(Stdio::null());
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(is_set_by_cargo) {
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

/// Runs a command until it exits; its output goes to the terminal.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", command_line(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", command_line(command));
    }
    Ok(())
}

/// Runs a command until it exits; each line of its standard output goes to the terminal and to `on_line`.
pub(crate) fn run_with_lines(command: &mut Command, mut on_line: impl FnMut(&str)) -> Result<()> {
    let child = command.stdout(Stdio::piped()).spawn();
    let mut child = child.with_context(|| format!("cannot start {}", command_line(command)))?;
    if let Some(stdout) = child.stdout.take() {
        let mut stdout = BufReader::new(stdout);
        let mut line = Vec::new();
        while stdout.read_until(b'\n', &mut line)? > 0 {
            let text = String::from_utf8_lossy(&line);
            print!("{text}");
            on_line(text.trim_end());
            line.clear();
        }
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("{} failed ({status})", command_line(command));
    }
    Ok(())
}

/// Runs a command until it exits and returns its trimmed standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("cannot start {}", command_line(command)))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        bail!("{} failed ({}): {}", command_line(command), output.status, stderr.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a command and kills it after `limit`; its output goes to the terminal.
pub(crate) fn run_within(command: &mut Command, limit: Duration) -> Result<()> {
    let mut child = command.spawn().with_context(|| format!("cannot start {}", command_line(command)))?;
    let start = Instant::now();
    loop {
        match child.try_wait()? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => bail!("{} failed ({status})", command_line(command)),
            None if start.elapsed() > limit => {
                child.kill()?;
                child.wait()?;
                bail!("{} was still running after {} s", command_line(command), limit.as_secs());
            }
            None => thread::sleep(Duration::from_millis(50)),
        }
    }
}

/// Finds a program on `PATH`; earlier names win.
pub(crate) fn find_on_path(names: &[&str]) -> Option<PathBuf> {
    let paths = env::var_os("PATH")?;
    let dirs: Vec<PathBuf> = env::split_paths(&paths).collect();
    names.iter().flat_map(|name| dirs.iter().map(move |dir| dir.join(name))).find(|path| path.is_file())
}

/// `PATH` with these directories in front.
pub(crate) fn path_with(first: &[PathBuf]) -> Result<OsString> {
    let rest = env::var_os("PATH").unwrap_or_default();
    env::join_paths(first.iter().cloned().chain(env::split_paths(&rest)))
        .context("a directory name contains a colon")
}

/// The command line in backquotes, for messages.
fn command_line(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words: Vec<_> = std::iter::once(name).chain(command.get_args()).map(OsStr::to_string_lossy).collect();
    format!("`{}`", words.join(" "))
}

fn is_set_by_cargo(variable: &str) -> bool {
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

/// `LD_LIBRARY_PATH` without the directories that `cargo run` and rustup add; `None` if nothing remains.
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
    fn only_variables_set_by_cargo_run_are_removed() {
        for variable in ["CARGO", "CARGO_PKG_NAME", "CARGO_MANIFEST_DIR"] {
            assert!(is_set_by_cargo(variable), "{variable}");
        }
        for variable in ["CARGO_HOME", "CARGO_TARGET_DIR", "CARGO_NET_OFFLINE", "PATH", "RUSTUP_TOOLCHAIN"] {
            assert!(!is_set_by_cargo(variable), "{variable}");
        }
    }

    #[test]
    fn other_library_directories_are_kept() {
        let ours = project::target_dir().join("debug/deps");
        let all =
            env::join_paths([ours.as_path(), Path::new("/opt/x/lib"), Path::new("/r/toolchains/stable/lib")]);
        assert_eq!(without_rust_libraries(&all.unwrap()), Some("/opt/x/lib".into()));
        assert_eq!(without_rust_libraries(ours.as_os_str()), None);
    }

    #[test]
    fn lines_are_passed_on_and_a_failure_is_an_error() {
        let mut lines = Vec::new();
        let shell = |text: &str| {
            let mut command = program("sh");
            command.args(["-c", text]);
            command
        };
        run_with_lines(&mut shell("echo a; printf b"), |line| lines.push(line.to_owned())).unwrap();
        assert_eq!(lines, ["a", "b"]);
        let error = run_with_lines(&mut shell("exit 3"), |_| {}).unwrap_err().to_string();
        assert!(error.contains("failed") && error.contains('3'), "{error}");
    }

    #[test]
    fn a_failure_names_the_command() {
        let error = run(program("false").arg("x")).unwrap_err().to_string();
        assert!(error.starts_with("`false x` failed"), "{error}");
        let error = run(&mut program("no-such-program-anywhere")).unwrap_err().to_string();
        assert!(error.contains("cannot start `no-such-program-anywhere`"), "{error}");
    }

    #[test]
    fn a_process_that_exceeds_the_limit_is_killed() {
        let error =
            run_within(program("sleep").arg("60"), Duration::from_millis(100)).unwrap_err().to_string();
        assert!(error.contains("still running"), "{error}");
    }
}
