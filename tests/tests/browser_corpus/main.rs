//! Dumps of the corpus in the page: its report of each client's dump equals the native one.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::process::ExitCode;

use e2e::page_checks::{ensure_native, ensure_quiet};
use e2e::rtcscope::App;
use e2e::workspace::file_name;
use e2e::{corpus, corpus_tests};
use serde_json::Value;

corpus_tests![
    each_client_dump_is_one_participant_and_the_native_report,
    a_bridge_dump_alone_lists_the_missing_client_dumps,
];

/// The dumps of a bridge, a focus and a gateway.
const SERVERS: [&str; 3] = ["jicofo-sample", "jigasi-sample", "jvb-sample"];

fn main() -> ExitCode {
    corpus::run(TESTS.iter().map(|(name, test)| ("page", *name, *test)))
}

fn each_client_dump_is_one_participant_and_the_native_report() {
    let files = corpus::files("jitsi/dumps").unwrap();
    let clients: Vec<_> =
        files.into_iter().filter(|file| !SERVERS.contains(&file_name(file).as_str())).collect();
    assert!(!clients.is_empty(), "the corpus holds no client dump");
    let app = App::open().unwrap();
    for file in clients {
        app.reload().unwrap();
        let files = [file];
        app.choose(&files).unwrap();
        app.rows(1).unwrap();
        let saved = app.save_report().unwrap();
        assert_eq!(
            saved.pointer("/participants").and_then(Value::as_array).map(Vec::len),
            Some(1),
            "{files:?}"
        );
        ensure_native(&saved, &files).unwrap();
    }
    ensure_quiet(&app).unwrap();
}

fn a_bridge_dump_alone_lists_the_missing_client_dumps() {
    let app = App::open().unwrap();
    app.choose(&[corpus::path("jitsi/dumps/jvb-sample")]).unwrap();
    let title = app.text("conference-title").unwrap();
    assert!(!title.is_empty());
    if app.rows(0).is_ok() {
        let message = app.text("error").unwrap();
        assert!(message.contains("None of these files is the dump of a participant"), "{message}");
    }
    ensure_quiet(&app).unwrap();
}
