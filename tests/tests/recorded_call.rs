//! The recorded call: its report shows the impairments of its network, its findings are those, and damaged lines are
//! counted.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod damaged_lines;

use std::io::Read as _;

use analyzer_wasm::report::{FindingSeverity, ProblemSeverity};
use damaged_lines::Dump;
use e2e::driver;
use e2e::workspace::{file_name, recorded_call, recorded_truth};
use flate2::read::MultiGzDecoder;
use serde_json::Value;

/// The dumps by name, compressed.
fn recorded_dumps() -> Vec<(String, Vec<u8>)> {
    recorded_call().map(|path| (file_name(&path), std::fs::read(path).unwrap())).into()
}

/// The dumps as lines.
fn dumps() -> Vec<Dump> {
    let text = |(name, bytes): (String, Vec<u8>)| {
        let mut text = Vec::new();
        MultiGzDecoder::new(&*bytes).read_to_end(&mut text).unwrap();
        Dump::new(&name, text)
    };
    recorded_dumps().into_iter().map(text).collect()
}

#[test]
fn each_dump_is_one_participant_and_loses_nothing() {
    for (name, bytes) in recorded_dumps() {
        let report = driver::report([(&name, bytes)]).unwrap();
        assert_eq!((report.participants.len(), report.conference.peak_participants), (1, 1), "{name}");
        let lost = |problem: &&_| is_data_loss(problem);
        assert_eq!(report.files[0].problems.iter().find(lost), None, "{name}");
    }
}

fn is_data_loss(problem: &analyzer_wasm::report::Problem) -> bool {
    problem.severity == ProblemSeverity::DataLoss
}

#[test]
fn cut_lines_are_lost_and_counted() {
    dumps().iter().for_each(damaged_lines::check_cut);
}

#[test]
fn empty_lines_are_counted() {
    dumps().iter().for_each(damaged_lines::check_emptied);
}

#[test]
fn repeated_lines_are_counted_and_change_nothing() {
    dumps().iter().for_each(damaged_lines::check_repeated);
}

#[test]
fn swapped_lines_are_counted_where_time_shows_it() {
    dumps().iter().for_each(damaged_lines::check_swapped);
}

#[test]
fn the_recorded_call_shows_what_was_done_to_it() {
    let report = driver::report(recorded_dumps()).unwrap();
    let [alice, bob] = report.participants.as_slice() else { panic!("two people") };
    assert_eq!((alice.stats_id.as_deref(), bob.stats_id.as_deref()), (Some("Alice-abc"), Some("Bob-def")));
    for person in [alice, bob] {
        let rtt = person.network.rtt_ms.unwrap();
        assert!((500.0..520.0).contains(&rtt.max), "250 ms each way for 25 s: {rtt:?}");
        assert!(rtt.p50 < 10.0, "the path itself is loopback: {rtt:?}");
        assert_eq!(person.client.browser_version.as_deref(), Some("156.0.0.0"));
    }
    // 10 % of what Alice sent for 25 of 119 s, and the 10 s blackout both ways.
    let (to_bob, to_alice) = (bob.network.loss_down_ratio.unwrap(), alice.network.loss_down_ratio.unwrap());
    assert!((0.03..0.06).contains(&to_bob), "{to_bob}");
    assert!(to_alice < to_bob, "{to_alice}");
    assert_eq!(report.files.iter().map(|file| file.problems.len()).sum::<usize>(), 0);
}

#[test]
fn the_recorded_call_is_judged_as_it_was() {
    let report = driver::report(recorded_dumps()).unwrap();
    let truth: Value = serde_json::from_slice(&std::fs::read(recorded_truth()).unwrap()).unwrap();
    let start_ms = truth["start_ms"].as_f64().unwrap();
    let (alice, bob) = ("aaaaaaaa", "bbbbbbbb");
    let mut left: Vec<_> =
        report.findings.iter().filter(|finding| finding.severity != FindingSeverity::Info).collect();
    // Takes the one finding of this code and person, which must lie within that much of the truth, in seconds.
    let mut take = |code: &str, person: &str, from_s: f64, to_s: f64, within_s: f64| {
        let at = left.iter().position(|f| f.code == code && f.participant.as_deref() == Some(person));
        let finding = left.remove(at.unwrap_or_else(|| panic!("no {code} of {person}")));
        for (ms, s) in [(finding.from_ms, from_s), (finding.to_ms, to_s)] {
            let is_s = (ms - start_ms) / 1_000.0;
            assert!((is_s - s).abs() <= within_s, "{code} of {person}: {is_s} s, not {s} s");
        }
        finding
    };
    let loss = take("downlink-loss", bob, 15.6, 40.6, 2.0);
    assert_eq!(
        (loss.other_participants.as_slice(), loss.attribution.side.as_str()),
        ([alice.to_owned()].as_slice(), "path")
    );
    for person in [alice, bob] {
        take("high-rtt", person, 52.6, 77.6, 2.5);
        let outage = take("ice-disconnect", person, 89.6, 99.6, 2.0);
        assert!(outage.evidence.iter().all(|place| place.series.as_deref() == Some("iceConnectionState")));
        assert!(outage.evidence.len() >= 2, "down and up again: {:?}", outage.evidence);
        let booked: Vec<_> = outage
            .effects
            .iter()
            .map(|effect| (effect.code.as_str(), effect.participant.as_deref()))
            .collect();
        assert_eq!(booked, [("downlink-loss", Some(person))]);
    }
    assert!(left.is_empty(), "nothing else above info: {left:?}");
}
