//! Finishes the built page in `dist/`: writes its security policy and headers, checks its download size.

mod csp;
mod headers;
mod size;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

pub(crate) use size::check_size;

use crate::progress::note;

/// Computes the Content-Security-Policy of the page and writes it into `dist/index.html` and `dist/_headers`.
///
/// # Errors
/// If the page or `public/_headers` lacks the marker for the policy, or if the page violates the policy.
pub(crate) fn write_policy(root: &Path, dist: &Path) -> Result<()> {
    let page_path = dist.join("index.html");
    let template_path = root.join("public/_headers");
    let page = read(&page_path)?;
    let scripts = csp::script_hashes(&page);
    let page = csp::insert_into_page(&page, &csp::for_page(&scripts))
        .with_context(|| format!("cannot write the policy into {}", page_path.display()))?;
    let headers = headers::fill(&read(&template_path)?, &csp::for_header(&scripts), &files(dist)?)
        .with_context(|| format!("cannot use the template {}", template_path.display()))?;
    write(&page_path, &page)?;
    write(&dist.join("_headers"), &headers)?;
    note(&format!("policy written to index.html and _headers; inline scripts: {}", scripts.len()));
    Ok(())
}

/// The relative path of every file of the page, sorted, with `/` as separator.
fn files(dist: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut dirs = vec![PathBuf::new()];
    while let Some(dir) = dirs.pop() {
        let full = dist.join(&dir);
        for entry in fs::read_dir(&full).with_context(|| format!("cannot read {}", full.display()))? {
            let entry = entry?;
            let path = dir.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                dirs.push(path);
            } else {
                let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
                found.push(parts.join("/"));
            }
        }
    }
    found.sort();
    Ok(found)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests;
