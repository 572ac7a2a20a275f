//! The policy and the size check, on pages like those that trunk writes.

use std::{env, fs, process};

use super::csp::{for_header, for_page, insert_into_page, script_hashes};
use super::{check_size, write_policy};

const PAGE: &str = "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\n<meta name=\"rtcscope-csp\" content=\"\" />\n\
    <script type=\"module\">alert(1)</script><script src=\"./a.js\"></script></head><body></body></html>";

/// `printf 'alert(1)' | openssl dgst -sha256 -binary | base64`
const ALERT_HASH: &str = "bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=";

#[test]
fn inline_scripts_are_allowed_by_hash() {
    assert_eq!(script_hashes(PAGE), [ALERT_HASH]);
    assert_eq!(script_hashes("<SCRIPT>alert(1)</SCRIPT><script>x\r\ny</script>").len(), 2);
    assert_eq!(script_hashes("<script>x\r\ny</script>"), script_hashes("<script>x\ny</script>"));
    assert!(script_hashes("<scripture>alert(1)</scripture>").is_empty());
}

#[test]
fn the_policy_allows_no_other_origin() {
    let policy = for_page(&[ALERT_HASH.to_owned()]);
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-bhHH"),
        "{policy}"
    );
    assert!(policy.contains("connect-src 'self';"), "{policy}");
    assert!(!policy.contains('*') && !policy.contains("unsafe-inline") && !policy.contains('"'), "{policy}");
    assert!(
        !policy.contains("frame-ancestors") && for_header(&[]).ends_with("frame-ancestors 'self'"),
        "{policy}"
    );
}

#[test]
fn the_policy_replaces_the_marker() {
    let page = insert_into_page(PAGE, "P").unwrap();
    assert!(page.contains("\n<meta http-equiv=\"Content-Security-Policy\" content=\"P\">\n"), "{page}");
    assert!(!page.contains("rtcscope-csp"), "{page}");
}

#[test]
fn a_page_that_violates_the_policy_is_refused() {
    for (page, reason) in [
        ("<head></head>", "does so 0 times"),
        ("<meta name=\"rtcscope-csp\"><meta name=\"rtcscope-csp\">", "does so 2 times"),
        ("<p>rtcscope-csp</p>", "not in a <meta>"),
        ("<script></script><meta name=\"rtcscope-csp\">", "before the first <script>"),
        ("<meta name=\"rtcscope-csp\"><style>a{}</style>", "forbids the page's <style>"),
        ("<meta name=\"rtcscope-csp\"><script src=a integrity=\"sha384-x\"></script>", "no_sri"),
    ] {
        let error = insert_into_page(page, "P").unwrap_err().to_string();
        assert!(error.contains(reason), "{page}: {error}");
    }
}

#[test]
fn policy_and_size_check_on_a_whole_page() {
    let root = env::temp_dir().join(format!("xtask-dist-{}", process::id()));
    let dist = root.join("dist");
    fs::create_dir_all(&dist).unwrap();
    fs::create_dir_all(root.join("public")).unwrap();
    let missing = format!("{:#}", write_policy(&root, &dist).unwrap_err());
    assert!(missing.contains("index.html"), "{missing}");
    fs::write(dist.join("index.html"), PAGE).unwrap();
    fs::write(root.join("public/_headers"), "/*\n  Content-Security-Policy: {{CSP}}\n").unwrap();
    write_policy(&root, &dist).unwrap();
    assert!(fs::read_to_string(dist.join("index.html")).unwrap().contains(ALERT_HASH));
    assert!(fs::read_to_string(dist.join("_headers")).unwrap().contains(ALERT_HASH));

    assert!(check_size(&dist).unwrap_err().to_string().contains("no code"));
    fs::write(dist.join("app.js"), "x".repeat(500_000)).unwrap();
    check_size(&dist).unwrap();
    let mut seed = 1_u32;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    })
    .take(420_000)
    .collect();
    fs::write(dist.join("analyzer-worker_bg.wasm"), &noise).unwrap();
    check_size(&dist).unwrap();
    fs::write(dist.join("app_bg.wasm"), &noise).unwrap();
    assert!(check_size(&dist).unwrap_err().to_string().contains("the limit is"));
    fs::remove_dir_all(root).unwrap();
}
