//! Rows for the warehouse and the metadata table.

use analyzer_wasm::rtcstats_server::{CONNECTIONS, DumpIds, MEETINGS, Object, Origin, Records, TRACKS};
use e2e::poll;
use serde_json::{Value, json};

use crate::dump::{Dump, extract, header, parse};

fn records(dump: &Dump, ids: &mut DumpIds) -> Records {
    let origin = Origin { app_env: "test".to_owned(), created_ms: 1_700_000_100_999.0 };
    Records::of(&extract("a/id_2.gz", dump.bytes()), &origin, ids)
}

fn dump() -> Dump {
    Dump::chrome()
        .entry(
            "identity",
            &json!({"confName": "Room", "confID": "H/Room", "meetingUniqueId": "M", "displayName": "Ada"}),
            0,
        )
        .entry("faceLandmarks", &json!({"duration": 4, "faceLandmarks": "sad"}), 1_000)
        .poll(
            poll![
                "C" => "candidate-pair" {},
                "T" => "transport" {selectedCandidatePairId: "C"},
                "I" => "inbound-rtp" {
                    ssrc: 7, kind: "video", packetsReceived: 5, frameHeight: 720, framesPerSecond: 30,
                },
                "J" => "inbound-rtp" {ssrc: 8, kind: "audio", packetsReceived: 5},
                "O" => "outbound-rtp" {ssrc: 7, kind: "video", packetsSent: 6},
            ],
            2_000,
        )
}

fn columns(row: &Object) -> Vec<&str> {
    row.members().map(|(name, _)| name).collect()
}

#[test]
fn a_browsers_dump_has_rows_in_every_table() {
    let records = records(&dump(), &mut DumpIds::default());
    assert_eq!(
        parse(&records.dynamodb),
        json!({"dumpId": "id_2.gz", "conferenceId": "room", "conferenceUrl": "h/room", "userId": "Ada", "sessionId": "M",
            "app": "Undefined", "baseDumpId": "id", "startDate": 1_700_000_001_000_u64, "endDate": 1_700_000_002_000_u64})
    );
    let meeting = parse(&records.meetings[0]);
    for (column, expect) in [
        ("appEnv", json!("test")),
        ("createDate", json!("2023-11-14 22:15:00")),
        ("statsSessionId", json!("id_2")),
        ("displayName", json!("Ada")),
        ("meetingName", json!("Room")),
        ("sessionStartTime", json!("2023-11-14 22:13:21")),
        // The server writes the time of processing.
        ("conferenceStartTime", Value::Null),
        ("sentimentSad", json!(4)),
        ("os", json!("Linux 64-bit")),
        ("browserVersion", json!("120.0.0.0")),
        ("tenant", json!("")),
    ] {
        assert_eq!(meeting[column], expect, "{column}");
    }
    let connection = parse(&records.connections[0]);
    assert_eq!(
        (&connection["pcname"], &connection["meanUpperBoundFrameHeight"]),
        (&json!("PC_0"), &json!(720))
    );
    assert_eq!((&connection["isP2P"], &connection["localAddress"]), (&Value::Null, &json!("")));
    assert_eq!(connection["id"].as_str().map(str::len), Some(36), "its own, not the pair's: {connection}");
    let tracks: Vec<Value> = records.tracks.iter().map(parse).collect();
    let directions: Vec<&Value> = tracks.iter().map(|track| &track["direction"]).collect();
    assert_eq!(directions, ["received", "received", "send"]);
    for track in &tracks {
        assert_eq!((&track["pcId"], &track["startTime"]), (&connection["id"], &json!("2023-11-14 22:13:22")));
    }
    for (rows, table) in
        [(&records.meetings, MEETINGS), (&records.connections, CONNECTIONS), (&records.tracks, TRACKS)]
    {
        for row in rows {
            let in_order: Vec<&str> =
                table.columns.iter().copied().filter(|column| row.get(column).is_some()).collect();
            assert_eq!(columns(row), in_order, "{}", table.name);
        }
    }
}

#[test]
fn the_same_dump_has_the_same_ids_and_another_dump_id_when_it_comes_again() {
    let id = |records: &Records| records.tracks[0].get("id").map(ToString::to_string);
    let mut ids = DumpIds::default();
    let (first, again) = (records(&dump(), &mut ids), records(&dump(), &mut ids));
    assert_eq!(id(&first), id(&records(&dump(), &mut DumpIds::default())));
    assert_eq!(parse(&again.dynamodb)["dumpId"], "id_3.gz");
    assert_ne!(id(&first), id(&again));
    let ids: std::collections::BTreeSet<_> =
        first.tracks.iter().chain(&first.connections).map(|row| row.get("id").unwrap().to_string()).collect();
    assert_eq!(ids.len(), 4);
}

#[test]
fn a_servers_dump_has_a_metadata_row_only() {
    let dump = Dump::empty().line(&header("1.0_JIGASI", "Node v20.5.1")).line(
        &json!({"statsSessionId": "id", "type": "identity", "data": {"applicationName": "JIGASI"}})
            .to_string(),
    );
    let records = records(&dump, &mut DumpIds::default());
    let row = parse(&records.dynamodb);
    for (column, expect) in [
        ("app", json!("JIGASI")),
        ("conferenceId", json!("undefined")),
        ("conferenceUrl", json!("undefined")),
        ("userId", json!("undefined")),
        ("sessionId", json!("undefined")),
        ("startDate", Value::Null),
    ] {
        assert_eq!(row[column], expect, "{column}");
    }
    assert!(records.meetings.is_empty() && records.connections.is_empty() && records.tracks.is_empty());
}
