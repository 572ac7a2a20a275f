//! Rates over real time: uneven polls, gaps, resets, wraps, late packets, silent remotes, both delta forms.

use crate::support::{participant, problems};
use analyzer_wasm::report::Stream;
use e2e::driver;
use e2e::dump::{Dump, Reports, START};
use e2e::poll;

fn inbound(packets: i64, lost: i64, bytes: i64) -> Reports {
    poll![
        "IT" => "inbound-rtp" {
            kind: "video", ssrc: 7, packetsReceived: packets, packetsLost: lost, bytesReceived: bytes,
        },
    ]
}

fn stream(dump: &Dump) -> Stream {
    participant(dump.bytes()).connections.remove(0).streams.remove(0)
}

#[test]
fn a_rate_uses_the_samples_own_times() {
    let mut dump = Dump::new();
    for (at, bytes) in [(0, 0), (1_000, 10_000), (1_100, 11_000), (11_000, 110_000), (12_000, 120_000)] {
        dump.poll(&inbound(bytes / 100, 0, bytes), at as u64);
    }
    // The interval from 1.1 s to 11 s is a gap: its bytes and its duration are in no rate.
    assert_eq!(stream(&dump).bitrate_bps, Some(80_000.0));
}

#[test]
fn a_reset_keeps_the_sum_and_a_lone_fall_is_none() {
    let mut dump = Dump::new();
    for (at, packets, lost, bytes) in
        [(0, 100, 5, 1_000), (1_000, 200, 10, 2_000), (2_000, 20, 1, 200), (3_000, 50, 1, 500)]
    {
        dump.poll(&inbound(packets, lost, bytes), at);
    }
    let stream = stream(&dump);
    assert_eq!((stream.packets, stream.packets_lost), (250, 11));
}

#[test]
fn a_wrap_is_no_reset() {
    let mut dump = Dump::new();
    // The counter passes 2^31 before it wraps, as a real one would.
    for (at, packets) in
        [(0, 2_000_000_000_i64), (1_000, 3_000_000_000), (2_000, 4_294_967_200), (3_000, 104)]
    {
        dump.poll(&inbound(packets, 0, 1_000 * i64::from(at as u32)), at);
    }
    assert_eq!(stream(&dump).packets, 4_294_967_400);
}

#[test]
fn an_unsigned_negative_is_named_and_left_out() {
    let mut dump = Dump::new();
    for (at, packets) in [(0, 10), (1_000, 4_294_906_587_i64), (2_000, 30)] {
        dump.poll(&inbound(packets, 0, i64::from(at as u32)), at);
    }
    assert_eq!(stream(&dump).packets, 30);
    assert_eq!(problems(dump.bytes()), [("counter-artefact".to_owned(), 1, Some(4))]);
}

#[test]
fn late_packets_never_make_loss_negative() {
    let mut dump = Dump::new();
    for (at, packets, lost) in [(0, 100, 0), (1_000, 190, 10), (2_000, 300, 4), (3_000, 400, 4)] {
        dump.poll(&inbound(packets, lost, packets * 10), at);
    }
    let stream = stream(&dump);
    assert_eq!((stream.packets_lost, stream.loss_ratio), (4, Some(4.0 / 404.0)));
}

#[test]
fn a_remote_report_that_stands_still_is_no_sample() {
    let mut dump = Dump::new();
    let poll = |sent: u32, remote_at: u64| {
        poll![
            "OT" => "outbound-rtp" {kind: "audio", ssrc: 3, remoteId: "RI", packetsSent: sent, bytesSent: sent},
            "RI" => "remote-inbound-rtp" {
                timestamp: remote_at, kind: "audio", ssrc: 3, packetsLost: 0, roundTripTime: 0.05,
                jitter: 0.001,
            },
        ]
    };
    for (at, sent, remote_at) in [(0, 10, 1), (1_000, 20, 1), (2_000, 30, 2_000), (3_000, 40, 2_000)] {
        dump.poll(&poll(sent, remote_at), at);
    }
    let stream = stream(&dump);
    assert_eq!(stream.rtt_ms.unwrap().mean, 50.0);
    assert_eq!(stream.jitter_ms.unwrap().mean, 1.0);
    assert_eq!(stream.loss_ratio, Some(0.0));
}

