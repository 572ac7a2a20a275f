//! Servers' dumps together with other dumps: their endpoints, parts and times.

use analyzer_wasm::report::{Clock, Report};
use analyzer_wasm::workspace::Workspace;
use e2e::driver;
use e2e::dump::{Dump, START};
use e2e::poll;
use serde_json::json;

use crate::server_dump::{
    ServerDump, bridge_dump, camel, focus_dump, log, member, report, reports, snake, stays,
};
use crate::support::{gzip, problems};

#[test]
fn a_client_and_the_same_endpoint_of_servers_are_one_participant() {
    let mut client = Dump::empty();
    let identity = json!({"endpointId": "aaaa0001", "displayName": "Ada-x1y", "meetingUniqueId": "m-1"});
    client.identity(&identity, 0).on_connection("close", "{}", 40_000);
    let mut focus = focus_dump();
    focus.state(&json!({"chat_room": {"audio_senders_count": 1}}), 45);
    let files =
        [("ada", client.bytes().to_vec()), ("focus", focus.bytes()), ("bridge", bridge_dump(snake).bytes())];
    let [report] = <[Report; 1]>::try_from(reports(&files)).unwrap();
    let keys: Vec<_> = report
        .participants
        .iter()
        .map(|person| (person.key.as_str(), person.has_dump, person.presences.len()))
        .collect();
    assert_eq!(keys, [("aaaa0001", true, 1), ("bbbb0001", false, 1), ("cccc0001", false, 1)]);
    let ada = &report.participants[0];
    assert!(ada.bridge.is_some() && ada.focus.is_some());
    assert_eq!(ada.presences[0].file, "ada");
    assert_eq!(report.conference.peak_participants, 3);
    // The endpoints on this bridge identify it as the focus' jvb-7.
    let bridge = report.servers.iter().find(|server| server.kind == "jvb").unwrap();
    assert_eq!((report.servers.len(), bridge.file.as_str(), bridge.has_dump), (2, "bridge", true));
    assert_eq!((bridge.version.as_deref(), bridge.stress.map(|stress| stress.max)), (Some("2.3"), Some(0.5)));
}

#[test]
fn states_without_any_time_are_named_and_not_placed() {
    let mut dump = ServerDump::new("JVB");
    dump.enveloped = false;
    dump.state(&json!({"name": "r", "endpoints": {"aaaa0001": snake("aaaa0001", 1, 40.0)}}), 0);
    assert_eq!(problems(&dump.bytes()), [("missing-time".to_owned(), 1, Some(2))]);
    let report = report(&dump);
    assert_eq!((report.participants.len(), report.servers.len()), (0, 1));
}

#[test]
fn gzip_or_plain_and_any_chunking_is_the_same() {
    let plain = bridge_dump(camel).bytes();
    let expect = driver::extract_in("a", &plain, usize::MAX).unwrap();
    for (bytes, chunk) in [(plain.clone(), 1), (plain.clone(), 777), (gzip(&plain), 3)] {
        let mut extract = driver::extract_in("a", &bytes, chunk).unwrap();
        extract.file.bytes = expect.file.bytes;
        assert!(extract.to_bytes() == expect.to_bytes());
    }
}

#[test]
fn parts_of_one_session_are_one_server_and_one_presence() {
    let id = "59c86272-03ea-42e9-a62d-1c8a272e8ab0";
    let first = bridge_dump(camel);
    let first = {
        let mut dump = first;
        dump.lines.truncate(11);
        dump
    };
    // Without identity, base or name of the meeting.
    let mut second = ServerDump::continuation();
    for poll in 0..4_u64 {
        let receiver = json!({"Packet handler stats": {"received_bytes": 600_000 + poll * 50_000}});
        second.state(
            &json!({"endpoints": {"aaaa0001": {"transceiver": {"RTP receiver aaaa0001": receiver}}}}),
            55 + poll * 5,
        );
    }
    let names = [format!("{id}.gz"), format!("{id}_1.gz")];
    let of = |order: [usize; 2]| {
        let parts = [gzip(&first.bytes()), gzip(&second.bytes())];
        let files: Vec<(&str, Vec<u8>)> =
            order.iter().map(|at| (names[*at].as_str(), parts[*at].clone())).collect();
        let [report] = <[Report; 1]>::try_from(reports(&files)).unwrap();
        report
    };
    let report = of([0, 1]);
    assert_eq!(report, of([1, 0]));
    let [server] = report.servers.as_slice() else { panic!("{:?}", report.servers) };
    assert_eq!(
        (server.file.as_str(), server.other_parts.as_slice(), server.polls),
        (names[0].as_str(), [names[1].clone()].as_slice(), 14)
    );
    let [person] = report.participants.as_slice() else { panic!("one person") };
    assert_eq!(stays(person), [(0.0, 70.0)]);
    let bridge = person.bridge.as_ref().unwrap();
    // From 10 000 to 750 000 bytes in 70 s: the interval between the two parts counts like any other.
    assert_eq!((bridge.files.len(), bridge.polls, bridge.receive_bps), (2, 14, Some(740_000.0 * 8.0 / 70.0)));
    assert_eq!(bridge.ice_state.as_deref(), Some("connected"));
    assert_eq!(report.conference.meeting_id.as_deref(), Some("m-1"));
}

