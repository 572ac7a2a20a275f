//! Sets the headers of every response, whichever route gave it.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use super::{RequestPath, Site};

/// Middleware: applies the header rules that match the request's path.
///
/// A path that must not be served gets the rules of `/`, so that the response does not depend on whether it exists.
/// An error must not be stored: the rule for a hashed file name would otherwise make its absence permanent.
pub(crate) async fn set_headers(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().strip_prefix(site.base.prefix()).and_then(RequestPath::parse);
    let mut response = next.run(request).await;
    let path = path.filter(|path| !path.is_hidden()).map_or_else(|| "/".to_owned(), RequestPath::into_string);
    site.header_rules.apply(&path, response.headers_mut());
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}
