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

/// Options for the analyzer.
const SPEED: [&str; 1] = ["-O3"];

/// Options for the page. The skipped passes make the module smaller, but its gzip, which is what is downloaded, larger.
const SIZE: [&str; 3] = ["-Oz", "--skip-pass=inlining-optimizing", "--skip-pass=local-cse"];

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
        let options = if name.starts_with(WORKER_PREFIX) { &SPEED[..] } else { &SIZE[..] };
        let module = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let key = Sha256::new()
            .chain_update(options.join(" "))
            .chain_update(version(wasm_opt)?)
            .chain_update(&module)
            .finalize();
        let optimized = cache.join(format!("{key:x}.wasm"));
        if !optimized.is_file() {
            let partial = optimized.with_extension("part");
            process::run(process::program(wasm_opt).args(options).arg(&path).arg("-o").arg(&partial))?;
            fs::rename(&partial, &optimized)?;
        }
        let size = fs::copy(&optimized, &path).with_context(|| format!("cannot write {}", path.display()))?;
        note(&format!("{name} {}: {} kB, before {} kB", options.join(" "), size / 1000, module.len() / 1000));
    }
    Ok(())
}

fn version(wasm_opt: &Path) -> Result<String> {
    process::output(process::program(wasm_opt).arg("--version"))
}
