//! Debian packages, where this is Debian and we are root; else the command to run.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::progress::step;

/// Installs those packages that are missing. `what` is what they bring, for people.
pub(crate) fn install(packages: &[&str], what: &str) -> Result<()> {
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let by_hand = format!("apt-get install {}", missing.join(" "));
    if !Path::new("/etc/debian_version").exists() || process::find_on_path(&["apt-get"]).is_none() {
        bail!("{what} is missing and this is not Debian: install it (there: `{by_hand}`) and run this again");
    }
    if !is_root() {
        bail!("{what} is missing: run `{by_hand}` as root and then this again");
    }
    step(&format!("installing Debian's {}", missing.join(" ")), || {
        process::run(apt_get().args(["update", "-qq"]))?;
        process::run(apt_get().args(["install", "-y", "-qq", "--no-install-recommends"]).args(&missing))
    })
    .with_context(|| format!("{what} could not be installed; try `{by_hand}` as root"))
}

fn apt_get() -> std::process::Command {
    let mut command = process::program("apt-get");
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["-o", &format!("DPkg::Lock::Timeout={}", LOCK_WAIT.as_secs())]);
    command
}

/// How long to wait for another package manager.
const LOCK_WAIT: Duration = Duration::from_secs(300);

fn is_installed(package: &str) -> bool {
    process::output(process::program("dpkg-query").args(["-W", "-f", "${Status}", package]))
        .is_ok_and(|status| status == "install ok installed")
}

fn is_root() -> bool {
    process::output(process::program("id").arg("-u")).is_ok_and(|id| id == "0")
}
