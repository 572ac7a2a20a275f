//! Checks of a dump of which every tenth line is cut, emptied, repeated or swapped with the next one: there is still a
//! report, and its problems add up to the damage.

use analyzer_wasm::report::{ProblemSeverity, Report};
use e2e::driver;
use serde_json::Value;

/// One line of this many is damaged.
const EVERY: usize = 10;

/// A dump as lines.
pub(crate) struct Dump {
    name: String,
    lines: Vec<String>,
}

impl Dump {
    /// The dump of this text.
    pub(crate) fn new(name: &str, text: Vec<u8>) -> Self {
        let text = String::from_utf8(text).unwrap();
        Self { name: name.to_owned(), lines: text.lines().map(str::to_owned).collect() }
    }
}

fn report(name: &str, lines: &[String]) -> Report {
    let text = lines.join("\n") + "\n";
    driver::report([(name, text)]).unwrap_or_else(|error| panic!("{name}: {error:#}"))
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

/// The time of a line and the clock it comes from: the entry's, the state's own, else the envelope's.
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

/// Half of every tenth line is lost: that is data loss, and nothing else is lost.
pub(crate) fn check_cut(dump: &Dump) {
    const CUT: &[&str] = &["bad-line", "bad-stats", "torn-line"];
    let name = &dump.name;
    let mut lines = dump.lines.clone();
    let before = losses(&report(name, &lines));
    let cut: Vec<usize> = places(&lines).collect();
    for at in &cut {
        let line = &lines[*at];
        let half = (0..=line.len() / 2).rev().find(|end| line.is_char_boundary(*end)).unwrap();
        lines[*at].truncate(half);
    }
    let report = report(name, &lines);
    assert_eq!(count(&report, CUT), cut.len() as u64, "{name}");
    assert_eq!(losses(&report), before + cut.len() as u64, "{name}: nothing else is lost");
    let first = report.files[0].problems.iter().filter(|problem| CUT.contains(&problem.kind.as_str()));
    let first = first.filter_map(|problem| problem.first_line).min();
    assert_eq!(first, cut.first().map(|at| *at as u64 + 1), "{name}");
}

/// Every tenth line is empty: blank lines are counted, and no other line is lost.
pub(crate) fn check_emptied(dump: &Dump) {
    let name = &dump.name;
    let mut lines = dump.lines.clone();
    let emptied: Vec<usize> = places(&lines).collect();
    emptied.iter().for_each(|at| lines[*at].clear());
    let report = report(name, &lines);
    assert_eq!(count(&report, &["blank-line"]), emptied.len() as u64, "{name}");
    assert_eq!(losses(&report), 0, "{name}");
}

/// Every tenth line is there twice: its repetition is counted and changes no number of the report.
pub(crate) fn check_repeated(dump: &Dump) {
    let Dump { name, lines } = dump;
    let whole = report(name, lines);
    let doubled: Vec<usize> = places(lines).collect();
    let mut damaged = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        damaged.extend(std::iter::repeat_n(line.clone(), if doubled.contains(&at) { 2 } else { 1 }));
    }
    let report = report(name, &damaged);
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

/// Every tenth line is swapped with the next one: counted where the times of the lines show it.
pub(crate) fn check_swapped(dump: &Dump) {
    let name = &dump.name;
    let mut lines = dump.lines.clone();
    let whole = report(name, &lines);
    let swapped: Vec<usize> = places(&lines).filter(|at| at + 1 < lines.len()).collect();
    swapped.iter().for_each(|at| lines.swap(*at, at + 1));
    let report = report(name, &lines);
    assert_eq!(count(&report, &["late-entry"]), late(&lines), "{name}");
    assert_eq!((keys(&report), losses(&report)), (keys(&whole), 0), "{name}");
}
