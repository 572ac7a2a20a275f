//! Rows of tracks, their sums, and the received video sizes.

use e2e::poll;
use serde_json::{Value, json};

use crate::dump::{Dump, FIREFOX, START};

fn rows(connection: &Value, list: &str) -> Vec<(String, Value, u64, Value)> {
    let rows = connection["tracks"][list].as_array().unwrap();
    let row = |row: &Value| {
        let kind = row["mediaType"].as_str().unwrap().to_owned();
        (kind, row["ssrc"].clone(), row["packets"].as_u64().unwrap(), row["packetsLost"].clone())
    };
    rows.iter().map(row).collect()
}

#[test]
fn what_the_other_side_sent_is_a_sender_as_well() {
    let connection = Dump::chrome()
        .poll(
            poll![
                "O" => "outbound-rtp" {ssrc: 20, kind: "audio", packetsSent: 100, remoteId: "RI"},
                "RI" => "remote-inbound-rtp" {ssrc: 20, packetsLost: 3},
                "O2" => "outbound-rtp" {ssrc: 30, kind: "video", packetsSent: 7, remoteId: "gone"},
                "RO" => "remote-outbound-rtp" {ssrc: 9, kind: "audio", packetsSent: 50},
            ],
            1_000,
        )
        .connection();
    assert_eq!(
        rows(&connection, "senderTracks"),
        [
            ("audio".into(), json!(9), 50, json!(0)),
            ("audio".into(), json!(20), 100, json!(3)),
            ("video".into(), json!(30), 7, json!(0)),
        ]
    );
    assert_eq!(connection["trackAggregates"]["totalPacketsSent"], 157);
    assert_eq!(connection["trackAggregates"]["sentPacketsLostPct"], 1.91);
}

#[test]
fn in_firefox_the_remote_report_is_a_receiver_as_well() {
    let connection = Dump::of(FIREFOX)
        .poll(poll![
            "a" => "remote-inbound-rtp" {ssrc: 5, mediaType: "audio", packetsReceived: 90, packetsLost: 10},
            "b" => "outbound-rtp" {ssrc: 5, mediaType: "audio", packetsSent: 100},
            "c" => "inbound-rtp" {
                ssrc: 6, kind: "video", packetsReceived: 10, packetsLost: 0, frameHeight: 720,
                framesPerSecond: 30, totalSamplesReceived: 100, concealedSamples: 50,
            },
        ],
            1_000,
        )
        .connection();
    assert_eq!(rows(&connection, "senderTracks"), [("audio".into(), json!(5), 0, json!(10))]);
    assert_eq!(
        rows(&connection, "receiverTracks"),
        [("audio".into(), json!(5), 90, json!(10)), ("video".into(), json!(6), 10, json!(0))]
    );
    assert_eq!(connection.get("inboundVideoExperience"), None);
    assert_eq!(connection["tracks"]["receiverTracks"][1]["concealedPercentage"], 0);
}

