//! The features and rows of rtcstats-server, compared with the results of that server for real dumps.

use std::collections::BTreeMap;
use std::fs;

use analyzer_wasm::rtcstats_server::{DumpIds, Extracted, Object, Origin, Records};
use e2e::workspace::file_name;
use e2e::{corpus, corpus_tests, difference, driver};
use serde_json::{Value, json};

corpus_tests![
    features_are_the_servers,
    candidate_pairs_are_the_servers,
    numbers_of_the_turn_dumps_are_the_servers,
    records_are_the_servers,
    every_dump_gives_an_answer_in_any_chunking,
];

/// When the rows of these tests are made.
const CREATED_MS: f64 = 1_700_000_000_000.0;

/// The files of a folder of the corpus by their names without `.json`.
fn files(folder: &str) -> BTreeMap<String, Vec<u8>> {
    corpus::files(folder)
        .unwrap()
        .into_iter()
        .map(|path| (file_name(&path).trim_end_matches(".json").to_owned(), fs::read(path).unwrap()))
        .collect()
}

fn json_file(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

fn json_of(object: &Object) -> Value {
    json_file(object.to_string().as_bytes())
}

fn extract_in(name: &str, bytes: &[u8], chunk: usize) -> Extracted {
    driver::features_in(name, bytes, chunk).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn extract(name: &str, bytes: &[u8]) -> Extracted {
    extract_in(name, bytes, usize::MAX)
}

fn features(name: &str, bytes: &[u8]) -> Value {
    json_of(&extract(name, bytes).features)
}

#[track_caller]
fn assert_equal(place: &str, ours: &Value, theirs: &Value) {
    let places = difference::between(ours, theirs);
    assert!(
        places.is_empty(),
        "{place}, ours | the server's:
{}",
        places.join(
            "
"
        )
    );
}

fn features_are_the_servers() {
    let dumps = files("jitsi/dumps");
    let mut compared = 0;
    for (name, expected) in files("jitsi/expected-features") {
        let expected = json_file(&expected);
        let expected = if expected.is_array() { &expected[0] } else { &expected };
        assert_equal(&name, &features(&name, &dumps[&name]), &expected["features"]);
        compared += 1;
    }
    assert_eq!(compared, 8);
}

fn candidate_pairs_are_the_servers() {
    let dumps = files("jitsi/dumps");
    let expected = files("jitsi").remove("expected-candidate-pairs").unwrap();
    for (name, connections) in json_file(&expected).as_object().unwrap() {
        let ours = features(name, &dumps[name]);
        for (id, expected) in connections.as_object().unwrap() {
            let pair = &ours["aggregates"][id]["candidatePairData"];
            assert_equal(&format!("{name} {id}"), pair, expected);
        }
    }
}

/// Numbers of dumps for which the server's whole answer is not at hand: session and conference in ms, counts of
/// stats, SDP and other entries, then for each connection its duration, round trip, packets sent and lost, received
/// and lost, best height and frame rate.
type Numbers = (&'static str, [f64; 5], &'static [(&'static str, [f64; 8])]);

const NUMBERS: &[Numbers] = &[
    (
        "chrome-relay",
        [121_892.0, 244_030.0, 13.0, 4.0, 23.0],
        &[("PC_0", [121_551.0, 0.06, 8_893.0, 0.0, 12_399.0, 222.0, 345.0, 22.17])],
    ),
    (
        "google-standard-stats-relay-p2p",
        [58_174.0, 58_822.0, 20.0, 6.0, 56.0],
        &[
            ("PC_0", [43_895.0, 0.06, 0.0, 0.0, 0.0, 0.0, f64::NAN, f64::NAN]),
            ("PC_1", [44_290.0, 0.16, 0.0, 0.0, 0.0, 0.0, f64::NAN, f64::NAN]),
        ],
    ),
];

fn numbers_of_the_turn_dumps_are_the_servers() {
    let dumps = files("jitsi/dumps");
    for (name, session, connections) in NUMBERS {
        let ours = features(name, &dumps[*name]);
        let metrics = &ours["metrics"];
        let of = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
        let names = [
            "sessionDurationMs",
            "conferenceDurationMs",
            "statsRequestCount",
            "sdpRequestCount",
            "otherRequestCount",
        ];
        assert_eq!(names.map(|member| of(&metrics[member])), *session, "{name}");
        assert_eq!(ours["aggregates"].as_object().unwrap().len(), connections.len(), "{name}");
        for (id, expected) in *connections {
            let connection = &ours["aggregates"][id];
            let (tracks, best) = (
                &connection["trackAggregates"],
                &connection["inboundVideoExperience"]["upperBoundAggregates"],
            );
            let numbers = [
                &connection["pcSessionDurationMs"],
                &connection["transportAggregates"]["meanRtt"],
                &tracks["totalPacketsSent"],
                &tracks["totalSentPacketsLost"],
                &tracks["totalPacketsReceived"],
                &tracks["totalReceivedPacketsLost"],
                &best["meanFrameHeight"],
                &best["meanFramesPerSecond"],
            ];
            for (ours, expected) in numbers.map(of).into_iter().zip(*expected) {
                assert!(ours == expected || ours.is_nan() && expected.is_nan(), "{name} {id}: {numbers:?}");
            }
        }
    }
}

/// The dump as the server stored it when its own test sent it: with a header for the browser that the test claimed
/// to be, lines of servers in the form in which they are stored.
fn as_stored(dump: &[u8], expected: &Value) -> Vec<u8> {
    let metadata = &expected["dumpMetadata"];
    let (protocol, user_agent) = match metadata["clientType"].as_str().unwrap() {
        "RTCSTATS_CLIENT" => {
            ("3.1_STANDARD", expected["features"]["browserInfo"]["userAgent"].as_str().unwrap())
        }
        "JVB_CLIENT" => ("3.0_JVB", "Node v20.5.1"),
        "JICOFO_CLIENT" => ("1.0_JICOFO", "Node v20.5.1"),
        "JIGASI_CLIENT" => ("1.0_JIGASI", "Node v20.5.1"),
        other => panic!("{other}"),
    };
    let info = json!({"path": "/", "origin": "https://localhost", "clientProtocol": protocol, "userAgent": user_agent});
    let mut stored = serde_json::to_vec(&json!(["connectionInfo", null, info, CREATED_MS])).unwrap();
    for line in dump.split(|byte| *byte == b'\n').filter(|line| !line.starts_with(b"[\"connectionInfo\"")) {
        stored.push(b'\n');
        stored.extend_from_slice(line);
    }
    stored
}

/// An object without these members.
fn without(value: &Value, members: &[&str]) -> Value {
    let mut value = value.clone();
    members.iter().for_each(|member| drop(value.as_object_mut().unwrap().remove(*member)));
    value
}

/// The members that the server's own test does not compare: random, the file's name in its run, or its clock.
const METADATA_NOT_COMPARED: &[&str] = &["clientId", "dumpPath"];
const FEATURES_NOT_COMPARED: &[&str] = &["metrics"];
const SERVER_FEATURES_NOT_COMPARED: &[&str] = &["sessionStartTime", "sessionEndTime"];
const ROW_NOT_COMPARED: &[&str] = &["dumpId", "baseDumpId", "startDate", "endDate"];
const RECORD_NOT_COMPARED: &[&str] = &["createDate", "id", "pcId", "statsSessionId"];

/// Rows by a name, without what is not compared.
fn named<'a>(rows: impl Iterator<Item = (String, &'a Value)>) -> Value {
    rows.map(|(name, row)| (name, without(row, RECORD_NOT_COMPARED)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn compare_rows(name: &str, records: &Records, expected: &Value) {
    let row = |value: &Value| without(value, ROW_NOT_COMPARED);
    let ours = row(&json_of(&records.dynamodb));
    assert_equal(&format!("{name} DynamoDB"), &ours, &row(&expected["expectedDynamoData"]));
    let expected = &expected["expectedRedshiftData"];
    let theirs = |key: &str| {
        let rows = expected[key].as_object().into_iter().flatten();
        named(rows.map(|(name, row)| (name.clone(), row)))
    };
    let meetings: Vec<Value> = records.meetings.iter().map(json_of).collect();
    let expected_meetings: Vec<&Value> = expected.get("meetingRecord").into_iter().collect();
    assert_eq!(meetings.len(), expected_meetings.len(), "{name}");
    for (ours, theirs) in meetings.iter().zip(expected_meetings) {
        let record = |value: &Value| without(value, RECORD_NOT_COMPARED);
        assert_equal(&format!("{name} meeting"), &record(ours), &record(theirs));
    }
    let connections: Vec<Value> = records.connections.iter().map(json_of).collect();
    let ours = named(connections.iter().map(|row| (text(&row["pcname"]), row)));
    assert_equal(&format!("{name} connections"), &ours, &theirs("pcRecords"));
    // Rows of the same SSRC and direction share a name there, of which the last is left.
    let tracks: Vec<Value> = records.tracks.iter().map(json_of).collect();
    let ours = tracks.iter().map(|row| (format!("{}-{}", text(&row["ssrc"]), text(&row["direction"])), row));
    assert_equal(&format!("{name} tracks"), &named(ours), &theirs("trackRecords"));
}

fn records_are_the_servers() {
    let dumps = files("jitsi/dumps");
    let origin = Origin { app_env: "local".to_owned(), created_ms: CREATED_MS };
    let mut compared = 0;
    for (name, expected) in files("jitsi/expected-records") {
        let expected = json_file(&expected);
        let theirs = &expected["expectedExtractData"];
        let dump = extract(&name, &as_stored(&dumps[&name], theirs));
        assert_eq!((dump.has_header, dump.server_fails_at), (true, None), "{name}");
        let metadata = |value: &Value| without(value, METADATA_NOT_COMPARED);
        let ours = metadata(&json_of(&dump.metadata));
        assert_equal(&format!("{name} dumpMetadata"), &ours, &metadata(&theirs["dumpMetadata"]));
        let not_compared = if dump.is_browser { FEATURES_NOT_COMPARED } else { SERVER_FEATURES_NOT_COMPARED };
        let ours = without(&json_of(&dump.features), not_compared);
        assert_equal(&format!("{name} features"), &ours, &without(&theirs["features"], not_compared));
        let records = Records::of(&dump, &origin, &mut DumpIds::default());
        assert_eq!(records.dynamodb.get("startDate"), dump.features.get("sessionStartTime"), "{name}");
        compare_rows(&name, &records, &expected);
        compared += 1;
    }
    assert_eq!(compared, 7);
}

/// Every dump of the corpus as it lies there, some of which the server cannot read.
fn every_dump_gives_an_answer_in_any_chunking() {
    for (name, bytes) in files("jitsi/dumps") {
        let whole = extract(&name, &bytes);
        for chunk in [61, 4_096] {
            assert!(extract_in(&name, &bytes, chunk) == whole, "{name} in chunks of {chunk}");
        }
        let is_server = name.ends_with("-sample");
        assert_eq!(whole.is_browser, !is_server, "{name}");
        let reads = !is_server && !name.starts_with("google-legacy");
        assert_eq!((whole.has_header, whole.server_fails_at), (reads, (!reads).then_some(1)), "{name}");
        assert!(whole.problems.to_report().is_empty(), "{name}");
        let metadata = json_of(&whole.metadata);
        if let Some(server) = name.strip_suffix("-sample") {
            assert_eq!(metadata["clientType"], format!("{}_CLIENT", server.to_uppercase()));
        }
    }
}
