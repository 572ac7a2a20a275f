//! Installs Debian packages as root on Debian; otherwise the error contains the command to run.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::progress::step;

/// Installs those packages that are missing; `what` describes their content in error messages.
pub(crate) fn install(packages: &[&str], what: &str) -> Result<()> {
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let manual_command = format!("apt-get install {}", missing.join(" "));
    if !Path::new("/etc/debian_version").exists() || process::find_on_path(&["apt-get"]).is_none() {
        bail!(
            "{what} is missing and this is not Debian: install it (on Debian: `{manual_command}`) and try again"
        );
    }
    if !is_root() {
        bail!("{what} is missing: run `{manual_command}` as root and try again");
    }
    step(&format!("installing Debian packages: {}", missing.join(" ")), || {
        process::run(apt_get().args(["update", "-qq"]))?;
        process::run(apt_get().args(["install", "-y", "-qq", "--no-install-recommends"]).args(&missing))
    })
    .with_context(|| format!("cannot install {what}; try `{manual_command}` as root"))
}

fn apt_get() -> std::process::Command {
    let mut command = process::program("apt-get");
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["-o", &format!("DPkg::Lock::Timeout={}", LOCK_WAIT.as_secs())]);
    command
}

/// How long to wait for another process that holds dpkg's lock.
const LOCK_WAIT: Duration = Duration::from_secs(300);

fn is_installed(package: &str) -> bool {
    process::output(process::program("dpkg-query").args(["-W", "-f", "${Status}", package]))
        .is_ok_and(|status| status == "install ok installed")
}

fn is_root() -> bool {
    process::output(process::program("id").arg("-u")).is_ok_and(|id| id == "0")
}
