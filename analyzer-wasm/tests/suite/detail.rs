//! The detail view: statistics fields, session descriptions, raw lines.

use e2e::driver;
use e2e::dump::Dump;
use e2e::poll;

use crate::support::recorded;

#[test]
fn every_numeric_field_is_a_column() {
    let mut dump = Dump::new();
    dump.poll(&poll!["S" => "media-source" {kind: "video", frames: 5, strange: 1.5}], 0)
        .poll(&poll!["S" => {frames: 30}], 1_000)
        .poll(&poll![], 2_000)
        .poll(&poll!["S" => {frames: 60}], 3_000);
    let detail = driver::detail(dump.bytes()).unwrap();
    let points = |field: &str| -> Vec<(f64, f64)> {
        let column = detail.columns.iter().find(|column| column.field == field).unwrap();
        assert_eq!((column.report.as_str(), column.kind), ("S", "media-source"));
        column.points(&detail.polls[column.polls]).map(|(at, value)| (at - 1.7e12, value)).collect()
    };
    assert_eq!(points("frames"), [(0.0, 5.0), (1_000.0, 30.0), (3_000.0, 60.0)]);
    assert_eq!(points("strange"), [(0.0, 1.5), (1_000.0, 1.5), (3_000.0, 1.5)]);
}

#[test]
fn a_real_dump_shows_everything_it_holds() {
    let bytes = recorded("alice.jitsi.ndjson.gz");
    let detail = driver::detail_with_lines(2..=3, &bytes, 1_000).unwrap();
    assert!(detail.columns.len() > 200, "{}", detail.columns.len());
    assert_eq!(detail.descriptions.len(), 3);
    assert!(detail.descriptions[0].sdp.starts_with("v=0\r\n"));
    let numbers: Vec<u64> = detail.lines.iter().map(|line| line.number).collect();
    assert_eq!(numbers, [2, 3]);
    assert!(detail.lines[0].text.starts_with(r#"["identity",null,"#) && !detail.lines[0].cut);
}

#[test]
fn fields_are_found_by_words_the_best_match_first() {
    let mut dump = Dump::new();
    dump.poll(
        &poll![
            "IA1" => "inbound-rtp" {kind: "audio", jitter: 0.02, jitterBufferDelay: 1.5},
            "OA1" => "outbound-rtp" {kind: "audio", packetsSent: 5},
        ],
        0,
    )
    .poll(&poll!["IA1" => "inbound-rtp" {jitter: 0.01}, "OA1" => "outbound-rtp" {packetsSent: 25}], 1_000);
    let detail = driver::detail(dump.bytes()).unwrap();
    let found = |words: &str, limit| {
        let (total, matches) = detail.search(words, limit);
        (total, matches.into_iter().map(|found| format!("{}.{}", found.kind, found.name)).collect::<Vec<_>>())
    };
    assert_eq!(
        found("inbound-rtp JITTER", 9).1[..2],
        ["inbound-rtp.jitter", "inbound-rtp.jitterBufferDelay"]
    );
    assert_eq!(found("inbound-rtp.jitter", 9).0, 2);
    assert_eq!(found("rtp jitter", 1), (2, vec!["inbound-rtp.jitter".to_owned()]));
    assert_eq!(found("oa1 packets", 9), (1, vec!["outbound-rtp.packetsSent".to_owned()]));
    assert_eq!(found("oa1 jitter", 9), (0, vec![]));
    assert_eq!(found("", 0).0, detail.columns.len());

    let (_, matches) = detail.search("inbound jitter", 1);
    let [jitter] = matches.try_into().unwrap();
    assert_eq!((jitter.points, jitter.min, jitter.max, jitter.last), (2, 0.01, 0.02, 0.01));
    assert_eq!(jitter.unit.as_deref(), Some("s"));
    let (column, polls) = detail.field(jitter.field as usize).unwrap();
    assert_eq!(column.points(polls).map(|(_, value)| value).collect::<Vec<_>>(), [0.02, 0.01]);
}

#[test]
fn a_field_becomes_a_line_with_gaps_on_the_conferences_clock() {
    let mut dump = Dump::new();
    for at in [0, 1_000, 2_000, 3_000, 9_000, 10_000] {
        dump.poll(&poll!["S" => "media-source" {frames: at}], at);
    }
    let detail = driver::detail(dump.bytes()).unwrap();
    let (_, matches) = detail.search("frames", 1);
    let (line, times, values) = detail.line(matches[0].field as usize, -1.7e12 + 500.0).unwrap();
    assert_eq!((line.points, line.facet.as_deref()), (7, Some("S media-source.frames")));
    assert_eq!(times, [500.0, 1_500.0, 2_500.0, 3_500.0, 6_500.0, 9_500.0, 10_500.0]);
    assert!(values[4].is_nan() && values[5] == 9_000.0, "{values:?}");
    assert!(detail.line(999, 0.0).is_none());
}
