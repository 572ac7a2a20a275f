//! `cargo xtask run`: the page, served on this machine.

use std::ffi::OsString;

use anyhow::Result;

use super::build::build;
use crate::process;
use crate::project;
use crate::step::{begin, step};

/// Builds, then serves until it is stopped. The service prints the address.
pub(crate) fn run(service_args: &[OsString]) -> Result<()> {
    build()?;
    step("building the service", || {
        process::run(process::cargo().args(["build", "--package", "presign-api"]))
    })?;
    begin("starting the service");
    let service = project::target_dir()
        .join("debug")
        .join("presign-api")
        .with_extension(std::env::consts::EXE_EXTENSION);
    process::run(process::program(service).arg("--dir").arg(project::dist()).args(service_args))
}
