//! The Content-Security-Policy: what the page may do, and that it may send nothing anywhere.

use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The page's `<meta>` with this name is where the policy goes.
const MARKER: &str = "rtcscope-csp";

/// The policy for the page's `<meta>`.
pub(super) fn for_page(script_hashes: &[String]) -> String {
    let mut scripts = String::from("'self' 'wasm-unsafe-eval'");
    for hash in script_hashes {
        scripts.push_str(&format!(" 'sha256-{hash}'"));
    }
    [
        "default-src 'none'",
        &format!("script-src {scripts}"),
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "worker-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    .join("; ")
}

/// The policy for the header, which may say more than a `<meta>` may.
pub(super) fn for_header(script_hashes: &[String]) -> String {
    format!("{}; frame-ancestors 'self'", for_page(script_hashes))
}

/// The hashes of the inline scripts, as a policy names them.
pub(super) fn script_hashes(page: &str) -> Vec<String> {
    let mut hashes = Vec::new();
    let mut rest = page;
    while let Some((tag, after)) = next_tag(rest, "script") {
        let Some((text, after)) = split_at_ignoring_case(after, "</script") else { break };
        if !has_attribute(tag, "src") {
            // A browser reads line ends so before it computes the hash.
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            hashes.push(STANDARD.encode(Sha256::digest(text.as_bytes())));
        }
        rest = after;
    }
    hashes.dedup();
    hashes
}

/// The page with the policy in the place that the marker keeps.
pub(super) fn put_into_page(page: &str, policy: &str) -> Result<String> {
    let parts: Vec<&str> = page.split(MARKER).collect();
    let [before, after] = parts.as_slice() else {
        bail!("it must hold <meta name=\"{MARKER}\"> once, and does {} times", parts.len() - 1);
    };
    let start = before.rfind('<').context("the marker is not in a tag")?;
    let (before, tag) = before.split_at(start);
    let (_, after) = after.split_once('>').context("the marker's tag does not end")?;
    ensure!(tag.starts_with("<meta"), "the marker is not in a <meta>");
    for early in ["script", "link", "style", "body"] {
        ensure!(
            next_tag(before, early).is_none(),
            "<meta name=\"{MARKER}\"> must stand before the first <{early}>"
        );
    }
    for forbidden in ["style", "base", "iframe", "object", "embed"] {
        ensure!(next_tag(after, forbidden).is_none(), "the policy forbids the page's <{forbidden}>");
    }
    // The modules were optimized after trunk had computed it.
    ensure!(
        !after.contains(" integrity="),
        "the page holds integrity hashes: set no_sri = true in Trunk.toml"
    );
    Ok(format!("{before}<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">{after}"))
}

/// The inside of the next opening tag of that name, and the text after it.
fn next_tag<'a>(text: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let mut rest = text;
    loop {
        let (_, after) = split_at_ignoring_case(rest, &format!("<{name}"))?;
        if after.starts_with(|next: char| next.is_ascii_whitespace() || next == '>' || next == '/') {
            return after.split_once('>');
        }
        rest = after;
    }
}

fn has_attribute(tag: &str, name: &str) -> bool {
    tag.split_ascii_whitespace().any(|word| {
        let found = word.split('=').next().unwrap_or_default();
        found.eq_ignore_ascii_case(name)
    })
}

fn split_at_ignoring_case<'a>(text: &'a str, at: &str) -> Option<(&'a str, &'a str)> {
    let found = text.to_ascii_lowercase().find(&at.to_ascii_lowercase())?;
    let (before, after) = text.split_at(found);
    Some((before, after.get(at.len()..)?))
}
