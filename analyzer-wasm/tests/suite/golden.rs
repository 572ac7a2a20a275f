//! A snapshot of the whole report of the recorded call, which shows every changed number.

use e2e::driver;
use e2e::workspace::{file_name, recorded_call};

#[test]
fn the_recorded_call() {
    let files = recorded_call().map(|path| (file_name(&path), std::fs::read(path).unwrap()));
    let mut report = driver::report(files).unwrap();
    // Candidates and similar lists are long; other tests cover them.
    report.generator = "rtcscope".to_owned();
    // The list of rules is the same for every report; README.md's table of findings covers it.
    report.rules.clear();
    report.events.retain(|event| event.subtype.ends_with("statechange"));
    insta::assert_json_snapshot!(report);
}
