//! Starts a Chromium with a fresh profile, and ends it.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::find::find;
use crate::scratch::Scratch;

/// Chromium's pipe is file descriptors 3 and 4; a shell redirects stdin and stdout to them. With a pipe there is
/// no port conflict, and Chromium exits when the test process ends.
const TO_PIPE: &str = r#"exec "$@" 3<&0 4>&1 </dev/null >/dev/null"#;

const FLAGS: [&str; 14] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--remote-debugging-pipe",
    "about:blank",
];

/// How long it may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(5);

/// A running Chromium and its directory.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    scratch: Scratch,
}

impl Process {
    /// Starts one; the pipe is commands in, answers out.
    pub(super) fn start() -> Result<(Self, ChildStdin, ChildStdout)> {
        let program = find()?;
        let scratch = Scratch::new("chromium")?;
        let stderr = File::create(scratch.path().join("stderr"))?;
        let mut child = Command::new("sh")
            .args(["-c", TO_PIPE, "sh"])
            .arg(&program)
            .arg(format!("--user-data-dir={}", scratch.path().join("profile").display()))
            .args(FLAGS)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(stderr)
            .spawn()
            .with_context(|| format!("starting {}", program.display()))?;
        let commands = child.stdin.take().context("no pipe to Chromium")?;
        let answers = child.stdout.take().context("no pipe from Chromium")?;
        Ok((Self { child, scratch }, commands, answers))
    }

    /// Where downloads go.
    pub(super) fn downloads(&self) -> PathBuf {
        self.scratch.path().join("downloads")
    }

    /// The last lines of its standard error.
    pub(super) fn last_stderr(&self) -> String {
        let stderr = fs::read_to_string(self.scratch.path().join("stderr")).unwrap_or_default();
        let lines: Vec<&str> = stderr.lines().collect();
        lines.get(lines.len().saturating_sub(8)..).unwrap_or_default().join("\n")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        while matches!(self.child.try_wait(), Ok(None)) && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(20));
        }
        // Both fail where it has ended, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
