//! The built page in a real Chromium: what a person sees, what leaves the page, what is saved.
#![expect(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod bad_files;
mod cancel;
mod charts;
mod corpus;
mod findings;
mod folders;
mod harness;
mod lanes;
mod layout;
mod many;
mod memory;
mod policy;
mod privacy;
mod recorded_call;
mod sample;
mod stats_search;
mod table;
mod timing;
mod workers;

use std::path::PathBuf;

use e2e::difference;
use e2e::driver;
use e2e::rtcscope::App;
use e2e::site::BASE;
use e2e::workspace::recorded_call;
use serde_json::Value;

const ALICE: &str = "aaaaaaaa";
const BOB: &str = "bbbbbbbb";

/// Nothing on the console, nothing fetched but the page's own files.
#[track_caller]
fn assert_quiet(app: &App) {
    let loud = |level: &str| matches!(level, "error" | "warning" | "assert");
    let said: Vec<_> = app.page.messages().into_iter().filter(|said| loud(&said.level)).collect();
    assert!(said.is_empty(), "on the console: {said:#?}");

    let home = app.site.url();
    let own = |url: &str| {
        url.starts_with(&home) || url.starts_with("blob:http://127.0.0.1") || url.starts_with("data:")
    };
    let foreign: Vec<_> = app.page.requests().into_iter().filter(|request| !own(&request.url)).collect();
    assert!(foreign.is_empty(), "fetched from elsewhere: {foreign:#?}");

    let found = |status| matches!(status, 200 | 206 | 304);
    let odd: Vec<_> = app
        .site
        .asked()
        .into_iter()
        .filter(|asked| !asked.path.starts_with(BASE) || !found(asked.status))
        .collect();
    assert!(odd.is_empty(), "asked for in vain: {odd:#?}");
}

/// The saved report is the one that the native library makes of the same files.
#[track_caller]
fn assert_native(saved: &Value, files: &[PathBuf]) {
    let places = difference::between(saved, &driver::report_json_on_disk(files).unwrap());
    assert!(places.is_empty(), "page | native of {files:?}:\n{}", places.join("\n"));
}
