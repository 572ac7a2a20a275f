//! The routes of the service, one file each, and their list.

mod page;

use std::sync::Arc;

use axum::{Router, middleware};

use crate::assets::{self, Site};
use crate::config::Config;
use crate::error::StartError;

/// Adds the paths of one route to the router.
type Route = fn(Router, &Arc<Site>) -> Router;

/// Every route of the service. To add one, write a file in this folder and add a line here.
const ROUTES: &[Route] = &[page::add];

/// The router of the whole service. Every response carries the headers of the page's `_headers` file.
///
/// # Errors
/// If the directory contains no built page, or if its `_headers` file is missing or invalid.
pub fn router(config: &Config) -> Result<Router, StartError> {
    let site = Arc::new(Site::load(config)?);
    let router = ROUTES.iter().fold(Router::new(), |router, add| add(router, &site));
    Ok(router.layer(middleware::from_fn_with_state(site, assets::set_headers)))
}
