//! The Content-Security-Policy, which allows connections only to the page's own origin.

use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// Name of the `<meta>` element that the policy replaces.
const MARKER: &str = "rtcscope-csp";

/// The policy for the `<meta>` element of the page.
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

/// The policy for the header: `frame-ancestors` has no effect in a `<meta>` element.
pub(super) fn for_header(script_hashes: &[String]) -> String {
    format!("{}; frame-ancestors 'self'", for_page(script_hashes))
}

/// The SHA-256 hashes of the inline scripts, in base64.
pub(super) fn script_hashes(page: &str) -> Vec<String> {
    let mut hashes = Vec::new();
    let mut rest = page;
    while let Some((tag, after)) = next_tag(rest, "script") {
        let Some((text, after)) = split_at_ignoring_case(after, "</script") else { break };
        if !has_attribute(tag, "src") {
            // A browser normalizes line ends before it computes the hash.
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            hashes.push(STANDARD.encode(Sha256::digest(text.as_bytes())));
        }
        rest = after;
    }
    hashes.dedup();
    hashes
}

/// Replaces the marker element of the page by the policy.
pub(super) fn insert_into_page(page: &str, policy: &str) -> Result<String> {
    let parts: Vec<&str> = page.split(MARKER).collect();
    let [before, after] = parts.as_slice() else {
        bail!("it must contain <meta name=\"{MARKER}\"> once, but does so {} times", parts.len() - 1);
    };
    let start = before.rfind('<').context("the marker is not in a tag")?;
    let (before, tag) = before.split_at(start);
    let (_, after) = after.split_once('>').context("the tag of the marker is not closed")?;
    ensure!(tag.starts_with("<meta"), "the marker is not in a <meta>");
    for early in ["script", "link", "style", "body"] {
        ensure!(
            next_tag(before, early).is_none(),
            "<meta name=\"{MARKER}\"> must come before the first <{early}>"
        );
    }
    for forbidden in ["style", "base", "iframe", "object", "embed"] {
        ensure!(next_tag(after, forbidden).is_none(), "the policy forbids the page's <{forbidden}>");
    }
    // wasm-opt changes the modules after trunk has computed their hashes.
    ensure!(
        !after.contains(" integrity="),
        "the page contains integrity hashes: set no_sri = true in Trunk.toml"
    );
    Ok(format!("{before}<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">{after}"))
}

/// The content of the next opening tag with this name, and the text after the tag.
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
