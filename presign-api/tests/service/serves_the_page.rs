//! Files, headers and redirects of the built page, and the files that are never served.

use crate::site::Site;

#[tokio::test]
async fn every_file_has_a_content_type_and_the_policy() {
    let site = Site::new();
    for (path, kind) in [
        ("/", "text/html"),
        ("/index.html", "text/html"),
        ("/app-1234_bg.wasm", "application/wasm"),
        ("/analyzer-worker_loader.js", "text/javascript"),
        ("/samples/alice.ndjson.gz", "application/gzip"),
    ] {
        let response = site.get(path).await;
        assert_eq!(response.status, 200, "{path}");
        assert_eq!(response.header("content-type"), kind, "{path}");
        assert_eq!(response.header("content-encoding"), "", "{path}");
        response.assert_security_headers();
    }
}

#[tokio::test]
async fn a_later_rule_overrides_for_every_spelling_of_the_path() {
    let site = Site::new();
    assert_eq!(site.get("/").await.header("cache-control"), "no-cache");
    for path in ["/app-1234_bg.wasm", "/%61pp-1234_bg.wasm", "//app-1234_bg.wasm", "/./app-1234_bg.wasm"] {
        let kept = "public, max-age=31536000, immutable";
        assert_eq!(site.get(path).await.header("cache-control"), kept, "{path}");
    }
}

#[tokio::test]
async fn a_missing_file_is_a_plain_text_that_is_not_cached() {
    let site = Site::new();
    for path in ["/nothing", "/app-gone.wasm", "/samples/nothing"] {
        let response = site.get(path).await;
        assert_eq!(response.status, 404, "{path}");
        assert_eq!(response.header("content-type"), "text/plain; charset=utf-8");
        assert_eq!(response.header("cache-control"), "no-store");
        assert_eq!(response.body, "There is nothing at this address. The page is at /\n");
        response.assert_security_headers();
    }
}

#[tokio::test]
async fn headers_file_dotfiles_and_outer_files_are_not_served() {
    let site = Site::new();
    let outside = format!("/../{}", site.dir().file_name().unwrap().to_str().unwrap());
    for path in [
        "/_headers",
        "/%5fheaders",
        "/.secret",
        "/%2esecret",
        "/samples/../.secret",
        "/samples/%2e%2e/index.html",
        "/..%2f..%2fetc/passwd",
        "/%2fetc/passwd",
        &format!("{outside}/index.html"),
    ] {
        let response = site.get(path).await;
        assert_eq!(response.status, 404, "{path}: {}", response.body);
        response.assert_security_headers();
    }
}

#[tokio::test]
async fn conditional_requests_get_status_304() {
    let site = Site::new();
    let first = site.get("/app-1234_bg.wasm").await;
    for (name, value) in
        [("if-none-match", first.header("etag")), ("if-modified-since", first.header("last-modified"))]
    {
        let second = site.get_with("/", "/app-1234_bg.wasm", &[(name, value)]).await;
        assert_eq!((second.status, second.body.as_str()), (304, ""), "{name}: {value}");
        second.assert_security_headers();
    }
}

#[tokio::test]
async fn range_requests_get_status_206() {
    let part = Site::new().get_with("/", "/analyzer-worker_loader.js", &[("range", "bytes=0-3")]).await;
    assert_eq!((part.status, part.body.as_str()), (206, "post"));
    part.assert_security_headers();
}

#[tokio::test]
async fn only_the_base_path_is_served() {
    let site = Site::new();
    let base = "/tools/rtcscope/";
    for (path, status) in [
        ("/tools/rtcscope/", 200),
        ("/tools/rtcscope/analyzer-worker_loader.js", 200),
        ("/tools/rtcscope/_headers", 404),
        ("/tools/rtcscope/../rtcscope/.secret", 404),
        ("/tools/rtcscope-other/", 404),
        ("/tools/", 404),
        ("/", 404),
        ("/index.html", 404),
    ] {
        let response = site.get_with(base, path, &[]).await;
        assert_eq!(response.status, status, "{path}");
        response.assert_security_headers();
    }
    let hashed = site.get_with(base, "/tools/rtcscope/app-1234_bg.wasm", &[]).await;
    assert_eq!(hashed.header("cache-control"), "public, max-age=31536000, immutable");
}

#[tokio::test]
async fn a_missing_last_slash_is_redirected() {
    let site = Site::new();
    for (base, path, target) in [
        ("/tools/rtcscope/", "/tools/rtcscope", "/tools/rtcscope/"),
        ("/tools/rtcscope/", "/tools/rtcscope?a=1", "/tools/rtcscope/?a=1"),
        ("/tools/rtcscope/", "/tools/rtcscope/samples", "/tools/rtcscope/samples/"),
        ("/", "/samples", "/samples/"),
    ] {
        let response = site.get_with(base, path, &[]).await;
        assert_eq!((response.status, response.header("location")), (307, target), "{path}");
        response.assert_security_headers();
    }
}
