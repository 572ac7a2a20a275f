//! Dumps with every tenth line cut, doubled, swapped or emptied: there is still a report, and its problems add up to
//! the damage.
//!
//! The corpus is not part of the project; where it is not beside the checkout, only the recorded call is damaged.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test that meets what it did not expect has failed, and says what it skipped"
)]

use std::io::Read as _;
use std::path::PathBuf;

use analyzer_wasm::report::{ProblemSeverity, Report};
use e2e::driver;
use serde_json::Value;

const EVERY: usize = 10;

/// Every dump there is, as lines.
fn dumps() -> Vec<(String, Vec<String>)> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut dumps = Vec::new();
    let folders =
        [here.join("fixtures/jitsi-client/3.1-chromium-156"), here.join("../../shared/corpus/jitsi/dumps")];
    for folder in folders {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            println!("skipped: the corpus is not beside this checkout");
            continue;
        };
        for entry in entries.map(|entry| entry.unwrap()) {
            let name = entry.file_name().into_string().unwrap();
            if name.ends_with(".json") || name.ends_with(".md") {
                continue;
            }
            let mut bytes = std::fs::read(entry.path()).unwrap();
            if name.ends_with(".gz") {
                let mut text = Vec::new();
                flate2::read::MultiGzDecoder::new(&*bytes).read_to_end(&mut text).unwrap();
                bytes = text;
            }
            let text = String::from_utf8(bytes).unwrap();
            dumps.push((name, text.lines().map(str::to_owned).collect()));
        }
    }
    assert!(dumps.len() >= 2, "{}", dumps.len());
    dumps
}

fn report(name: &str, lines: &[String]) -> Report {
    driver::report([(
        name,
        lines.join(
            "
",
        ) + "
",
    )])
    .unwrap_or_else(|error| panic!("{name}: {error:#}"))
}

fn count(report: &Report, kinds: &[&str]) -> u64 {
    let of_kind = report.files[0].problems.iter().filter(|problem| kinds.contains(&problem.kind.as_str()));
    of_kind.map(|problem| problem.count).sum()
}

fn keys(report: &Report) -> Vec<&str> {
    report.participants.iter().map(|person| person.key.as_str()).collect()
}

fn losses(report: &Report) -> u64 {
    let lost =
        report.files[0].problems.iter().filter(|problem| problem.severity == ProblemSeverity::DataLoss);
    lost.map(|problem| problem.count).sum()
}

/// The places of every tenth line.
fn places(lines: &[String]) -> impl Iterator<Item = usize> {
    (EVERY - 1..lines.len()).step_by(EVERY)
}

/// When a line was written, and by whose clock: an entry's, a state's own, else the envelope's.
fn time(line: &str) -> Option<(usize, f64)> {
    const ENTRY: usize = 0;
    const STATE: usize = 1;
    const STORE: usize = 2;
    let value: Value = serde_json::from_str(line).ok()?;
    let of_entry = |entry: &Value| {
        let at_ms = (entry[0] != "connectionInfo").then(|| entry[3].as_f64()).flatten()?;
        Some((ENTRY, at_ms))
    };
    if value.is_array() {
        return of_entry(&value);
    }
    let stored = || Some((STORE, value["timestamp"].as_f64()?));
    let data = match value["data"].as_str() {
        Some(text) => serde_json::from_str(text).ok()?,
        None => value["data"].clone(),
    };
    if data.is_array() {
        return of_entry(&data).or_else(stored);
    }
    let own = data["timestamp"].as_f64().filter(|_| value["type"] == "stats-entry");
    own.map(|at_ms| (STATE, at_ms)).or_else(stored)
}

/// How many lines are older than one before them.
fn late(lines: &[String]) -> u64 {
    let mut latest = [f64::NEG_INFINITY; 3];
    let is_late = |(clock, at_ms): &(usize, f64)| {
        let late = *at_ms < latest[*clock];
        latest[*clock] = latest[*clock].max(*at_ms);
        late
    };
    lines.iter().filter_map(|line| time(line)).filter(is_late).count() as u64
}

#[test]
fn lines_that_are_cut_are_lost_and_counted() {
    const CUT: &[&str] = &["bad-line", "bad-stats", "torn-line"];
    for (name, mut lines) in dumps() {
        let before = losses(&report(&name, &lines));
        let cut: Vec<usize> = places(&lines).collect();
        for at in &cut {
            let line = &lines[*at];
            let half = (0..=line.len() / 2).rev().find(|end| line.is_char_boundary(*end)).unwrap();
            lines[*at].truncate(half);
        }
        let report = report(&name, &lines);
        assert_eq!(count(&report, CUT), cut.len() as u64, "{name}");
        assert_eq!(losses(&report), before + cut.len() as u64, "{name}: nothing else is lost");
        let first = report.files[0].problems.iter().filter(|problem| CUT.contains(&problem.kind.as_str()));
        let first = first.filter_map(|problem| problem.first_line).min();
        assert_eq!(first, cut.first().map(|at| *at as u64 + 1), "{name}");
    }
}

#[test]
fn lines_that_are_emptied_are_counted() {
    for (name, mut lines) in dumps() {
        let emptied: Vec<usize> = places(&lines).collect();
        emptied.iter().for_each(|at| lines[*at].clear());
        let report = report(&name, &lines);
        assert_eq!(count(&report, &["blank-line"]), emptied.len() as u64, "{name}");
        assert_eq!(losses(&report), 0, "{name}");
    }
}

#[test]
fn lines_that_are_doubled_are_counted_and_make_nobody() {
    for (name, lines) in dumps() {
        let whole = report(&name, &lines);
        let doubled: Vec<usize> = places(&lines).collect();
        let mut damaged = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            damaged.extend(std::iter::repeat_n(line.clone(), if doubled.contains(&at) { 2 } else { 1 }));
        }
        let report = report(&name, &damaged);
        let repeated = |report: &Report| count(report, &["repeated-line"]);
        assert_eq!(repeated(&report), repeated(&whole) + doubled.len() as u64, "{name}");
        assert_eq!((keys(&report), losses(&report)), (keys(&whole), 0), "{name}");
        assert_eq!(report.conference.duration_ms, whole.conference.duration_ms, "{name}");
        for (ours, theirs) in report.participants.iter().zip(&whole.participants) {
            assert_eq!(ours.presences, theirs.presences, "{name}");
            assert_eq!(ours.network.loss_down_ratio, theirs.network.loss_down_ratio, "{name}");
            let rates = (ours.network.receive_bps, theirs.network.receive_bps);
            assert_eq!(rates.0, rates.1, "{name}: what was counted once counts once");
        }
    }
}

#[test]
fn lines_that_are_swapped_are_counted_where_time_shows_it() {
    for (name, mut lines) in dumps() {
        let whole = report(&name, &lines);
        let swapped: Vec<usize> = places(&lines).filter(|at| at + 1 < lines.len()).collect();
        swapped.iter().for_each(|at| lines.swap(*at, at + 1));
        let report = report(&name, &lines);
        assert_eq!(count(&report, &["late-entry"]), late(&lines), "{name}");
        assert_eq!((keys(&report), losses(&report)), (keys(&whole), 0), "{name}");
    }
}
