//! The whole report of the recorded call, so that no number of it changes unseen.

use analyzer_wasm::workspace::Workspace;

use crate::support::{extract_in, recorded};

#[test]
fn the_recorded_call() {
    let mut calls = Workspace::default();
    for name in ["alice.jitsi.ndjson.gz", "bob.jitsi.ndjson.gz"] {
        calls.add(extract_in(name, &recorded(name), 4096).unwrap());
    }
    calls.conclude();
    let [report] = calls.reports() else { panic!("one call") };
    // Candidates and their like are many; that they are read is tested elsewhere.
    let mut report = report.clone();
    report.generator = "rtcscope".to_owned();
    report.events.retain(|event| event.subtype.ends_with("statechange"));
    insta::assert_json_snapshot!(report);
}
