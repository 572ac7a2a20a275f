//! Records of peer connections: states, failures, candidate pairs, round-trip times.

use serde_json::{Value, json};

use crate::dump::{Dump, FIREFOX, START};

const PAIR: &str = r#""CP":{"type":"candidate-pair","localCandidateId":"L","remoteCandidateId":"R","currentRoundTripTime":RTT},
"L":{"type":"local-candidate","candidateType":"relay","relayProtocol":"tls","protocol":"udp","address":"x.x.x.x","port":1},
"R":{"type":"remote-candidate","candidateType":"host","protocol":"tcp"}"#;
const TRANSPORT: &str = r#""T":{"type":"transport","selectedCandidatePairId":"CP"}"#;

/// The selected candidate pair with this round-trip time, in one line.
fn pair(round_trip: &str) -> String {
    PAIR.replace('\n', "").replace("RTT", round_trip)
}

#[test]
fn whatever_names_a_connection_makes_one() {
    // The sender numbers connections from 1, so there is no such connection.
    let features = Dump::chrome().on("PC_1", "audioMutedChanged", &json!(true), 1).features();
    assert_eq!(features["aggregates"]["PC_1"]["isP2P"], json!(null));
    // A handler creates one even for an entry without a connection.
    let features = Dump::chrome()
        .entry("onconnectionstatechange", &json!("connected"), 1)
        .entry("close", &json!({}), 2)
        .features();
    let names: Vec<&String> = features["aggregates"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["null"]);
}

#[test]
fn states_are_counted_and_dated() {
    let connection = Dump::chrome()
        .on("PC_0", "onconnectionstatechange", &json!("connecting"), 1_000)
        .on("PC_0", "onconnectionstatechange", &json!("connected"), 2_000)
        .on("PC_0", "oniceconnectionstatechange", &json!("disconnected"), 3_000)
        .on("PC_0", "oniceconnectionstatechange", &json!("failed"), 4_000)
        .on("PC_0", "onconnectionstatechange", &json!("failed"), 5_000)
        .on("PC_0", "onconnectionstatechange", &json!("connected"), 6_000)
        .on("PC_0", "constraints", &json!({"optional": [{}, {"rtcStatsSFUP2P": true}]}), 7_000)
        .on("PC_0", "onicecandidate", &json!(null), 8_000)
        .on("PC_1", "onicecandidate", &json!(null), 9_000)
        .connection();
    assert_eq!(connection["iceReconnects"], 1);
    assert_eq!(connection["connectionFailed"], true);
    assert_eq!(connection["lastIceDisconnect"], START + 3_000);
    assert_eq!(connection["lastIceFailure"], START + 4_000);
    assert_eq!(connection["pcSessionDurationMs"], 6_000);
    assert_eq!(connection["isP2P"], true);
    assert_eq!((&connection["usesRelay"], &connection["candidatePairData"]), (&json!(null), &json!({})));
}

#[test]
fn failures_are_counted_by_what_failed() {
    let failing = |user_agent: &str| {
        Dump::of(user_agent)
            .on("PC_0", "createOfferOnFailure", &json!("x"), 1)
            .on("PC_0", "createAnswerOnFailure", &json!("x"), 1)
            .on("PC_0", "setRemoteDescriptionOnFailure", &json!("x"), 1)
            .on("PC_0", "ondtlserror", &json!({}), 1)
            .on("PC_0", "ondtlsstatechange", &json!("failed"), 1)
            .on("PC_0", "oniceconnectionstatechange", &json!("disconnected"), 2)
            .on("PC_0", "ondtlsstatechange", &json!("failed"), 3)
            .connection()
    };
    let counts = |connection: Value| {
        ["sdpCreateFailure", "sdpSetFailure", "dtlsErrors", "dtlsFailure"]
            .map(|name| connection[name].as_u64().unwrap())
    };
    assert_eq!(counts(failing(crate::dump::CHROME)), [2, 1, 1, 2]);
    // Firefox fails DTLS whenever ICE is gone.
    assert_eq!(counts(failing(FIREFOX)), [2, 1, 1, 1]);
}

#[test]
fn a_pair_has_an_id_once_it_was_passed() {
    let expect = |id: &str| {
        json!({"id": id, "isUsingRelay": true, "localCandidateType": "relay", "localAddress": "x.x.x.x",
            "localPort": 1, "localProtocol": "tls", "remoteCandidateType": "host", "remoteAddress": "",
            "remotePort": "", "remoteProtocol": "tcp"})
    };
    let before = format!("{TRANSPORT},{}", pair("0.1"));
    let once = Dump::chrome().poll(&before, 1_000);
    assert_eq!(once.connection()["candidatePairData"], expect(""));
    assert_eq!(once.connection()["usesRelay"], true);
    let twice = once.poll(r#""T":{},"CP":{},"L":{},"R":{}"#, 2_000);
    assert_eq!(twice.connection()["candidatePairData"], expect("CP"));
    let after = Dump::chrome().poll(format!("{},{TRANSPORT}", pair("0.1")), 1_000);
    assert_eq!(after.connection()["candidatePairData"], expect("CP"));
    let missing = Dump::chrome().poll(TRANSPORT, 1_000).connection();
    assert_eq!(missing["candidatePairData"]["localPort"], "");
    assert_eq!(missing["usesRelay"], false);
}

#[test]
fn round_trips_are_means_and_zero_is_none() {
    let mean = |polls: &[&str]| {
        let dump = polls.iter().enumerate().fold(Dump::chrome(), |dump, (at, round_trip)| {
            dump.poll(format!("{TRANSPORT},{}", pair(round_trip)), 1_000 * at as u64)
        });
        dump.connection()["transportAggregates"]["meanRtt"].clone()
    };
    assert_eq!(mean(&["0.1", "0", "0.05"]), 0.08);
    assert_eq!(mean(&["0"]), 0);
    // JavaScript prints such a small number with an exponent, for which its rounding fails.
    assert_eq!(mean(&["5e-7"]), json!(null));
}

#[test]
fn old_reports_have_milliseconds_and_text() {
    let connection = Dump::chrome()
        .poll(
            r#""Conn-0-1-0":{"type":"googCandidatePair","googActiveConnection":"true","googRtt":"40"}"#,
            1_000,
        )
        .connection();
    assert_eq!(connection["transportAggregates"]["meanRtt"], 40);
    assert_eq!(connection["candidatePairData"], json!({}));
}

#[test]
fn firefox_reports_its_pair_and_round_trip_in_other_fields() {
    let connection = Dump::of(FIREFOX)
        .poll(
            format!(
                r#"{},"S":{{"type":"candidate-pair","selected":true,"localCandidateId":"R","remoteCandidateId":"R"}},{TRANSPORT},
                "A":{{"type":"remote-inbound-rtp","roundTripTime":0.2,"ssrc":1}}"#,
                pair("0.1")
            )
            .replace('\n', ""),
            1_000,
        )
        .connection();
    assert_eq!(connection["candidatePairData"]["id"], "S");
    assert_eq!(connection["usesRelay"], false);
    assert_eq!(connection["transportAggregates"]["meanRtt"], 0.2);
}

#[test]
fn stats_of_an_unsupported_browser_are_counted_only() {
    let opera = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 OPR/106.0.0.0";
    let dump = Dump::of(opera).poll(format!("{TRANSPORT},{}", pair("0.1")), 1_000);
    assert_eq!(dump.metadata()["statsFormat"], "unsupported");
    assert_eq!(dump.features()["metrics"]["statsRequestCount"], 1);
    assert_eq!(dump.connection()["candidatePairData"], json!({}));
}
