//! Test vectors of Jitsi's own call analytics with the expected results of this analyzer. Where a result differs,
//! the row gives the reason.

use analyzer_wasm::query::LogSearch;
use analyzer_wasm::report::{LogLevel, LogQuery, Report};
use analyzer_wasm::wire::Query;
use e2e::driver;
use e2e::dump::Dump;
use serde_json::json;

use crate::server_dump::server_identity;
use crate::support::report_of;

const V: u64 = 1_758_551_000_000;

/// A dump of those lines.
fn dump(lines: &[&str]) -> Dump {
    let mut dump = Dump::empty();
    lines.iter().for_each(|line| {
        dump.line(line);
    });
    dump
}

/// Times of the events of a subtype on their writer's clock.
fn times(report: &Report, subtype: &str) -> Vec<f64> {
    let clock = |key: &str| {
        let person = report.participants.iter().find(|person| person.key == key);
        person.map_or(0.0, |person| person.clock.offset_ms)
    };
    let of_kind = report.events.iter().filter(|event| event.subtype == subtype);
    of_kind.map(|event| event.at_ms - event.participant.as_deref().map_or(0.0, clock)).collect()
}

/// The issues that a dump shows: what they are, and their subtype.
fn issues(lines: &[&str]) -> Vec<(String, String)> {
    let mut dump = Dump::of("aaaa0001");
    lines.iter().for_each(|line| {
        dump.line(line);
    });
    let report = report_of(&[("a", &dump)]);
    report.events.into_iter().filter_map(|event| Some((event.issue?, event.subtype))).collect()
}

#[test]
fn screen_shares_are_detected_by_their_muted_flag() {
    let at = |after: u64| (V + after) as f64;
    let info = json!({
        "clientType": "web",
        "path": "/xmpp-websocket",
        "statsSessionId": "test-session-123",
        "userAgent": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/120.0.0.0",
    });
    let header = json!(["connectionInfo", "conn123", info, 1_758_551_499_000_u64, 0]).to_string();
    let shared = dump(&[
        &header,
        r#"["identity","conn123",{"displayName":"TestUser","endpointId":"endpoint123"},1758551500000,1]"#,
        r#"["identity","conn123",{"applicationName":"Jitsi Meet"},1758551501000,2]"#,
        r#"["screenshareToggled","conn123",false,1758551600000,10]"#,
        r#"["screenshareToggled","conn123",true,1758551700000,20]"#,
        r#"["screenshareToggled","conn123",false,1758551800000,30]"#,
        r#"["screenshareToggled","conn123",true,1758551900000,40]"#,
    ]);
    let report = report_of(&[("test-screenshare-session.json", &shared)]);
    assert_eq!(times(&report, "screenshare_start"), [at(600_000), at(800_000)]);
    assert_eq!(times(&report, "screenshare_stop"), [at(700_000), at(900_000)]);
    let person = &report.participants[0];
    assert_eq!(person.activity.screenshare_ms, Some(200_000.0));
    assert_eq!(
        (person.client.browser.as_deref(), person.client.os.as_deref()),
        (Some("Chrome"), Some("macOS"))
    );
    assert_eq!(person.name.as_deref(), Some("TestUser"), "a later identity without a name takes none away");
    // Jitsi times joins by the server's clock and shares by the client's. The header was written after the identity, so
    // this client's clock is a second ahead: on the conference's clock the join has Jitsi's time, the rest is shifted.
    assert_eq!(person.clock.offset_ms, -1_000.0);
    let of = |subtype: &str| report.events.iter().find(|event| event.subtype == subtype).unwrap().at_ms;
    assert_eq!((of("join"), of("leave")), (at(499_000), at(899_000)));

    let media = dump(&[
        r#"["identity","c",{"displayName":"MediaTestUser","endpointId":"mediaEndpoint456"},1758551600000,1]"#,
        r#"["screenshareToggled","c",false,1758551650000,2]"#,
        r#"["screenshareToggled","c",true,1758551750000,3]"#,
    ]);
    let report = report_of(&[("test-screenshare-media.json", &media)]);
    let toggles: Vec<_> =
        report.events.iter().filter(|event| event.subtype.starts_with("screenshare")).collect();
    assert_eq!(toggles.len(), 2);
    assert!(toggles.iter().all(|event| event.participant.as_deref() == Some("mediaEndpoint456")));

    let both = dump(&[
        r#"["identity","c",{"displayName":"IntegrationUser","endpointId":"i1"},1758551500000,1]"#,
        r#"["dominantSpeakerChanged","c",{},1758551600000,2]"#,
        r#"["screenshareToggled","c",false,1758551650000,3]"#,
        r#"["screenshareToggled","c",true,1758551750000,4]"#,
        r#"["dominantSpeakerChanged","c",{},1758551800000,5]"#,
    ]);
    let report = report_of(&[("integration-test-session.json", &both)]);
    // Jitsi has two starts without a stop between; no other endpoint spoke, so here it is one event with count 2.
    assert_eq!(times(&report, "dominant_speaker_start"), [at(600_000)]);
    assert_eq!(times(&report, "dominant_speaker_stop"), [0.0; 0]);
    let started = report.events.iter().find(|event| event.subtype == "dominant_speaker_start").unwrap();
    assert_eq!(started.count, 2);
    assert_eq!(times(&report, "screenshare_start").len() + times(&report, "screenshare_stop").len(), 2);
}

