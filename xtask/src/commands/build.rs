//! `cargo xtask build`: compiles and optimizes the page into `dist/`, writes its security policy, checks its size.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::dist;
use crate::process;
use crate::progress::step;
use crate::project;
use crate::stylesheet;
use crate::tools;
use crate::wasm::{TARGET, Toolchain, optimize};

/// Builds the page; installs the tools that are missing.
pub(crate) fn build() -> Result<()> {
    ensure!(
        project::root().join("Trunk.toml").is_file(),
        "Trunk.toml is missing: it configures the build of the page"
    );
    let (toolchain, tools) = step("finding the tools for the page", || {
        let toolchain = Toolchain::ensure()?;
        Ok((
            toolchain,
            [tools::trunk().ensure()?, tools::wasm_bindgen()?.ensure()?, tools::wasm_opt().ensure()?],
        ))
    })?;
    build_with(&toolchain, &tools)
}

fn build_with(toolchain: &Toolchain, tools: &[PathBuf; 3]) -> Result<()> {
    let [trunk, _, wasm_opt] = tools;
    let dirs: Vec<_> = tools.iter().filter_map(|tool| tool.parent()).map(Path::to_path_buf).collect();
    step("fetching dependencies", || {
        process::run(toolchain.cargo().args(["fetch", "--quiet", "--target", TARGET]).args(project::locked()))
    })?;
    step("joining the stylesheets", || stylesheet::write(&project::root()))?;
    step("building the page", || {
        // --offline: trunk must use the tools found above and not download its own.
        let mut build = toolchain.program(trunk, &dirs)?;
        process::run(
            build.args(["build", "--release", "--offline"]).args(project::locked()).env_remove("NO_COLOR"),
        )
    })?;
    step("optimizing the page", || optimize(wasm_opt, &project::dist_dir()))?;
    step("writing the security policy", || dist::write_policy(&project::root(), &project::dist_dir()))?;
    dist::check_size(&project::dist_dir()).context("the page is too large")
}
