//! Damaged dumps: lost data is counted at its position, all other data is kept, nothing panics.

use analyzer_wasm::extract::Extract;
use analyzer_wasm::model::Event;
use e2e::driver;
use e2e::dump::Dump;
use e2e::poll;
use proptest::prelude::*;

use crate::support::{bytes_in, extract, gzip, problems, recorded, recorded_text};

fn dump() -> Vec<u8> {
    let mut dump = Dump::new();
    dump.on_connection("create", "{}", 10)
        .on_connection("onconnectionstatechange", "\"connected\"", 20)
        .poll(
            &poll![
                "IT" => "inbound-rtp" {
                    kind: "audio", ssrc: 7, packetsReceived: 100, packetsLost: 0, bytesReceived: 1000,
                },
            ],
            1_000,
        )
        .poll(&poll!["IT" => {packetsReceived: 150, bytesReceived: 2000}], 2_000)
        .entry("audioMutedChanged", "true", 2_500)
        .poll(&poll!["IT" => {packetsReceived: 200, bytesReceived: 3000}], 3_000);
    dump.bytes().to_vec()
}

#[test]
fn every_kind_of_bad_line_is_counted_where_it_is() {
    let mut lines: Vec<String> = String::from_utf8(dump()).unwrap().lines().map(str::to_owned).collect();
    lines.insert(2, String::new());
    lines.insert(3, "not json".into());
    lines.insert(4, r#"{"some":"object"}"#.into());
    lines.insert(5, "[1,2,3]".into());
    lines.insert(6, "42".into());
    lines.push(r#"["getstats","PC_0",{"IT":{"timestamp":0,"packetsRec"#.into());
    let damaged = lines.join("\n");
    let expect = [("bad-line", 1, 4), ("torn-line", 1, 14), ("foreign-line", 3, 5), ("blank-line", 1, 3)];
    let expect = expect.map(|(kind, count, line)| (kind.to_owned(), count, Some(line)));
    assert_eq!(problems(damaged.as_bytes()), expect);
    let (whole, partly) = (extract(&dump()), extract(damaged.as_bytes()));
    let packets = |extract: &Extract| extract.connections[0].summary.packets_received;
    assert_eq!((packets(&whole), packets(&partly)), (200, 200));
}

#[test]
fn a_damaged_poll_costs_its_sample_and_nothing_else() {
    let mut dump = Dump::new();
    dump.poll(
        &poll![
            "IT" => "inbound-rtp" {kind: "audio", ssrc: 7, packetsReceived: 100, bytesReceived: 1000},
        ],
        1_000,
    )
    .line(
        r#"["getstats","PC_0",{"IT":{"timestamp":0,"packetsReceived":150,"bytesReceived":!}},1700000002000]"#,
    )
    .poll(&poll!["IT" => {packetsReceived: 200, bytesReceived: 3000}], 3_000);
    assert_eq!(problems(dump.bytes()), [("bad-stats".to_owned(), 1, Some(4))]);
    let connection = &extract(dump.bytes()).connections[0].summary;
    assert_eq!((connection.polls, connection.packets_received), (2, 200));
}

#[test]
fn a_cut_file_keeps_what_came_before() {
    let bytes = recorded("alice.jitsi.ndjson.gz");
    let cut = &bytes[..bytes.len() / 2];
    let expect = driver::extract_in("dump", cut, usize::MAX).unwrap();
    assert!(expect.connections[0].summary.polls > 30, "{}", expect.connections[0].summary.polls);
    let kinds: Vec<String> = problems(cut).into_iter().map(|(kind, ..)| kind).collect();
    assert_eq!(kinds, ["torn-line", "gzip-cut"]);
    for chunk in [1, 7, 4096] {
        assert!(bytes_in("dump", cut, chunk) == Ok(expect.to_bytes()), "chunks of {chunk}");
    }
}

/// The events that lie before a line.
fn events_before(extract: &Extract, line: u64) -> Vec<Event> {
    extract.events.iter().filter(|event| event.line < line).cloned().collect()
}

/// The line, counted from 1, that a byte lies on.
fn line_of(text: &[u8], at: usize) -> u64 {
    1 + text[..at].iter().filter(|byte| **byte == b'\n').count() as u64
}

fn small() -> Vec<u8> {
    // The recorded call's beginning: signaling, candidates and its first polls.
    let text = recorded_text("alice.jitsi.ndjson.gz");
    text[..60_000].to_vec()
}

/// Few by default, many with `cargo xtask test --full`.
fn cases() -> ProptestConfig {
    let full = std::env::var_os("RTCSCOPE_TEST_FULL").is_some();
    ProptestConfig::with_cases(if full { 2_000 } else { 64 })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_cut_anywhere_keeps_everything_before_it(cut in 1_usize..60_000) {
        let text = small();
        let whole = extract(&text);
        if let Ok(part) = driver::extract_in("dump", &text[..cut], 1 + cut % 9_999) {
            let line = line_of(&text, cut);
            prop_assert_eq!(events_before(&part, line), events_before(&whole, line));
        }
    }

    #[test]
    fn a_flipped_byte_costs_at_most_its_line(at in 0_usize..60_000, flip in 1_u8..) {
        let mut text = small();
        let whole = extract(&text);
        let line = line_of(&text, at);
        text[at] ^= flip;
        if let Ok(damaged) = driver::extract_in("dump", &text, 4096) {
            prop_assert_eq!(events_before(&damaged, line), events_before(&whole, line));
            prop_assert!(damaged.file.lines.abs_diff(whole.file.lines) <= 1);
        }
    }

    #[test]
    fn flipped_bytes_of_a_gzip_keep_what_came_before(at in 0.0..1.0, flip in 1_u8.., chunk in 1_usize..20_000) {
        let mut bytes = gzip(&small());
        let at = (at * bytes.len() as f64) as usize;
        bytes[at] ^= flip;
        prop_assert!(bytes_in("dump", &bytes, chunk) == bytes_in("dump", &bytes, usize::MAX));
    }

    #[test]
    fn reordered_and_doubled_lines_never_panic(order in prop::collection::vec(0_usize..100, 1..120)) {
        let text = small();
        let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
        let shuffled: Vec<u8> = order.iter().filter_map(|index| lines.get(*index)).flat_map(|line| line.to_vec()).collect();
        let _ = driver::extract_in("dump", &shuffled, 4096);
    }

    #[test]
    fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000), gz in any::<bool>()) {
        let bytes = if gz { [vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3], bytes].concat() } else { bytes };
        let detail = driver::detail_with_lines(1..=3, &bytes, 13);
        prop_assert_eq!(detail.is_ok(), driver::extract_in("dump", &bytes, 13).is_ok());
    }
}
