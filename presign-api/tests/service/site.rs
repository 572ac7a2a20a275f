//! Test fixture: a small built page on disk, and requests to the router that serves it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use axum::body::Body;
use axum::http::{Request, Response, header};
use http_body_util::BodyExt;
use presign_api::Config;
use tower::ServiceExt;

pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";

/// A temporary directory with a page; it is removed on drop.
pub(crate) struct Site(PathBuf);

impl Site {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let site =
            Self(std::env::temp_dir().join(format!("presign-api-test-{}-{number}", std::process::id())));
        fs::create_dir_all(site.0.join("samples")).unwrap();
        let rules = format!(
            "/*\n  Content-Security-Policy: {POLICY}\n  X-Content-Type-Options: nosniff\n  Cache-Control: no-cache\n\
             /app-*\n  Cache-Control: public, max-age=31536000, immutable\n"
        );
        for (name, content) in [
            ("_headers", rules.as_str()),
            ("index.html", "<!doctype html><title>page</title>"),
            ("app-1234_bg.wasm", "\0asm"),
            ("analyzer-worker_loader.js", "postMessage(1)"),
            ("samples/index.html", "samples"),
            ("samples/alice.ndjson.gz", "\u{1f}gz"),
            (".secret", "secret"),
        ] {
            fs::write(site.0.join(name), content).unwrap();
        }
        site
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.0
    }

    pub(crate) fn config(&self, base: &str) -> Config {
        Config { dir: self.0.clone(), base: base.parse().unwrap(), ..Config::default() }
    }

    /// Requests `path` with additional headers.
    pub(crate) async fn get_with(&self, base: &str, path: &str, extra: &[(&str, &str)]) -> TestResponse {
        let router = presign_api::router(&self.config(base)).unwrap();
        let mut request = Request::get(path);
        for (name, value) in extra {
            request = request.header(*name, *value);
        }
        TestResponse::read(router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> TestResponse {
        self.get_with("/", path, &[]).await
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A response with its whole body.
pub(crate) struct TestResponse {
    pub(crate) status: u16,
    pub(crate) body: String,
    response: Response<()>,
}

impl TestResponse {
    async fn read(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let body = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        Self { status: parts.status.as_u16(), body, response: Response::from_parts(parts, ()) }
    }

    /// The value of a header, or an empty string.
    pub(crate) fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.response.headers().get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// Asserts that the security headers are present.
    pub(crate) fn assert_security_headers(&self) {
        assert_eq!(self.header("content-security-policy"), POLICY);
        assert_eq!(self.header("x-content-type-options"), "nosniff");
    }
}