/// A client that joined at second 20, with a clock this many seconds ahead of all others.
fn client(ahead_s: f64) -> Vec<u8> {
    let line = |kind: &str, on: &str, data: &str, second: f64| {
        format!("[\"{kind}\",{on},{data},{}]\n", START as f64 + (second + ahead_s) * 1_000.0)
    };
    let identity = r#"{"endpointId":"dddd0001","displayName":"Dee-a1b","meetingUniqueId":"m-1"}"#;
    [
        line("identity", "null", identity, 20.1),
        line("create", "\"PC_0\"", "{}", 20.2),
        line("oniceconnectionstatechange", "\"PC_0\"", "\"connected\"", 20.3),
        line("dominantSpeaker", "null", r#"{"dominantSpeakerEndpoint":"aaaa0001"}"#, 30.35),
        line("dominantSpeaker", "null", r#"{"dominantSpeakerEndpoint":"dddd0001"}"#, 36.35),
        line("close", "\"PC_0\"", "{}", 60.0),
    ]
    .concat()
    .into_bytes()
}

/// A focus that sees dddd0001 come at second 20.25, and a bridge that logs the rest.
fn server_dumps(came: u64) -> [ServerDump; 2] {
    let mut focus = focus_dump();
    focus
        .state(&json!({"chat_room": {"members": {"dddd0001": member("OWNER")}}}), 30)
        .logs(&[log(came, "JitsiMeetConferenceImpl", "Member joined:dddd0001 stats-id=Dee-a1b")], 31);
    let mut bridge = bridge_dump(snake);
    bridge.logs(
        &[
            log(20, "Endpoint", "ICE connected").replace("participant=", "epId="),
            log(
                30,
                "Conference",
                "Recent speakers changed: [aaaa0001], dominant speaker changed: true silence:false",
            ),
            log(
                36,
                "Conference",
                "Recent speakers changed: [dddd0001, aaaa0001], dominant speaker changed: true silence:false",
            ),
        ],
        40,
    );
    [focus, bridge]
}

#[test]
fn server_dumps_give_a_clients_clock_and_contradictions_are_counted() {
    let clock = |ahead_s, came| {
        let [focus, bridge] = server_dumps(came);
        let files = [("dee", client(ahead_s)), ("focus", focus.bytes()), ("bridge", bridge.bytes())];
        let [report] = <[Report; 1]>::try_from(reports(&files)).unwrap();
        let person = report.participants.into_iter().find(|person| person.key == "dddd0001").unwrap();
        assert_eq!(person.presences.len(), 1);
        person.clock
    };
    let close = |clock: &Clock, expect_ms: f64| {
        assert_eq!(clock.method, "servers");
        assert!((clock.offset_ms - expect_ms).abs() <= clock.residual_ms.unwrap(), "{clock:?}");
        assert!(clock.residual_ms.unwrap() < 1_500.0, "{clock:?}");
    };
    for ahead_s in [0.0, 3_600.0, -75.0] {
        let found = clock(ahead_s, 20);
        close(&found, -ahead_s * 1_000.0);
        assert_eq!((found.observations, found.contradictions), (2, 0));
    }
    // A focus that saw them come at another time than the bridge saw them connected.
    let found = clock(10.0, 27);
    close(&found, -10_000.0);
    assert_eq!((found.observations, found.contradictions), (1, 1), "the speakers decide");
}

#[test]
fn servers_name_the_sender_of_a_stream_and_contradictions_leave_it_unknown() {
    let with = |more: &str| {
        let mut client = e2e::dump::Dump::new();
        client.entry("identity", r#"{"endpointId":"dddd0001"}"#, 1).line(more).poll(
            &poll![
                "IT" => "inbound-rtp" {
                    kind: "audio", ssrc: 97, packetsReceived: 10, bytesReceived: 10, trackIdentifier: "t-1",
                },
            ],
            1_000,
        );
        let files = [("dee", client.bytes().to_vec()), ("focus", focus_dump().bytes())];
        let [report] = <[Report; 1]>::try_from(reports(&files)).unwrap();
        let dee = report.participants.iter().find(|person| person.has_dump).unwrap();
        let sender =
            dee.connections[0].streams.iter().find(|stream| stream.ssrc == Some(97)).unwrap().sender.clone();
        (sender, report.conference.sender_contradictions)
    };
    let ada = Some("aaaa0001".to_owned());
    let owner = |id: &str| {
        format!(
            r#"["setVideoType",null,{{"ssrc":97,"videoType":"camera","ownerEndpointId":"{id}"}},{START}]"#
        )
    };
    let track = format!(r#"["ontrack","PC_0","audio:t-1 stream:aaaa0001-audio-0-1",{START}]"#);
    assert_eq!(with(&track), (ada.clone(), 0));
    assert_eq!(with(&owner("aaaa0001")), (ada.clone(), 0));
    assert_eq!(with(&owner("bbbb0001")), (None, 1), "one against one");
    assert_eq!(with(&format!("{}\n{track}", owner("bbbb0001"))), (ada, 1), "two against one");
}

#[test]
fn data_of_a_removed_part_is_removed() {
    let id = "59c86272-03ea-42e9-a62d-1c8a272e8ab0";
    let mut second = ServerDump::continuation();
    second.state(&json!({"endpoints": {"aaaa0001": {"transceiver": {}}}}), 60);
    let first = driver::extract_in(&format!("{id}.gz"), &bridge_dump(camel).bytes(), 4096).unwrap();
    let second = driver::extract_in(&format!("{id}_1.gz"), &second.bytes(), 4096).unwrap();
    let mut calls = driver::conclude_numbered([(7, first), (8, second)]);
    let meetings = |calls: &Workspace| -> Vec<Option<String>> {
        calls.reports().iter().map(|report| report.conference.meeting_id.clone()).collect()
    };
    assert_eq!(meetings(&calls), [Some("m-1".to_owned())]);
    calls.forget(&[7]);
    assert_eq!(meetings(&calls), [None]);
}
