//! Real dumps from outside this project, compared with the results of the server that stored them.

use analyzer_wasm::extract::Extract;
use analyzer_wasm::report::{Connection, ProblemSeverity, Report};
use e2e::{corpus, corpus_tests, driver};
use serde_json::Value;

corpus_tests![
    every_client_dump_is_one_participant_and_loses_nothing,
    any_chunking_and_order_gives_the_same_reports,
    connections_agree_with_the_servers_features,
    relays_agree_with_the_servers_pairs,
];

fn client_dumps() -> Vec<(String, Vec<u8>)> {
    let dumps = corpus::client_dumps().unwrap();
    assert_eq!(dumps.len(), 13, "the corpus has changed");
    dumps
}

fn extract(name: &str, bytes: &[u8], chunk: usize) -> Extract {
    driver::extract_in(name, bytes, chunk).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn report(name: &str, bytes: &[u8]) -> Report {
    driver::report([(name, bytes)]).unwrap_or_else(|error| panic!("{name}: {error:#}"))
}

fn every_client_dump_is_one_participant_and_loses_nothing() {
    for (name, bytes) in client_dumps() {
        let report = report(&name, &bytes);
        assert_eq!(report.participants.len(), 1, "{name}");
        assert_eq!(report.conference.peak_participants, 1, "{name}");
        let lost: Vec<_> =
            report.files[0].problems.iter().filter(|p| p.severity == ProblemSeverity::DataLoss).collect();
        assert!(lost.is_empty(), "{name}: {lost:?}");
    }
}

fn any_chunking_and_order_gives_the_same_reports() {
    let dumps = client_dumps();
    for (name, bytes) in &dumps {
        let whole = extract(name, bytes, usize::MAX).to_bytes();
        for chunk in [1, 7, 4096] {
            assert!(extract(name, bytes, chunk).to_bytes() == whole, "{name} in chunks of {chunk}");
        }
    }
    let all = |order: Vec<&(String, Vec<u8>)>| {
        driver::conclude(order.into_iter().map(|(name, bytes)| extract(name, bytes, 4096))).reports().to_vec()
    };
    assert_eq!(all(dumps.iter().collect()), all(dumps.iter().rev().collect()));
}

/// Packets sent, of them lost; packets received, lost on the way; mean round trip in seconds, to two places.
type Totals = (u64, u64, u64, u64, f64);

fn ours(connection: &Connection) -> Totals {
    let rtt_s = connection.rtt_ms.map_or(0.0, |rtt| rtt.mean / 1_000.0);
    (
        connection.packets_sent,
        connection.packets_sent_lost,
        connection.packets_received,
        connection.packets_received_lost,
        (rtt_s * 100.0).round() / 100.0,
    )
}

/// Where our definition is another: the connection, our totals, and why.
const DIFFERENCES: &[(&str, &str, Totals, &str)] = &[
    (
        "9c93a447-c9f8-489d-87ca-21263dec0642",
        "PC_1",
        (1730, 0, 1421, 0, 0.03),
        "theirs counts SSRC 2683469917 twice, before and after setVideoType: its 354 packets again",
    ),
    (
        "chrome-standard-multiple-p2p",
        "PC_0",
        (57303, 0, 57223, 0, 0.0),
        "the server also counts the packets sent according to remote-outbound-rtp",
    ),
    ("chrome-standard-multiple-p2p", "PC_3", (18523, 0, 25703, 1, 0.19), "the same"),
    ("chrome-standard-multiple-p2p", "PC_4", (11033, 0, 10768, 0, 0.0), "the same"),
    (
        "chrome96-standard-stats-p2p-add-transceiver",
        "PC_1",
        (83, 0, 51, 0, 0.04),
        "legacy googRtt is in milliseconds; theirs is 40.33, as if seconds",
    ),
    (
        "firefox-standard-stats-sfu",
        "PC_0",
        (12402, 0, 50196, 8, 0.05),
        "theirs takes Firefox's remote-inbound-rtp (sent from here) for received, and sees nothing sent",
    ),
];

fn connections_agree_with_the_servers_features() {
    let expected = corpus::path("jitsi/expected-features");
    let dumps = client_dumps();
    let mut compared = 0;
    for (name, bytes) in &dumps {
        let Ok(text) = std::fs::read_to_string(expected.join(format!("{name}.json"))) else { continue };
        let value: Value = serde_json::from_str(&text).unwrap();
        let value = if value.is_array() { &value[0] } else { &value };
        let features = value.get("features").unwrap_or(value);
        let report = report(name, bytes);
        for (id, aggregate) in features["aggregates"].as_object().unwrap() {
            let tracks = &aggregate["trackAggregates"];
            let count = |key: &str| tracks[key].as_u64().unwrap();
            let theirs = (
                count("totalPacketsSent"),
                count("totalSentPacketsLost"),
                count("totalPacketsReceived"),
                count("totalReceivedPacketsLost"),
                aggregate["transportAggregates"]["meanRtt"].as_f64().unwrap(),
            );
            let connection = report.participants[0].connections.iter().find(|c| c.id == *id).unwrap();
            match DIFFERENCES.iter().find(|(dump, pc, ..)| dump == name && pc == id) {
                Some((.., expect, why)) => {
                    assert_ne!(*expect, theirs, "{name} {id}: no difference is left: {why}");
                    assert_eq!(ours(connection), *expect, "{name} {id}: {why}");
                }
                None => assert_eq!(ours(connection), theirs, "{name} {id}"),
            }
            compare_pair(name, id, connection, &aggregate["candidatePairData"]);
            compared += 1;
        }
    }
    assert_eq!(compared, 20);
}

fn relays_agree_with_the_servers_pairs() {
    let expected = corpus::path("jitsi/expected-candidate-pairs.json");
    let expected: Value = serde_json::from_str(&std::fs::read_to_string(expected).unwrap()).unwrap();
    for (name, connections) in expected.as_object().unwrap() {
        let (_, bytes) = client_dumps().into_iter().find(|(dump, _)| dump == name).unwrap();
        let report = report(name, &bytes);
        for (id, pair) in connections.as_object().unwrap() {
            let connection = report.participants[0].connections.iter().find(|c| c.id == *id).unwrap();
            compare_pair(name, id, connection, pair);
        }
    }
}

/// Compares the selected pair. The server gives no id where the pair follows its transport in the only poll, and
/// no address where the browser called it `ip` (Chrome before 88); the analyzer gives both.
fn compare_pair(name: &str, id: &str, connection: &Connection, theirs: &Value) {
    if theirs.as_object().is_none_or(serde_json::Map::is_empty) {
        return;
    }
    let ours = connection.selected_pair.as_ref().unwrap_or_else(|| panic!("{name} {id}: no pair"));
    let text = |key: &str| theirs[key].as_str().map(str::to_owned).filter(|text| !text.is_empty());
    let port = |key: &str| theirs[key].as_u64().and_then(|port| u16::try_from(port).ok());
    assert_eq!(ours.relay, theirs["isUsingRelay"].as_bool(), "{name} {id}");
    for (end, side) in [(&ours.local, "local"), (&ours.remote, "remote")] {
        assert_eq!(end.kind, text(&format!("{side}CandidateType")), "{name} {id} {side}");
        assert_eq!(end.port, port(&format!("{side}Port")), "{name} {id} {side}");
        assert_eq!(end.protocol, text(&format!("{side}Protocol")), "{name} {id} {side}");
        if let Some(address) = text(&format!("{side}Address")) {
            assert_eq!(end.address.as_ref(), Some(&address), "{name} {id} {side}");
        }
    }
    if let Some(pair_id) = text("id") {
        assert_eq!(ours.id.as_ref(), Some(&pair_id), "{name} {id}");
    }
}
