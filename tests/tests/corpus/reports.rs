//! Snapshots of the reports of all real dumps as codes, severities, relative times and line numbers, without names and
//! addresses.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use analyzer_wasm::report::{Event, Report};
use e2e::{corpus, corpus_tests, driver};

corpus_tests![reports_of_real_dumps,];

/// Events of which a call has hundreds are counted.
const MANY: usize = 8;

fn report(name: &str, bytes: &[u8]) -> Report {
    driver::report([(name, bytes)]).unwrap_or_else(|error| panic!("{name}: {error:#}"))
}

/// A code as the report's JSON has it.
fn code(code: &impl serde::Serialize) -> String {
    serde_json::to_value(code).unwrap().as_str().unwrap().to_owned()
}

/// What may be shown of a report.
fn shown(report: &Report) -> String {
    let start_ms = report.conference.start_ms.unwrap_or_default();
    let time = |at_ms: f64| format!("{:.3}", (at_ms - start_ms) / 1_000.0);
    let file = report.files.first().unwrap();
    let mut text = String::new();
    let mut row = |row: String| writeln!(text, "{row}").unwrap();
    row(format!(
        "{}, {} lines, {} people, peak {}",
        file.format.as_deref().unwrap_or_default(),
        file.lines,
        report.participants.len(),
        report.conference.peak_participants
    ));
    for problem in &file.problems {
        row(format!(
            "problem {} {}: {} from line {:?}",
            problem.kind,
            code(&problem.severity),
            problem.count,
            problem.first_line
        ));
    }
    for server in &report.servers {
        row(format!("server {}, {} polls", server.kind, server.polls));
    }
    for finding in &report.findings {
        let lines: Vec<u64> = finding.evidence.iter().map(|evidence| evidence.line).collect();
        row(format!(
            "finding {} {}: {} to {}, lines {lines:?}",
            finding.code,
            code(&finding.severity),
            time(finding.from_ms),
            time(finding.to_ms)
        ));
    }
    for (number, person) in report.participants.iter().enumerate() {
        for presence in &person.presences {
            row(format!("person {number} from {} to {}", time(presence.from_ms), time(presence.to_ms)));
        }
        for interval in &person.activity.intervals {
            row(format!(
                "person {number} {}: {} to {}{}, by {}, line {}",
                code(&interval.kind),
                time(interval.from_ms),
                time(interval.to_ms),
                if interval.open { " at most" } else { "" },
                code(&interval.source),
                interval.line
            ));
        }
    }
    let mut kinds: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for event in &report.events {
        kinds.entry(&event.subtype).or_default().push(event);
    }
    for (subtype, events) in kinds {
        if let [first, _, ..] = events.as_slice()
            && events.len() > MANY
        {
            row(format!(
                "event {subtype}: {} of them, the first at {}, line {}",
                events.len(),
                time(first.at_ms),
                first.line
            ));
        } else {
            for event in events {
                row(format!(
                    "event {subtype} at {}, line {}, told {} times",
                    time(event.at_ms),
                    event.line,
                    event.count
                ));
            }
        }
    }
    text
}

fn reports_of_real_dumps() {
    let dumps = corpus::dumps().unwrap();
    assert_eq!(dumps.len(), 16, "the corpus has changed");
    for (name, bytes) in dumps {
        insta::assert_snapshot!(name.clone(), shown(&report(&name, &bytes)));
    }
}
