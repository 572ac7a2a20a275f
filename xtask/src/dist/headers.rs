//! The `_headers` file, which static hosts and our own service read: one source for every header.

use anyhow::{Result, ensure};

/// What the template writes for the policy.
const MARKER: &str = "{{CSP}}";

/// The template with the policy, and how long each file may be kept.
///
/// A file whose name holds a hash of its content never changes; every other one is asked for again, above all the
/// workers' files, which keep their names from one version to the next. Each path is named, because hosts differ in
/// what they make of two rules that fit one path.
pub(super) fn fill(template: &str, policy: &str, files: &[String]) -> Result<String> {
    ensure!(template.contains(MARKER), "it must hold {MARKER} where the policy goes");
    let settles_caching =
        template.lines().any(|line| line.trim_start().to_ascii_lowercase().starts_with("cache-control:"));
    ensure!(!settles_caching, "it must not set Cache-Control: those rules are written here, for each file");
    let mut text = template.replace(MARKER, policy);
    text.push_str("\n# How long each file may be kept.\n/\n  Cache-Control: no-cache\n");
    for file in files.iter().filter(|file| *file != "_headers") {
        let keep = if is_hashed(file) { "public, max-age=31536000, immutable" } else { "no-cache" };
        text.push_str(&format!("/{file}\n  Cache-Control: {keep}\n"));
    }
    Ok(text)
}

/// Whether trunk put a hash of the content into the name: `app-0123456789abcdef_bg.wasm`.
fn is_hashed(file: &str) -> bool {
    // Sixteen hexadecimal digits, of which trunk leaves out leading zeros.
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
    fn only_names_with_a_hash_are_kept_for_ever() {
        for file in ["app-82db09c37925cfba.js", "app-82db09c37925cfba_bg.wasm", "x/main-736b79a3739f5b7.css"]
        {
            assert!(is_hashed(file), "{file}");
        }
        for file in ["index.html", "analyzer-worker.js", "analyzer-worker_bg.wasm", "a-82db09c37925cfbg.js"] {
            assert!(!is_hashed(file), "{file}");
        }
    }

    #[test]
    fn the_template_gets_its_policy_and_every_file_its_rule() {
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
    fn a_template_that_cannot_hold_it_is_refused() {
        assert!(fill("/*\n  X: y\n", "P", &[]).is_err());
        assert!(fill("/*\n  A: {{CSP}}\n  cache-control: no-store\n", "P", &[]).is_err());
    }
}
