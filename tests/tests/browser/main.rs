//! The built page in a real Chromium: its content, its requests and its saved files.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod bad_files;
mod cancel;
mod charts;
mod findings;
mod folders;
mod harness;
mod instances;
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

use e2e::page_checks::{ensure_native, ensure_quiet};
use e2e::rtcscope::App;
use e2e::workspace::recorded_call;
use serde_json::Value;

const ALICE: &str = "aaaaaaaa";
const BOB: &str = "bbbbbbbb";

/// The console is empty, and nothing was fetched but the page's own files.
#[track_caller]
fn assert_quiet(app: &App) {
    ensure_quiet(app).unwrap();
}

/// A saved report equals the native report of the same files.
#[track_caller]
fn assert_native(saved: &Value, files: &[PathBuf]) {
    ensure_native(saved, files).unwrap();
}
