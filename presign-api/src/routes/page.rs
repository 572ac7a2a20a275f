//! The files of the built page, for every path that no other route matches.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use tower_http::services::ServeDir;

use crate::assets::{RequestPath, Site};
use crate::config::BasePath;

/// Serves the files as the router's fallback.
pub(super) fn add(router: Router, site: &Arc<Site>) -> Router {
    let prefix = site.base.prefix();
    let files = ServeDir::new(&site.dir).redirect_path_prefix(prefix);
    let files = match prefix {
        "" => Router::new().fallback_service(files),
        prefix => Router::new().nest_service(prefix, files),
    };
    router.fallback_service(files.layer(middleware::from_fn_with_state(Arc::clone(site), check_path)))
}

/// Middleware: redirects the base path without its last slash, and answers 404 for hidden files.
async fn check_path(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let uri = request.uri();
    let prefix = site.base.prefix();
    if !prefix.is_empty() && uri.path() == prefix {
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        return Redirect::temporary(&format!("{}{query}", site.base)).into_response();
    }
    let path = uri.path().strip_prefix(prefix).and_then(RequestPath::parse);
    if path.is_none_or(|path| path.is_hidden()) {
        return not_found(&site.base);
    }
    let response = next.run(request).await;
    if response.status() == StatusCode::NOT_FOUND { not_found(&site.base) } else { response }
}

fn not_found(base: &BasePath) -> Response {
    let text = format!("There is nothing at this address. The page is at {base}\n");
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}