#[test]
fn no_stats_give_no_numbers_and_a_poll_gives_its_own() {
    let nothing = report_of(&[("t1", &Dump::of("aaaa0001"))]);
    let person = &nothing.participants[0];
    assert!(person.quality.is_none() && nothing.conference.quality.is_none());
    let network = &person.network;
    assert!(network.rtt_ms.is_none() && network.jitter_ms.is_none());
    assert!(network.loss_down_ratio.is_none() && network.send_bps.is_none() && network.receive_bps.is_none());

    let mut polled = Dump::of("aaaa0001");
    let reports = json!({
        "a": {"type": "candidate-pair", "nominated": true, "currentRoundTripTime": 0.2},
        "b": {"type": "inbound-rtp", "packetsLost": 10, "packetsReceived": 90, "jitter": 0.03},
    });
    polled.on_connection("stats", reports, 1_000);
    let network = report_of(&[("t2", &polled)]).participants.remove(0).network;
    assert_eq!(network.rtt_ms.map(|rtt| rtt.mean), Some(200.0));
    assert_eq!(network.loss_down_ratio, Some(0.1));
    assert_eq!(network.jitter_ms.map(|jitter| jitter.mean), Some(30.0));
}

#[test]
fn one_leaves_when_all_connections_are_closed_or_the_dump_ends() {
    let begin = 1_700_000_000_000_u64;
    for (both, left) in [(false, 500), (true, 300)] {
        let mut lines = Dump::of("aaaa0001");
        lines
            .line(&format!(r#"["create","PC_0",{{}},{}]"#, begin + 1))
            .line(&format!(r#"["create","PC_1",{{}},{}]"#, begin + 2))
            .line(&format!(r#"["close","PC_0",{{}},{}]"#, begin + 100));
        if both {
            lines.line(&format!(r#"["close","PC_1",{{}},{}]"#, begin + 300));
        }
        lines.entry("stropheReconnected", "null", 500);
        let report = report_of(&[("t3", &lines)]);
        assert_eq!(times(&report, "leave"), [(begin + left) as f64]);
    }
}

#[test]
fn speakers_stop_when_another_one_starts() {
    let begin = 1_700_000_000_000.0;
    let stops = |of_ada: &[u64], of_bob: &[u64]| {
        let (mut ada, mut bob) = (Dump::of("aaaa0001"), Dump::of("bbbb0001"));
        for (dump, times) in [(&mut ada, of_ada), (&mut bob, of_bob)] {
            times.iter().for_each(|after| {
                dump.entry("dominantSpeakerChanged", "{}", *after);
            });
            dump.entry("e2eRtt", "{}", 9_000);
        }
        let report = report_of(&[("a", &ada), ("b", &bob)]);
        let stopped = report.events.into_iter().filter(|event| event.subtype == "dominant_speaker_stop");
        stopped.map(|event| (event.participant.unwrap(), event.at_ms - begin)).collect::<Vec<_>>()
    };
    let (ada, bob) = ("aaaa0001".to_owned(), "bbbb0001".to_owned());
    assert_eq!(stops(&[1_000, 3_000], &[2_000]), [(ada.clone(), 1_999.0), (bob, 2_999.0)]);
    assert_eq!(stops(&[1_000, 1_500], &[2_000]), [(ada, 1_999.0)], "theirs stops her twice");
}

#[test]
fn console_lines_give_failures_only_with_a_time() {
    let logged = |text: &str| {
        format!(r#"["logs",null,{},1700000005000]"#, serde_json::json!([{"text": text, "count": 1}]))
    };
    let time = "2023-11-14T22:13:21.000Z";
    let rows = [
        // Jitsi classifies both as `ice_failure` in one place and as `ice_restart` in another; here they are distinct.
        ("[ERROR] [JitsiConference] <f>: triggering ice restart after 1711 ", "networkIssue", "ice_restart"),
        (
            "[WARN] [JitsiConference] <f>: ICE failed, force reloading the conference after failed attempts to re-establish ICE",
            "networkIssue",
            "ice_failure",
        ),
        (
            "[modules/connectivity/TrackStreamingStatus.ts] <f>:  Figure out conn status for x, currentStatus => newStatus: active => inactive",
            "mediaInterruption",
            "bwe_issue",
        ),
    ];
    for (text, issue, subtype) in rows {
        let expect = [(issue.to_owned(), subtype.to_owned())];
        assert_eq!(issues(&[&logged(&format!("{time} {text}"))]), expect, "{text}");
        assert_eq!(issues(&[&logged(text)]), [], "without a time: {text}");
    }
    // Words alone are no event.
    let words = format!("{time} [app] <f>: BWE algorithm detected bandwidth limitation");
    assert_eq!(issues(&[&logged(&words)]), []);
}

#[test]
fn issues_are_distinguished() {
    let entry = |kind: &str, after: u64| format!(r#"["{kind}",null,null,{}]"#, 1_700_000_000_000 + after);
    let rows = [
        ("remoteSourceSuspended", Some("mediaInterruption"), "remoteSourceSuspended"),
        ("remoteSourceInterrupted", Some("mediaInterruption"), "remoteSourceInterrupted"),
        ("jvbIceRestarted", Some("networkIssue"), "jvb_ice_restarted"),
        ("stropheDisconnected", Some("connectionIssue"), "strophe_disconnected"),
        // Jitsi counts a recovery as a second failure.
        ("stropheReconnected", None, ""),
    ];
    for (kind, issue, subtype) in rows {
        let expect: Vec<_> = issue.map(|issue| (issue.to_owned(), subtype.to_owned())).into_iter().collect();
        assert_eq!(issues(&[&entry(kind, 1_000)]), expect, "{kind}");
    }
    // Jitsi merges a suspension and an interruption within one millisecond.
    let three =
        [entry("remoteSourceSuspended", 1), entry("remoteSourceInterrupted", 1), entry("jvbIceRestarted", 2)];
    let three: Vec<&str> = three.iter().map(String::as_str).collect();
    assert_eq!(issues(&three).len(), 3);
}

#[test]
fn damage_costs_what_is_damaged() {
    let mut torn = Dump::of("aaaa0001");
    torn.entry("stropheDisconnected", "null", 1_000);
    let mut bytes = torn.bytes().to_vec();
    bytes.extend_from_slice(br#"["audioMutedChanged",null,tr"#);
    let extract = driver::extract_in("t7", &bytes, usize::MAX).unwrap();
    assert_eq!(extract.events.len(), 1);
    let problems: Vec<_> = extract.problems.to_report().into_iter().map(|p| (p.kind, p.count)).collect();
    assert_eq!(problems, [("torn-line".to_owned(), 1)]);
}

#[test]
fn a_conference_begins_at_a_number_or_its_text_and_not_at_zero() {
    let mut lines = Dump::of("aaaa0001");
    lines
        .entry("conferenceStartTimestamp", "1697705600000", 1)
        .entry("conferenceStartTimestamp", r#""1757514634000""#, 2)
        .entry("conferenceStartTimestamp", "0", 3);
    let report = report_of(&[("t8", &lines)]);
    let begins: Vec<_> = report.events.iter().filter(|event| event.subtype == "conference_start").collect();
    let details: Vec<_> = begins.iter().map(|event| event.detail.as_deref().unwrap()).collect();
    assert_eq!(details, ["1697705600000", "1757514634000"]);
}

#[test]
fn identities_add_up_and_namesakes_stay_two() {
    let mut one = Dump::empty();
    one.entry(
        "identity",
        r#"{"endpointId":"aaaa0001","displayName":"Ada-x1y","confID":"meet.example.org/r"}"#,
        0,
    )
    .entry("identity", r#"{"meetingUniqueId":"m-7"}"#, 10)
    .entry("stropheReconnected", "null", 9_000)
    .log("lib-jitsi-meet version:a0145343", 100);
    let mut two = Dump::empty();
    two.entry(
        "identity",
        r#"{"endpointId":"bbbb0001","displayName":"Ada-x1y","meetingUniqueId":"m-7"}"#,
        1_000,
    )
    .entry("stropheReconnected", "null", 8_000);
    let report = report_of(&[("a", &one), ("b", &two)]);
    assert_eq!(report.conference.meeting_id.as_deref(), Some("m-7"));
    assert_eq!((report.participants.len(), report.conference.peak_participants), (2, 2));
    assert_eq!(report.participants[0].client.app_version.as_deref(), Some("a0145343"), "without a space too");
}

#[test]
fn server_lines_are_decoded_twice() {
    let logs = r#"["logs",null,[{"text":"Jicofo 2023-11-14 22:13:21.000 INFO: [7] Room.join#1: so","count":1}],1700000002000]"#;
    let mut focus = Dump::empty();
    focus.line(&server_identity("Jicofo", "focus-1")).line(&format!(
        r#"{{"statsSessionId":"j","type":"stats-entry","data":{}}}"#,
        serde_json::to_string(logs).unwrap()
    ));
    let calls = driver::workspace([("t12", focus.bytes())]).unwrap();
    let rows =
        LogSearch { conference: 0, filter: LogQuery { limit: 9, ..LogQuery::default() } }.answer(&calls).rows;
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].message.as_str(), rows[0].at_ms), ("so", 1_700_000_001_000.0));
}

#[test]
fn console_lines_have_a_level_and_a_component() {
    let rows = [
        (
            "2023-09-27T12:55:35.894Z [modules/connectivity/NetworkInfo.js] <Xr.updateNetworkInfo>:  updateNetworkInfo [object Object]",
            LogLevel::Info,
            "modules/connectivity/NetworkInfo.js",
        ),
        (
            "2023-09-27T12:55:35.894Z [DEBUG] [videosipgw:VideoSIPGW] <new qu>: creating",
            LogLevel::Debug,
            "videosipgw",
        ),
    ];
    for (text, level, component) in rows {
        let mut lines = Dump::of("aaaa0001");
        lines.entry("logs", serde_json::json!([{"text": text, "count": 1}]).to_string(), 1);
        let calls = driver::workspace([("t13", lines.bytes())]).unwrap();
        let row = LogSearch { conference: 0, filter: LogQuery { limit: 9, ..LogQuery::default() } }
            .answer(&calls)
            .rows
            .remove(0);
        assert_eq!((row.level, row.component.as_deref()), (level, Some(component)), "{text}");
    }
}
