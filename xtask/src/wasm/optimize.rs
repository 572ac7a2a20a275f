//! Runs wasm-opt on the modules of the built page: the analyzer is optimized for speed, the page for size.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::process;
use crate::progress::note;
use crate::project;

/// Prefix of the modules of the analyzer's workers.
const WORKER_PREFIX: &str = "analyzer-worker";

/// Replaces each module in `dist/` by its optimized version; results are cached by content in the target directory.
pub(crate) fn optimize(wasm_opt: &Path, dist: &Path) -> Result<()> {
    let cache = project::target_dir().join("wasm-opt");
    fs::create_dir_all(&cache).with_context(|| format!("cannot create {}", cache.display()))?;
    for entry in fs::read_dir(dist).with_context(|| format!("cannot read {}", dist.display()))? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "wasm") {
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let level = if name.starts_with(WORKER_PREFIX) { "-O3" } else { "-Oz" };
        let module = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let key = Sha256::new()
            .chain_update(level)
            .chain_update(version(wasm_opt)?)
            .chain_update(&module)
            .finalize();
        let optimized = cache.join(format!("{key:x}.wasm"));
        if !optimized.is_file() {
            let partial = optimized.with_extension("part");
            process::run(process::program(wasm_opt).arg(level).arg(&path).arg("-o").arg(&partial))?;
            fs::rename(&partial, &optimized)?;
        }
        let size = fs::copy(&optimized, &path).with_context(|| format!("cannot write {}", path.display()))?;
        note(&format!("{name} {level}: {} kB, before {} kB", size / 1000, module.len() / 1000));
    }
    Ok(())
}

fn version(wasm_opt: &Path) -> Result<String> {
    process::output(process::program(wasm_opt).arg("--version"))
}
