//! What a browser gets from the built page, and what nobody gets.

use crate::site::Site;

#[tokio::test]
async fn every_kind_of_file_has_its_type_and_the_policy() {
    let site = Site::new();
    for (path, kind) in [
        ("/", "text/html"),
        ("/index.html", "text/html"),
        ("/app-1234_bg.wasm", "application/wasm"),
        ("/analyzer-worker_loader.js", "text/javascript"),
        ("/samples/alice.ndjson.gz", "application/gzip"),
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), kind, "{path}");
        assert_eq!(answer.header("content-encoding"), "", "{path}");
        answer.assert_guarded();
    }
}

#[tokio::test]
async fn a_later_rule_overrides_however_the_path_is_spelled() {
    let site = Site::new();
    assert_eq!(site.get("/").await.header("cache-control"), "no-cache");
    for path in ["/app-1234_bg.wasm", "/%61pp-1234_bg.wasm", "//app-1234_bg.wasm", "/./app-1234_bg.wasm"] {
        let kept = "public, max-age=31536000, immutable";
        assert_eq!(site.get(path).await.header("cache-control"), kept, "{path}");
    }
}

#[tokio::test]
async fn what_is_missing_is_a_small_guarded_text_that_is_not_kept() {
    let site = Site::new();
    for path in ["/nothing", "/app-gone.wasm", "/samples/nothing"] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.body, "There is nothing at this address. The page is at /\n");
        answer.assert_guarded();
    }
}

#[tokio::test]
async fn rules_dotfiles_and_anything_outside_stay_hidden() {
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
        let answer = site.get(path).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.body);
        answer.assert_guarded();
    }
}

#[tokio::test]
async fn a_known_file_is_not_sent_again() {
    let site = Site::new();
    let first = site.get("/app-1234_bg.wasm").await;
    for (name, value) in
        [("if-none-match", first.header("etag")), ("if-modified-since", first.header("last-modified"))]
    {
        let again = site.ask("/", "/app-1234_bg.wasm", &[(name, value)]).await;
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{name}: {value}");
        again.assert_guarded();
    }
}

#[tokio::test]
async fn a_part_of_a_file_can_be_asked_for() {
    let part = Site::new().ask("/", "/analyzer-worker_loader.js", &[("range", "bytes=0-3")]).await;
    assert_eq!((part.status, part.body.as_str()), (206, "post"));
    part.assert_guarded();
}

#[tokio::test]
async fn under_a_sub_path_only_the_sub_path_answers() {
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
        let answer = site.ask(base, path, &[]).await;
        assert_eq!(answer.status, status, "{path}");
        answer.assert_guarded();
    }
    let kept = site.ask(base, "/tools/rtcscope/app-1234_bg.wasm", &[]).await;
    assert_eq!(kept.header("cache-control"), "public, max-age=31536000, immutable");
}

#[tokio::test]
async fn a_missing_last_slash_is_put_right() {
    let site = Site::new();
    for (base, path, target) in [
        ("/tools/rtcscope/", "/tools/rtcscope", "/tools/rtcscope/"),
        ("/tools/rtcscope/", "/tools/rtcscope?a=1", "/tools/rtcscope/?a=1"),
        ("/tools/rtcscope/", "/tools/rtcscope/samples", "/tools/rtcscope/samples/"),
        ("/", "/samples", "/samples/"),
    ] {
        let answer = site.ask(base, path, &[]).await;
        assert_eq!((answer.status, answer.header("location")), (307, target), "{path}");
        answer.assert_guarded();
    }
}
