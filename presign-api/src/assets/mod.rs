//! The files of the built page, each with the headers that the page's own `_headers` file gives it.

mod header_rules;
mod pattern;
mod request_path;

pub use header_rules::HeaderRuleError;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use tower_http::services::ServeDir;

use crate::config::{BasePath, Config};
use crate::error::StartError;
use header_rules::HeaderRules;
use request_path::RequestPath;

/// The file of header rules; it is read at start and never served.
const HEADERS_FILE: &str = "_headers";

/// What every answer needs.
struct Site {
    base: BasePath,
    rules: HeaderRules,
}

/// Everything that the service answers.
///
/// # Errors
/// When the directory holds no built page, or its `_headers` file cannot be understood.
pub fn router(config: &Config) -> Result<Router, StartError> {
    if !config.dir.is_dir() {
        return Err(StartError::NoDirectory(config.dir.clone()));
    }
    if !config.dir.join("index.html").is_file() {
        return Err(StartError::NoPage(config.dir.clone()));
    }
    let path = config.dir.join(HEADERS_FILE);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(source) => return Err(StartError::NoHeaders { path, source }),
    };
    let rules = HeaderRules::parse(&text).map_err(|source| StartError::BadHeaders { path, source })?;
    let site = Arc::new(Site { base: config.base.clone(), rules });
    let files = ServeDir::new(&config.dir).redirect_path_prefix(config.base.prefix());
    let router = match config.base.prefix() {
        "" => Router::new().fallback_service(files),
        prefix => Router::new().nest_service(prefix, files),
    };
    Ok(router.layer(middleware::from_fn_with_state(site, answer)))
}

/// Refuses what must not be served, and gives every answer its headers.
async fn answer(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let uri = request.uri();
    let prefix = site.base.prefix();
    if !prefix.is_empty() && uri.path() == prefix {
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        let response = Redirect::temporary(&format!("{}{query}", site.base)).into_response();
        return with_headers(response, &site.rules, "/");
    }
    let path = uri.path().strip_prefix(prefix).and_then(RequestPath::read);
    let (response, matched) = match path {
        Some(path) if !path.is_hidden() => (next.run(request).await, path.into_string()),
        _ => (StatusCode::NOT_FOUND.into_response(), "/".to_owned()),
    };
    let response = if response.status() == StatusCode::NOT_FOUND { not_found(&site.base) } else { response };
    with_headers(response, &site.rules, &matched)
}

fn not_found(base: &BasePath) -> Response {
    let text = format!("There is nothing at this address. The page is at {base}\n");
    let mut response = (StatusCode::NOT_FOUND, Body::from(text)).into_response();
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, plain);
    response
}

fn with_headers(mut response: Response, rules: &HeaderRules, path: &str) -> Response {
    rules.apply(path, response.headers_mut());
    if response.status().is_client_error() || response.status().is_server_error() {
        forbid_storing(response.headers_mut());
    }
    response
}

/// A rule for hashed names says "keep it forever", which must not hold for the lack of a file.
fn forbid_storing(headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
}
