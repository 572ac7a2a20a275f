//! wasm-opt over the built page: the analyzer for speed, the page for size.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::process;
use crate::progress::note;
use crate::project;

/// The analyzer's workers: their speed is what the product is for.
const WORKER: &str = "analyzer-worker";

/// Replaces each module in `dist/` by what wasm-opt makes of it; what it has seen before it is not asked again.
pub(crate) fn optimize(wasm_opt: &Path, dist: &Path) -> Result<()> {
    let made = project::target_dir().join("wasm-opt");
    fs::create_dir_all(&made).with_context(|| format!("cannot make {}", made.display()))?;
    for entry in fs::read_dir(dist).with_context(|| format!("cannot read {}", dist.display()))? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "wasm") {
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let level = if name.starts_with(WORKER) { "-O3" } else { "-Oz" };
        let module = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let key = Sha256::new()
            .chain_update(level)
            .chain_update(version(wasm_opt)?)
            .chain_update(&module)
            .finalize();
        let optimized = made.join(format!("{key:x}.wasm"));
        if !optimized.is_file() {
            let half_made = optimized.with_extension("part");
            process::run(process::program(wasm_opt).arg(level).arg(&path).arg("-o").arg(&half_made))?;
            fs::rename(&half_made, &optimized)?;
        }
        let size = fs::copy(&optimized, &path).with_context(|| format!("cannot write {}", path.display()))?;
        note(&format!("{name} {level}: {} kB, {} before", size / 1000, module.len() / 1000));
    }
    Ok(())
}

fn version(wasm_opt: &Path) -> Result<String> {
    process::output(process::program(wasm_opt).arg("--version"))
}
