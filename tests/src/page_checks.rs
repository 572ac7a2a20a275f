//! Checks at the end of every page test: no warnings on the console, and a report equal to the native one.

use std::path::PathBuf;

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::rtcscope::App;
use crate::site::BASE;
use crate::{difference, driver};

/// Ensures that the console is empty and that nothing was fetched but the page's own files.
///
/// # Errors
/// With the messages and requests that should not be.
pub fn ensure_quiet(app: &App) -> Result<()> {
    let loud = |level: &str| matches!(level, "error" | "warning" | "assert");
    let loud_messages: Vec<_> =
        app.page.messages().into_iter().filter(|message| loud(&message.level)).collect();
    ensure!(loud_messages.is_empty(), "on the console: {loud_messages:#?}");

    let home = app.site.url();
    let own = |url: &str| {
        url.starts_with(&home) || url.starts_with("blob:http://127.0.0.1") || url.starts_with("data:")
    };
    let foreign: Vec<_> = app.page.requests().into_iter().filter(|request| !own(&request.url)).collect();
    ensure!(foreign.is_empty(), "requests to other origins: {foreign:#?}");

    let found = |status| matches!(status, 200 | 206 | 304);
    let odd: Vec<_> = app
        .site
        .asked()
        .into_iter()
        .filter(|asked| !asked.path.starts_with(BASE) || !found(asked.status))
        .collect();
    ensure!(odd.is_empty(), "requests that the site could not serve: {odd:#?}");
    Ok(())
}

/// Ensures that a report which the page saved equals the native report of the same files.
///
/// # Errors
/// With the first places at which they differ.
pub fn ensure_native(saved: &Value, files: &[PathBuf]) -> Result<()> {
    let places = difference::between(saved, &driver::report_json_on_disk(files)?);
    ensure!(places.is_empty(), "page | native of {files:?}:\n{}", places.join("\n"));
    Ok(())
}
