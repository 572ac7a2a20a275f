//! `cargo xtask run`: builds the page and serves it on this machine.

use std::ffi::OsString;
use std::os::unix::process::CommandExt;

use anyhow::{Context, Result};

use super::build::build;
use crate::process;
use crate::progress::{begin, step};
use crate::project;

/// Builds page and service, then replaces this process by the service, which prints its address.
pub(crate) fn run(service_args: &[OsString]) -> Result<()> {
    build()?;
    step("building the service", || {
        process::run(process::cargo().args(["build", "--package", "presign-api"]).args(project::locked()))
    })?;
    begin("starting the service");
    let service = project::target_dir().join("debug/presign-api");
    let mut command = process::program(&service);
    let error = command.arg("--dir").arg(project::dist_dir()).args(service_args).exec();
    Err(error).with_context(|| format!("cannot start {}", service.display()))
}
