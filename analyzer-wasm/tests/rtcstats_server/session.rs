//! Times, identities, metrics and speakers of a session.

use serde_json::json;

use crate::dump::{CHROME, Dump, START, header};

#[test]
fn the_header_may_be_text_and_names_the_browser() {
    let info = json!({"clientProtocol": "3.1_STANDARD", "userAgent": CHROME}).to_string();
    let dump = Dump::empty().line(&json!(["connectionInfo", null, info, START]).to_string());
    assert_eq!(dump.extract().server_fails_at, None);
    assert_eq!(dump.metadata()["statsFormat"], "chrome_standard");
    assert_eq!(dump.features()["browserInfo"]["nameVersionOs"], "Chrome/120.0.0.0/Linux 64-bit");
    assert_eq!(Dump::of("").features().get("browserInfo"), None);
}

#[test]
fn identities_are_merged_and_their_rest_left_out() {
    let dump = Dump::chrome()
        .entry(
            "identity",
            &json!({"confName": "a", "displayName": "Ada-x1", "amplitudeAPPKey": "secret",
            "deploymentInfo": {"region": "eu", "shard": "s1"}}),
            0,
        )
        .entry(
            "identity",
            &json!({"confName": "b", "endpointId": "aa", "userId": null,
            "deploymentInfo": {"shard": "s2"}}),
            0,
        )
        .entry("identity", &json!({"endpointId": "bb"}), 0);
    let text = dump.extract().to_object().to_string();
    assert!(!text.contains("secret"), "{text}");
    assert_eq!(
        dump.metadata(),
        json!({"app": "Undefined", "clientId": "id", "clientType": "RTCSTATS_CLIENT", "conferenceId": "b",
            "dumpPath": "dumps/id.gz", "endpointId": "bb", "userId": "Ada-x1", "ampUserId": null,
            "statsFormat": "chrome_standard", "tenant": "", "jaasMeetingFqn": "", "jaasClientId": "",
            "isJaaSTenant": false})
    );
    assert_eq!(dump.features()["deploymentInfo"], json!({"region": "eu", "shard": "s2"}));
    assert_eq!(Dump::chrome().entry("identity", &json!({}), 0).features()["deploymentInfo"], json!({}));
    assert_eq!(Dump::chrome().features().get("deploymentInfo"), None);
}

#[test]
fn a_customer_id_overrides_that_of_the_tenant() {
    let identity = json!({"confID": "8x8.vc/vpaas-magic-cookie-abc/room", "customerId": "xyz"});
    let metadata = Dump::chrome().entry("identity", &identity, 0).metadata();
    assert_eq!(metadata["tenant"], "vpaas-magic-cookie-abc");
    assert_eq!((&metadata["jaasClientId"], &metadata["isJaaSTenant"]), (&json!("xyz"), &json!(true)));
}

#[test]
fn a_session_lasts_from_its_first_entry_to_its_latest() {
    let features = Dump::chrome()
        .entry("identity", &json!({}), 90_000)
        .entry("logs", &json!([]), 5_000)
        .entry("logs", &json!([]), 1_000)
        .entry("logs", &json!([]), 8_000)
        .entry("logs", &json!([]), 7_000)
        .features();
    assert_eq!(features["sessionStartTime"], START + 5_000);
    assert_eq!(features["sessionEndTime"], START + 8_000);
    assert_eq!(features["metrics"]["sessionDurationMs"], 3_000);
    assert_eq!(features["conferenceStartTime"], 0);
    assert_eq!(features["metrics"]["conferenceDurationMs"], 0);
}

#[test]
fn a_conference_starts_at_what_is_no_zero() {
    let start = |values: &[serde_json::Value]| {
        let dump = Dump::chrome().entry("logs", &json!([]), 1_000);
        let dump = values.iter().fold(dump, |dump, at| dump.entry("conferenceStartTimestamp", at, 2_000));
        let features = dump.features();
        (features["conferenceStartTime"].clone(), features["metrics"]["conferenceDurationMs"].clone())
    };
    let text = (START - 5_000).to_string();
    assert_eq!(start(&[json!(text), json!("0")]), (json!(START - 5_000), json!(7_000)));
    assert_eq!(start(&[json!(START), json!(0)]), (json!(START), json!(2_000)));
    // The server takes its own clock for these.
    assert_eq!(start(&[json!(START), json!("soon")]), (json!(null), json!(0)));
    assert_eq!(start(&[json!(null)]), (json!(null), json!(0)));
}