#[test]
fn another_kind_of_video_is_another_track() {
    let received = |packets: u64| {
        format!(r#""I":{{"type":"inbound-rtp","ssrc":7,"kind":"video","packetsReceived":{packets}}}"#)
    };
    let kind = |kind: &str| json!({"ssrc": 7, "videoType": kind});
    let connection = Dump::chrome()
        .entry("setVideoType", &kind("desktop"), 0)
        .on("PC_0", "create", &json!({}), 500)
        .entry("setVideoType", &kind("camera"), 1_000)
        .poll(received(5), 2_000)
        .entry("setVideoType", &kind("camera"), 2_500)
        .entry("setVideoType", &kind("desktop"), 3_000)
        .poll(received(9), 4_000)
        .poll(
            format!(
                r#"{},"J":{{"type":"inbound-rtp","ssrc":8,"kind":"audio","packetsReceived":1}}"#,
                received(10)
            ),
            5_000,
        )
        .connection();
    assert_eq!(
        rows(&connection, "receiverTracks"),
        [
            ("video/desktop".into(), json!(7), 10, json!(0)),
            ("audio".into(), json!(8), 1, json!(0)),
            // Those that ended come last.
            ("video/camera".into(), json!(7), 5, json!(0)),
        ]
    );
    let times = |at: usize| {
        let row = &connection["tracks"]["receiverTracks"][at];
        (row["startTime"].as_u64().unwrap() - START, row["endTime"].as_u64().unwrap() - START)
    };
    assert_eq!((times(0), times(1), times(2)), ((3_000, 5_000), (5_000, 5_000), (1_000, 3_000)));
    assert_eq!(connection["trackAggregates"]["totalPacketsReceived"], 16);
}

#[test]
fn a_kind_of_video_goes_to_named_connections_only() {
    let features = Dump::chrome()
        .entry("onconnectionstatechange", &json!("new"), 0)
        .entry("setVideoType", &json!({"ssrc": 7, "videoType": "camera"}), 1_000)
        .entry(
            "getstats",
            &json!({"I": {"type": "inbound-rtp", "ssrc": 7, "kind": "video", "packetsReceived": 1}}),
            2_000,
        )
        .features();
    assert_eq!(
        rows(&features["aggregates"]["null"], "receiverTracks"),
        [("video".into(), json!(7), 1, json!(0))]
    );
}

#[test]
fn losses_have_a_share_and_a_variance() {
    let poll = |lost: i64, packets: u64| {
        poll![
            "I" => "inbound-rtp" {
                ssrc: 7, kind: "audio", packetsReceived: packets, packetsLost: lost, totalSamplesReceived: 300,
                concealedSamples: 1,
            },
        ]
    };
    let row = |polls: &[(i64, u64)]| {
        let polls = polls.iter().zip(1..);
        let dump = polls
            .fold(Dump::chrome(), |dump, ((lost, packets), at)| dump.poll(poll(*lost, *packets), at * 1_000));
        dump.connection()["tracks"]["receiverTracks"][0].clone()
    };
    let some = row(&[(0, 10), (3, 20), (4, 30)]);
    assert_eq!((&some["packetsLostPct"], &some["packetsLostVariance"]), (&json!(13.33), &json!(1)));
    assert_eq!(some["concealedPercentage"], 0.33);
    for (lost, packets) in [(-2, 10), (10, 10), (1, 1_000_000_000)] {
        assert_eq!(row(&[(lost, packets)])["packetsLostPct"], 0, "{lost} of {packets}");
    }
    // A track whose report has no `kind` has no row.
    let dump = Dump::chrome().poll(r#""I":{"type":"inbound-rtp","ssrc":7,"packetsReceived":1}"#, 1_000);
    assert_eq!(dump.connection()["tracks"]["receiverTracks"], json!([]));
}

#[test]
fn old_reports_are_text_and_so_are_their_heights() {
    let connection = Dump::chrome()
        .poll(
            poll![
                "ssrc_1_recv" => "ssrc" {
                    ssrc: "1", mediaType: "video", packetsReceived: "5", googFrameHeightReceived: "1080",
                    googFrameRateOutput: "30",
                },
                "ssrc_2_recv" => "ssrc" {
                    ssrc: "2", mediaType: "video", packetsReceived: "5", googFrameHeightReceived: "720",
                },
                "ssrc_3_send" => "ssrc" {ssrc: "3", mediaType: "video", packetsSent: "6"},
            ],
            1_000,
        )
        .connection();
    assert_eq!(rows(&connection, "receiverTracks")[0], ("video".into(), json!("1"), 5, json!(0)));
    assert_eq!(rows(&connection, "senderTracks"), [("video".into(), json!("3"), 6, json!(0))]);
    // As text, 720 is more than 1080.
    assert_eq!(
        connection["inboundVideoExperience"],
        json!({"upperBoundAggregates": {"meanFrameHeight": 720, "meanFramesPerSecond": 0},
            "lowerBoundAggregates": {"meanFrameHeight": 1080, "meanFramesPerSecond": 30}})
    );
}

#[test]
fn the_best_and_the_worst_picture_of_each_poll_are_averaged() {
    let video = |id: &str, height: u64, fps: f64| {
        format!(
            r#""{id}":{{"type":"inbound-rtp","ssrc":1,"kind":"video","frameHeight":{height},"framesPerSecond":{fps}}}"#
        )
    };
    let connection = Dump::chrome()
        .poll(
            [
                video("A", 180, 15.0),
                video("B", 720, 24.0),
                video("C", 720, 30.0),
                video("D", 180, 10.0),
                video("E", 0, 1.0),
            ]
            .join(","),
            1_000,
        )
        .poll([video("A", 360, 20.0)].join(","), 2_000)
        .connection();
    assert_eq!(
        connection["inboundVideoExperience"],
        json!({"upperBoundAggregates": {"meanFrameHeight": 540, "meanFramesPerSecond": 25},
            "lowerBoundAggregates": {"meanFrameHeight": 270, "meanFramesPerSecond": 15}})
    );
}
