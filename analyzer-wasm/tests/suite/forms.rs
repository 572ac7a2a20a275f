//! Every form of dump that Jitsi clients have written: headers, entry lengths, envelopes, payloads as text or objects.

use e2e::dump::{Dump, START};
use e2e::poll;

use crate::server_dump::server_identity;
use crate::support::{extract, participant, problems, report};

const POLL: &str = r#"{"IT":{"timestamp":0,"type":"inbound-rtp","kind":"video","ssrc":9,"packetsReceived":10,"bytesReceived":1},"timestamp":1700000001000}"#;
const AGENT: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:83.0) Gecko/20100101 Firefox/83.0";

#[test]
fn headers_of_every_generation() {
    let object = format!(
        r#"{{"path":"/room","origin":"https://a","url":"https://a/room","userAgent":"{AGENT}","time":{START},"fileFormat":2}}"#
    );
    let inner =
        format!(r#"{{"url":"https://a/room?statsSessionId=s-1&isReconnect=false","userAgent":"{AGENT}"}}"#);
    let text = serde_json::to_string(&inner).unwrap();
    let headers = [
        ("G0 and G1", object),
        ("G2", format!(r#"["connectionInfo",null,{text},{START}]"#)),
        ("G3", format!(r#"["connectionInfo",null,{inner},{START}]"#)),
    ];
    for (generation, header) in headers {
        let mut dump = Dump::empty();
        dump.line(&header).line(&format!(r#"["getstats","PC_0",{POLL},{START}]"#));
        let person = participant(dump.bytes());
        assert_eq!(person.client.browser.as_deref(), Some("Firefox"), "{generation}");
        assert_eq!(person.client.os_version.as_deref(), Some("10"), "{generation}");
        assert_eq!(person.connections[0].packets_received, 10, "{generation}");
        assert_eq!(problems(dump.bytes()), [], "{generation}");
        let by_url = if generation.starts_with("G0") { "dump" } else { "s-1" };
        assert_eq!(person.key, by_url, "{generation}");
    }
}

#[test]
fn a_dump_without_header_or_identity_is_its_own_conference() {
    let mut dump = Dump::empty();
    dump.on_connection("create", "{}", 5).poll(&poll![], 1_000);
    let report = report(dump.bytes());
    assert_eq!((report.conference.participant_count, report.conference.peak_participants), (1, 1));
    assert_eq!(report.participants[0].client.browser, None, "unknown stays unknown");
    assert_eq!(report.participants[0].network.rtt_ms, None, "no data is no number");
    assert_eq!(report.participants[0].clock.method, "none");
}

#[test]
fn entries_of_three_to_five_elements() {
    let mut dump = Dump::new();
    dump.line(&format!(r#"["onconnectionstatechange","PC_0","connecting",{},17]"#, START + 10))
        .line(r#"["e2eRtt", null, {"remoteEndpointId": "as458df9","rtt": 223,"remoteRegion": "us-west-1"}]"#)
        .line(&format!(r#"["onconnectionstatechange","PC_0","connected",{}]"#, START + 20));
    let extract = extract(dump.bytes());
    let seen: Vec<_> = extract.events.iter().map(|event| (event.kind.name(), event.at_ms)).collect();
    let at = |after: u64| (START + after) as f64;
    assert_eq!(
        seen,
        [("connectionstatechange", at(10)), ("e2e_rtt", at(10)), ("connectionstatechange", at(20))]
    );
    assert_eq!(problems(dump.bytes()), [("missing-time".to_owned(), 1, Some(4))]);
}

#[test]
fn enveloped_entries_are_read_as_their_own() {
    let entry = format!(r#"["getstats","PC_0",{POLL},{START},3]"#);
    let as_text = serde_json::to_string(&entry).unwrap();
    let identity =
        r#"["identity",null,{"endpointId":"beef0001","displayName":"Ada Lovelace"},1700000000500,1]"#;
    let mut dump = Dump::empty();
    dump.line(&format!(
        r#"{{"statsSessionId":"s-9","type":"identity","data":{identity},"timestamp":{START}}}"#
    ))
    .line(&format!(
        r#"{{"statsSessionId":"s-9","type":"stats-entry","data":{as_text},"timestamp":{START}}}"#
    ));
    let report = report(dump.bytes());
    let [person] = report.participants.as_slice() else { panic!("{report:?}") };
    assert_eq!((person.key.as_str(), person.name.as_deref()), ("beef0001", Some("Ada Lovelace")));
    assert_eq!(person.connections[0].packets_received, 10);
    assert_eq!(report.files[0].session_id.as_deref(), Some("s-9"));
    assert_eq!(report.files[0].format.as_deref(), Some("jitsi-client"));
}

#[test]
fn a_poll_may_be_text_spaced_or_called_by_its_old_name() {
    let text = serde_json::to_string(POLL).unwrap();
    for line in [
        format!(r#"["getstats","PC_0",{text},{START}]"#),
        format!(r#"["getStats","PC_0",{POLL},{START}]"#),
        format!(r#" [ "getstats" , "PC_0" , {POLL} , {START} ] "#),
    ] {
        let mut dump = Dump::empty();
        assert_eq!(participant(dump.line(&line).bytes()).connections[0].packets_received, 10, "{line}");
    }
}

#[test]
fn identities_merge_and_later_keys_win() {
    let mut dump = Dump::new();
    dump.entry(
        "identity",
        r#"{"deploymentInfo":{"region":"eu","userRegion":"us","shard":"s1"},"secret":"x"}"#,
        10,
    )
    .entry("identity", r#"{"meetingUniqueId":"m-2","displayName":""}"#, 20);
    let report = report(dump.bytes());
    assert_eq!(report.conference.meeting_id.as_deref(), Some("m-2"));
    assert_eq!(report.conference.room.as_deref(), Some("room"));
    assert_eq!(report.participants[0].stats_id.as_deref(), Some("Ada-x1y"));
    assert_eq!(report.participants[0].region.as_deref(), Some("us"));
    assert!(!serde_json::to_string(&report).unwrap().contains("secret"));
}

#[test]
fn servers_are_listed_and_never_taken_for_people() {
    let state = serde_json::to_string(r#"{"endpoints":{}}"#).unwrap();
    let lines = |app: &str| {
        let mut dump = Dump::empty();
        dump.line(&server_identity(app, "host-1")).line(&format!(
            r#"{{"statsSessionId":"j","type":"stats-entry","data":{state},"timestamp":{START}}}"#
        ));
        dump
    };
    for (app, kind, expect) in [("JVB", "jvb", "no-base-state"), ("JIGASI", "jigasi", "server-state")] {
        let dump = lines(app);
        let report = report(dump.bytes());
        assert_eq!((report.participants.len(), report.servers.len()), (0, 1));
        let server = &report.servers[0];
        assert_eq!((server.kind.as_str(), server.name.as_deref()), (kind, Some("host-1")));
        assert_eq!(problems(dump.bytes()), [(expect.to_owned(), 1, Some(2))]);
    }
}

#[test]
fn entries_become_events() {
    let mut dump = Dump::new();
    dump.entry("navigator.mediaDevices.getUserMediaOnFailure", r#""NotReadableError""#, 1)
        .entry("getUserMediaError", r#"{"name":"NotAllowedError","message":"denied","devices":["audio"]}"#, 2)
        .entry("screenshareToggled", "false", 3)
        .entry("screenshareToggled", "true", 4)
        .entry("dominantSpeaker", r#"{"dominantSpeakerEndpoint":"null"}"#, 5)
        .entry("conferenceStartTimestamp", r#""1757514634000""#, 6)
        .entry("conferenceStartTimestamp", "0", 7)
        .entry("iceRestartRequested", r#"{"reason":"ice-failed"}"#, 8)
        .entry("user_joined", r#"{"id":1}"#, 9)
        .on_connection("setLocalDescription", r#"{"type":"offer","sdp":"v=0\r\n"}"#, 10)
        .on_connection("setRemoteDescriptionOnFailure", r#""bad sdp""#, 11)
        .on_connection("onicecandidate", "null", 12)
        .entry(
            "logs",
            r#"[{"text":"2023-09-27T12:55:35.891Z [x] lib-jitsi-meet version:a0145343","count":2},"bare"]"#,
            13,
        );
    let report = report(dump.bytes());
    let seen: Vec<_> =
        report.events.iter().map(|e| (e.subtype.as_str(), e.detail.as_deref().unwrap_or("-"))).collect();
    assert_eq!(
        seen,
        [
            ("join", "-"),
            ("getUserMediaOnFailure", "NotReadableError"),
            ("getUserMediaOnFailure", "NotAllowedError: denied"),
            ("screenshare_start", "-"),
            ("screenshare_stop", "-"),
            ("conference_start", "1757514634000"),
            ("ice_restart_requested", "ice-failed"),
            ("application", "user_joined {\"id\":1}"),
            ("setLocalDescription", "offer"),
            ("negotiation_failure", "setRemoteDescription: bad sdp"),
            ("icecandidate", "end"),
            ("leave", "-"),
        ]
    );
    assert_eq!(report.participants[0].client.app_version.as_deref(), Some("a0145343"));
    assert_eq!(report.participants[0].activity.screenshare_ms, Some(1.0));
    assert_eq!(report.events[1].line, 3);
}
