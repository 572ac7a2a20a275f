//! Every limit holds, and input beyond a limit is reported as a problem.

use analyzer_wasm::limits::{
    MAX_COLUMN_POINTS, MAX_CONNECTIONS, MAX_DETAIL_BYTES, MAX_EVENTS, MAX_LINE_BYTES, MAX_REPORTS,
};
use e2e::dump::{Dump, Reports};
use e2e::poll;

use crate::support::{extract, problems};

fn over_limit(dump: &Dump) -> u64 {
    problems(dump.bytes()).iter().filter(|(kind, ..)| kind == "over-limit").map(|(_, count, _)| count).sum()
}

#[test]
fn a_line_that_is_too_long_is_skipped() {
    let mut bytes = Dump::new().bytes().to_vec();
    bytes.extend_from_slice(&vec![b'x'; MAX_LINE_BYTES + 1]);
    bytes.push(b'\n');
    bytes.extend_from_slice(Dump::empty().entry("audioMutedChanged", "true", 5).bytes());
    let extract = extract(&bytes);
    assert_eq!(extract.events.len(), 1);
    assert_eq!(problems(&bytes), [("line-too-long".to_owned(), 1, Some(3))]);
}

#[test]
fn connections_events_and_reports_are_bounded() {
    let mut dump = Dump::new();
    for number in 0..=MAX_CONNECTIONS {
        dump.entry_on(&format!("PC_{number}"), "create", "{}", 0);
    }
    assert_eq!((extract(dump.bytes()).connections.len(), over_limit(&dump)), (MAX_CONNECTIONS, 1));

    let mut dump = Dump::new();
    for _ in 0..MAX_EVENTS + 2 {
        dump.entry("stropheDisconnected", "null", 1);
    }
    assert_eq!((extract(dump.bytes()).events.len(), over_limit(&dump)), (MAX_EVENTS, 2));

    let mut dump = Dump::new();
    let codec = |number| poll![format!("R{number}") => "codec" {}];
    let reports: Reports = (0..=MAX_REPORTS).map(codec).collect();
    dump.poll(&reports, 1).poll(&poll!["A" => "codec" {}], 2);
    assert_eq!(over_limit(&dump), 2);
}

#[test]
fn details_and_columns_are_bounded() {
    let mut dump = Dump::new();
    dump.entry("custom", format!("\"{}\"", "ä".repeat(1_000)), 1);
    for second in 0..5_000_u64 {
        dump.poll(
            &poll![
                "IT" => "inbound-rtp" {
                    kind: "audio", ssrc: 1, packetsReceived: second, packetsLost: 0, bytesReceived: second,
                },
            ],
            second * 1_000,
        );
    }
    let extract = extract(dump.bytes());
    assert!(extract.events[0].detail.as_ref().unwrap().len() <= MAX_DETAIL_BYTES + '…'.len_utf8());
    let timeline = &extract.connections[0].timeline;
    let longest = timeline.columns().iter().map(|column| timeline.points(column).count()).max().unwrap();
    assert!((MAX_COLUMN_POINTS / 2..=MAX_COLUMN_POINTS).contains(&longest), "{longest}");
    assert!(extract.to_bytes().len() < 100_000, "{}", extract.to_bytes().len());
}
