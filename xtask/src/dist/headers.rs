//! Writes the `_headers` file, which static hosts and `presign-api` read.

use anyhow::{Result, ensure};

/// Placeholder for the policy in the template.
const MARKER: &str = "{{CSP}}";

/// Inserts the policy into the template and appends a `Cache-Control` rule for each file.
///
/// A file whose name contains a hash of its content never changes. Every other file is revalidated, in particular the
/// workers' files, whose names are the same in every version. Each path gets a rule of its own, because hosts differ
/// in how they combine two rules that match one path.
pub(super) fn fill(template: &str, policy: &str, files: &[String]) -> Result<String> {
    ensure!(template.contains(MARKER), "it must contain the placeholder {MARKER} for the policy");
    let sets_cache_control =
        template.lines().any(|line| line.trim_start().to_ascii_lowercase().starts_with("cache-control:"));
    ensure!(!sets_cache_control, "it must not set Cache-Control: the build adds those rules for each file");
    let mut text = template.replace(MARKER, policy);
    text.push_str("\n# Cache lifetime of each file.\n/\n  Cache-Control: no-cache\n");
    for file in files.iter().filter(|file| *file != "_headers") {
        let cache_control = if is_hashed(file) { "public, max-age=31536000, immutable" } else { "no-cache" };
        text.push_str(&format!("/{file}\n  Cache-Control: {cache_control}\n"));
    }
    Ok(text)
}

/// Whether the name contains the content hash that trunk adds: `app-0123456789abcdef_bg.wasm`.
fn is_hashed(file: &str) -> bool {
    // Sixteen hexadecimal digits; trunk omits leading zeros.
    const HASH_DIGITS: std::ops::RangeInclusive<usize> = 12..=16;
    let name = file.rsplit('/').next().unwrap_or(file);
    name.split(['-', '.', '_']).skip(1).any(|part| {
        HASH_DIGITS.contains(&part.len())
            && part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

#[cfg(test)]
mod tests {
    use super::{fill, is_hashed};

    #[test]
    fn only_names_with_a_hash_are_immutable() {
        for file in ["app-82db09c37925cfba.js", "app-82db09c37925cfba_bg.wasm", "x/main-736b79a3739f5b7.css"]
        {
            assert!(is_hashed(file), "{file}");
        }
        for file in ["index.html", "analyzer-worker.js", "analyzer-worker_bg.wasm", "a-82db09c37925cfbg.js"] {
            assert!(!is_hashed(file), "{file}");
        }
    }

    #[test]
    fn the_policy_is_inserted_and_every_file_gets_a_rule() {
        let files = ["_headers".to_owned(), "a-82db09c37925cfba.js".to_owned(), "index.html".to_owned()];
        let text = fill("/*\n  Content-Security-Policy: {{CSP}}\n", "P", &files).unwrap();
        assert!(text.starts_with("/*\n  Content-Security-Policy: P\n"), "{text}");
        assert!(
            text.contains("/a-82db09c37925cfba.js\n  Cache-Control: public, max-age=31536000, immutable\n"),
            "{text}"
        );
        assert!(text.contains("/index.html\n  Cache-Control: no-cache\n"), "{text}");
        assert!(!text.contains("/_headers"), "{text}");
    }

    #[test]
    fn a_template_without_placeholder_or_with_cache_control_is_refused() {
        assert!(fill("/*\n  X: y\n", "P", &[]).is_err());
        assert!(fill("/*\n  A: {{CSP}}\n  cache-control: no-store\n", "P", &[]).is_err());
    }
}