#[test]
fn both_delta_generations_decode_alike() {
    let first = inbound(100, 0, 1_000);
    let mut older = Dump::new();
    older.poll(&first, 0).poll(&poll![], 1_000);
    // The older one writes a report's time last.
    older.line(r#"["getstats","PC_0",{"IT":{"packetsReceived":200,"timestamp":0},"timestamp":1700000002000},1700000002000]"#);
    let mut newer = Dump::new();
    newer.poll(&first, 0).poll(&poll!["IT" => {}], 1_000).poll(&poll!["IT" => {packetsReceived: 200}], 2_000);
    for dump in [older, newer] {
        assert_eq!(stream(&dump).packets, 200);
        assert_eq!(problems(dump.bytes()), []);
    }
}

#[test]
fn a_report_that_never_had_a_type_is_a_problem() {
    let mut dump = Dump::new();
    dump.poll(&poll!["IT" => {packetsReceived: 200}], 0);
    assert_eq!(problems(dump.bytes()), [("partial-report".to_owned(), 1, Some(3))]);
}

#[test]
fn a_connection_created_again_begins_anew() {
    let mut dump = Dump::new();
    dump.poll(&inbound(100, 0, 1_000), 0)
        .on_connection("create", "{}", 500)
        .poll(&inbound(30, 0, 300), 1_000)
        .poll(&poll!["IT" => {packetsReceived: 50, bytesReceived: 500}], 2_000);
    assert_eq!(stream(&dump).packets, 150);
}

#[test]
fn path_numbers_are_of_the_connection_that_carried_media() {
    let mut dump = Dump::new();
    for second in 0..5_u64 {
        let poll = |rtt_s: f64, packets: u64| {
            poll![
                "T" => "transport" {selectedCandidatePairId: "CP"},
                "CP" => "candidate-pair" {currentRoundTripTime: rtt_s},
                "IT" => "inbound-rtp" {kind: "audio", ssrc: 1, packetsReceived: packets, bytesReceived: packets},
            ]
        };
        dump.poll_on("PC_0", &poll(0.010, second * 50), second * 1_000).poll_on(
            "PC_1",
            &poll(0.200, 0),
            second * 1_000,
        );
    }
    let person = participant(dump.bytes());
    assert_eq!(person.network.rtt_ms.unwrap().max, 10.0);
    assert_eq!(person.connections[1].rtt_ms.unwrap().mean, 200.0);
}

#[test]
fn a_chart_line_breaks_at_gaps_and_not_between_rare_reports() {
    let mut dump = Dump::new();
    let start = START;
    // Polls every second with a gap of 20 s; the other side reports every 5 s.
    let polls: Vec<u64> = (0..30).chain(50..80).collect();
    for second in polls {
        let remote_at = start + second / 5 * 5_000;
        dump.poll(
            &poll![
                "OT" => "outbound-rtp" {
                    kind: "audio", ssrc: 3, remoteId: "RI", packetsSent: second * 50, bytesSent: second * 5_000,
                },
                "RI" => "remote-inbound-rtp" {timestamp: remote_at, ssrc: 3, packetsLost: second},
            ],
            second * 1_000,
        );
    }
    let calls = driver::workspace([("dump", dump.bytes())]).unwrap();
    let gaps = |metric| {
        let query = ChartColumns { conference: 0, participant: "abcd1234".to_owned(), metric };
        let chart = query.answer(&calls);
        let (_, _, values) = chart.line(0).unwrap();
        assert_eq!(chart.lines.len(), 1);
        values.iter().filter(|value| value.is_nan()).count()
    };
    use analyzer_wasm::query::ChartColumns;
    use analyzer_wasm::wire::{ChartMetric, Query};
    assert_eq!((gaps(ChartMetric::Loss), gaps(ChartMetric::Bitrate)), (1, 1));
}