#[test]
fn lines_are_counted_by_kind_in_the_memory_they_take() {
    let lines = [
        r#"["setLocalDescription","PC_0",{"sdp":"é"},1700000000001]"#,
        r#"["getstats","PC_0",{},1700000000001]"#,
        r#"["dominantSpeaker",null,{"dominantSpeakerEndpoint":"a"},1700000000001]"#,
        r#"["faceLandmarks",null,{"duration":2,"faceLandmarks":"happy","timestamp":5},1700000000001]"#,
        r#"["logs",null,["😀"],1700000000001]"#,
        r#"["addIceCandidateOnFailure","PC_0","x",1700000000001]"#,
        // The server handles these itself and does not count them.
        r#"["ondtlsstatechange","PC_0","connected",1700000000001]"#,
        r#"["setVideoType",null,{"ssrc":1,"videoType":"camera"},1700000000001]"#,
        r#"["createOfferOnFailure","PC_0","x",1700000000001]"#,
    ];
    let features = lines.iter().fold(Dump::chrome(), |dump, line| dump.line(line)).features();
    let metrics = &features["metrics"];
    let size = |at: usize| 2 * lines[at].encode_utf16().count();
    for (class, bytes, count) in [
        ("sdp", size(0), 1),
        ("stats", size(1), 1),
        ("ds", size(2), 1),
        ("sentiment", size(3), 1),
        ("other", size(4) + size(5), 2),
    ] {
        assert_eq!(metrics[format!("{class}RequestBytes")], bytes, "{class}");
        assert_eq!(metrics[format!("{class}RequestCount")], count, "{class}");
    }
    assert_eq!(metrics["totalProcessedCount"], 5);
    assert_eq!(metrics["totalProcessedBytes"], size(0) + size(1) + size(2) + size(4) + size(5));
}

#[test]
fn faces_and_pings_are_kept() {
    let face = |face: &str, seconds: u64| json!({"duration": seconds, "faceLandmarks": face, "timestamp": 7});
    let features = Dump::chrome()
        .entry("faceLandmarks", &face("happy", 2), 1)
        .entry("faceLandmarks", &face("camera-on", 9), 2)
        .entry("faceLandmarks", &face("happy", 3), 3)
        .entry("e2eRtt", &json!({"remoteEndpointId": "bb", "rtt": 5}), 4)
        .entry("e2eRtt", &json!({"remoteEndpointId": "bb", "rtt": 6, "remoteRegion": "eu"}), 5)
        .features();
    assert_eq!(features["sentiment"]["happy"], 5);
    assert_eq!(features["faceLandmarksTimestamps"][1], json!({"timestamp": 7, "faceLandmarks": "camera-on"}));
    assert_eq!(features["faceLandmarksTimestamps"].as_array().unwrap().len(), 3);
    assert_eq!(features["e2epings"], json!({"bb": {"rtt": 6, "remoteRegion": "eu"}}));
    assert_eq!(Dump::chrome().features().get("e2epings"), None);
}

#[test]
fn a_silent_dominant_speaker_at_the_end_adds_no_speaking_time() {
    let turn = |id: Option<&str>| json!({"dominantSpeakerEndpoint": id});
    // The first id counts, whatever follows.
    let identity = |id: &str| json!({"endpointId": id});
    let dump =
        || Dump::chrome().entry("identity", &identity("me"), 0).entry("identity", &identity("not me"), 0);
    let features = dump()
        .entry("dominantSpeaker", &turn(Some("me")), 1_000)
        .entry("dominantSpeaker", &turn(None), 3_000)
        .features();
    assert_eq!((&features["dominantSpeakerChanges"], &features["speakerTime"]), (&json!(0), &json!(0)));
    assert_eq!(features["dominantSpeakerEvents"].as_array().unwrap().len(), 2);
    let features = dump()
        .entry("dominantSpeaker", &turn(Some("me")), 1_000)
        .entry("dominantSpeaker", &turn(Some("you")), 3_000)
        .entry("logs", &json!([]), 4_000)
        .features();
    assert_eq!((&features["dominantSpeakerChanges"], &features["speakerTime"]), (&json!(1), &json!(2_000)));
}

#[test]
fn a_later_header_changes_the_name_only() {
    let firefox = header("3.1_STANDARD", crate::dump::FIREFOX);
    let dump = Dump::chrome().line(&firefox);
    assert_eq!(dump.metadata()["statsFormat"], "chrome_standard");
    assert_eq!(dump.features()["browserInfo"]["name"], "Firefox");
}
