//! Dumps of focuses: joins and leaves although deletions are not logged, additions from the log, bots, bridges.

use analyzer_wasm::report::{IntervalKind, Report, Source};
use e2e::dump::START;
use serde_json::json;

use crate::server_dump::{ServerDump, focus_dump, log, member, report, reports, stays, subtypes};
use crate::support::problems;

#[test]
fn deletions_are_found_by_lists_that_move_up() {
    // The first of three leaves: the list moves up, its last one stands there twice.
    let mut dump = focus_dump();
    dump.state(&json!({"participant_count": 2, "chat_room": {"members": {}}, "participants": {},
        "colibri_session_manager": {"participants": {}, "sessions": {"jvb-7": {"participants": {"0": "bbbb0001", "1": "cccc0001"}}}}}), 10)
        .state(&json!({"chat_room": {"members": {"cccc0001": {"is_audio_muted": true}}}}), 20)
        // Then the last one.
        .state(&json!({"participant_count": 1, "chat_room": {"members": {}}, "participants": {},
        "colibri_session_manager": {"participants": {}, "sessions": {"jvb-7": {"participants": {}}}}}), 30)
        .state(&json!({"colibri_session_manager": {"sessions": {"jvb-7": {"bridge": {"stress": 0.7, "overloaded": true, "drain": true}}}}}), 40);
    let report = report(&dump);
    let all: Vec<_> =
        report.participants.iter().map(|person| (person.key.as_str(), stays(person)[0])).collect();
    assert_eq!(all, [("aaaa0001", (0.0, 10.0)), ("bbbb0001", (0.0, 40.0)), ("cccc0001", (0.0, 30.0))]);
    let focus = report.participants[2].focus.as_ref().unwrap();
    assert_eq!(
        (focus.role.as_deref(), focus.bridges.as_slice()),
        (Some("OWNER"), ["jvb-7".to_owned()].as_slice())
    );
    assert_eq!((focus.audio_muted_ms, focus.video_muted_ms), (Some(0.0), Some(20_000.0)));
    assert_eq!(
        subtypes(&report.events, "cccc0001"),
        [("bridge_assigned", "jvb-7"), ("video_disable", "-"), ("audio_mute", "-"), ("leave", "-")]
    );
    let [focus, bridge] = report.servers.as_slice() else { panic!("{:?}", report.servers) };
    assert_eq!((focus.kind.as_str(), focus.peak_people), ("jicofo", Some(3.0)));
    assert_eq!(
        (bridge.name.as_deref(), bridge.version.as_deref(), bridge.draining),
        (Some("jvb-7"), Some("2.3"), Some(true))
    );
    assert_eq!(bridge.stress.unwrap().max, 0.7);
    let of_bridge: Vec<&str> = report
        .events
        .iter()
        .filter(|event| event.participant.is_none())
        .map(|event| event.subtype.as_str())
        .collect();
    assert_eq!(of_bridge, ["bridge_overloaded", "bridge_draining"]);
    assert_eq!(problems(&dump.bytes()), []);
}

#[test]
fn an_undetermined_leave_is_a_problem_and_ends_no_presence() {
    let mut dump = focus_dump();
    // Two bridges and no shifted list: the endpoint that left cannot be determined.
    dump.state(&json!({"participant_count": 2, "chat_room": {"members": {}}, "participants": {}}), 10)
        .state(&json!({"chat_room": {"audio_senders_count": 2}}), 20);
    assert_eq!(problems(&dump.bytes()), [("unknown-departure".to_owned(), 1, Some(3))]);
    assert!(report(&dump).participants.iter().all(|person| stays(person) == [(0.0, 20.0)]));
}

#[test]
fn after_a_lost_change_no_leave_is_guessed_and_there_is_one_problem() {
    let mut dump = focus_dump();
    // In a lost change aaaa0001 left and dddd0001 joined; later changes contain only some fields of dddd0001.
    let accepted = json!({"participants": {"dddd0001": {"jingle_session": {"state": "ACTIVE"}}},
        "colibri_session_manager": {"sessions": {"jvb-7": {"participants": {"0": "bbbb0001", "1": "cccc0001"}}}}});
    dump.state(&accepted, 20)
        .state(&json!({"chat_room": {"audio_senders_count": 2}}), 30)
        .state(&json!({"chat_room": {"audio_senders_count": 3}}), 40);
    assert_eq!(problems(&dump.bytes()), [("unknown-departure".to_owned(), 1, Some(3))]);
    let known = report(&dump).participants.into_iter().filter(|person| person.key != "dddd0001");
    let there: Vec<_> = known.map(|person| stays(&person)).collect();
    assert_eq!(there, [[(0.0, 40.0)], [(0.0, 40.0)], [(0.0, 40.0)]]);
}

#[test]
fn the_log_is_exact_and_its_zone_is_found() {
    let conference = "JitsiMeetConferenceImpl";
    let mut dump = focus_dump();
    dump.state(&json!({"participant_count": 4, "chat_room": {"members": {"dddd0001": member("VISITOR")}},
        "participants": {"dddd0001": {"id": "dddd0001"}},
        "colibri_session_manager": {"sessions": {"jvb-7": {"participants": {"3": "dddd0001"}}}}}), 10)
        .logs(&[log(6, conference, "Member joined:dddd0001 stats-id=Dee-a1b voMuted=true role=OWNER isJibri=false"),
                log(7, "Participant$JingleRequestHandlerImpl", "Received session-accept")], 11)
        .logs(&[log(27, conference, "Member left:bbbb0001"), log(28, conference, "Received ICE failed notification from dddd0001, bridge-session ID: x")], 30)
        .state(&json!({"participant_count": 3, "chat_room": {"members": {}}, "participants": {},
        "colibri_session_manager": {"participants": {}, "sessions": {"jvb-7": {"participants": {"1": "cccc0001", "2": "dddd0001"}}}}}), 30)
        .state(&json!({"chat_room": {"members": {"bbbb0001": member("OWNER")}}, "participants": {"bbbb0001": {"id": "bbbb0001"}}, "participant_count": 4,
        "colibri_session_manager": {"sessions": {"jvb-7": {"participants": {"3": "bbbb0001"}}}}}), 40)
        .state(&json!({"chat_room": {"audio_senders_count": 1}}), 50);
    let report = report(&dump);
    let all: Vec<_> = report.participants.iter().map(|person| (person.key.as_str(), stays(person))).collect();
    assert_eq!(
        all,
        [
            ("aaaa0001", vec![(0.0, 50.0)]),
            ("bbbb0001", vec![(0.0, 27.25), (40.0, 50.0)]),
            ("cccc0001", vec![(0.0, 50.0)]),
            ("dddd0001", vec![(6.25, 50.0)]),
        ]
    );
    assert_eq!(report.participants[3].stats_id.as_deref(), Some("Dee-a1b"));
    let at: Vec<(&str, f64)> = report
        .events
        .iter()
        .filter(|event| ["session_accept", "ice_failed_reported"].contains(&event.subtype.as_str()))
        .map(|event| (event.participant.as_deref().unwrap(), event.at_ms - START as f64))
        .collect();
    assert_eq!(at, [("dddd0001", 7_250.0), ("dddd0001", 28_250.0)]);
    assert_eq!(report.conference.peak_participants, 4);
    assert_eq!(problems(&dump.bytes()), []);
}

/// The end of a bridge session shows only in the count and in the other session of every endpoint.
#[test]
fn a_bridge_that_was_removed_is_busy_no_more() {
    let mut dump = focus_dump();
    let busy = json!({"jvb-7": {"bridge": {"stress": 0.9, "overloaded": true}}});
    let moved = json!({"bridge": "jvb-8"});
    dump.state(
        &json!({"conference_properties": {"bridge-count": "1"}, "colibri_session_manager": {"sessions": busy}}),
        10,
    )
    .state(&json!({"chat_room": {"audio_senders_count": 2}}), 20)
    .state(
        &json!({"colibri_session_manager": {
            "participants": {"aaaa0001": moved, "bbbb0001": moved, "cccc0001": moved},
            "sessions": {"jvb-8": {"participants": ["aaaa0001", "bbbb0001", "cccc0001"], "bridge": {"stress": 0.1}}},
        }}),
        30,
    )
    .state(&json!({"chat_room": {"audio_senders_count": 1}}), 40);
    let report = report(&dump);
    let bridges: Vec<_> = report
        .servers
        .iter()
        .filter(|server| server.kind == "jvb")
        .map(|server| {
            let seconds = |at_ms: Option<f64>| (at_ms.unwrap() - START as f64) / 1_000.0;
            (
                server.name.as_deref().unwrap(),
                seconds(server.from_ms),
                seconds(server.to_ms),
                server.overloaded_ms,
            )
        })
        .collect();
    assert_eq!(bridges, [("jvb-7", 0.0, 20.0, Some(10_000.0)), ("jvb-8", 30.0, 40.0, None)]);
    assert_eq!(report.participants[0].focus.as_ref().unwrap().bridges, ["jvb-7", "jvb-8"]);
    assert_eq!(problems(&dump.bytes()), []);
}

#[test]
fn bots_are_machines_not_people() {
    let mut dump = focus_dump();
    let mut jibri = member("OWNER");
    jibri["is_jibri"] = json!(true);
    let mut sip = member("OWNER");
    sip["is_jigasi"] = json!(true);
    dump.state(&json!({"jibri_count": 1, "jigasi_count": 1, "chat_room": {"members": {"jibri1": jibri, "sip1": sip}}}), 10)
        .state(&json!({"jibri_count": 0, "chat_room": {"members": {}}}), 20)
        .state(&json!({"audio_limit_reached": true}), 30)
        .state(&json!({"jigasi_count": 0, "chat_room": {"members": {}}}), 40);
    let report = report(&dump);
    assert_eq!(report.participants.len(), 3);
    let machines: Vec<_> =
        report.servers.iter().map(|server| (server.kind.as_str(), server.name.as_deref().unwrap())).collect();
    assert_eq!(
        machines,
        [("jibri", "jibri1"), ("jicofo", "Jicofo-1.example.org"), ("jigasi", "sip1"), ("jvb", "jvb-7")]
    );
    let events: Vec<_> = report
        .events
        .iter()
        .filter(|event| event.participant.is_none())
        .map(|event| (event.subtype.as_str(), event.detail.as_deref()))
        .collect();
    assert!(events.contains(&("recorder_joined", Some("jibri1: OWNER"))), "{events:?}");
    assert!(events.contains(&("sip_left", Some("sip1"))), "{events:?}");
    assert!(
        events.contains(&("recorder_left", Some("jibri1")))
            && events.contains(&("audio_limit_reached", None)),
        "{events:?}"
    );
}

#[test]
fn a_focus_continued_in_another_part_keeps_unchanged_endpoints() {
    let mut second = ServerDump::continuation();
    let left = log(70, "JitsiMeetConferenceImpl", "Member left:cccc0001");
    second
        .state(&json!({"chat_room": {"members": {"bbbb0001": {"is_audio_muted": true}}}}), 60)
        .logs(&[left], 72)
        .state(&json!({"chat_room": {"audio_senders_count": 1}}), 80);
    let id = "59c86272-03ea-42e9-a62d-1c8a272e8ab0";
    let files = [(format!("{id}.gz"), focus_dump().bytes()), (format!("{id}_1.gz"), second.bytes())];
    let files: Vec<(&str, Vec<u8>)> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    let [report] = <[Report; 1]>::try_from(reports(&files)).unwrap();
    let all: Vec<_> = report.participants.iter().map(|person| (person.key.as_str(), stays(person))).collect();
    assert_eq!(
        all,
        [("aaaa0001", vec![(0.0, 80.0)]), ("bbbb0001", vec![(0.0, 80.0)]), ("cccc0001", vec![(0.0, 70.25)])]
    );
    let joined = report.events.iter().filter(|event| event.subtype == "join").count();
    assert_eq!(joined, 0, "the part has no joins");
}

#[test]
fn a_screen_among_the_sources_is_a_share_until_it_goes() {
    let mut dump = focus_dump();
    let screen = json!([null, {"ssrc": 501, "media_type": "video", "name": "aaaa0001-v1", "videoType": "desktop"},
        {"ssrc": 502, "media_type": "video", "name": "aaaa0001-v1", "videoType": "desktop"}]);
    let added = json!({"1": screen[1], "2": screen[2]});
    let sources =
        |change: &serde_json::Value| json!({"conference_sources": {"aaaa0001": {"sources": change}}});
    dump.state(&json!({"chat_room": {"audio_senders_count": 2}}), 10)
        .state(&sources(&added), 20)
        .state(&json!({"chat_room": {"audio_senders_count": 3}}), 30)
        // The list became shorter, which the delta does not contain.
        .state(&sources(&json!({})), 40)
        .state(&json!({"chat_room": {"audio_senders_count": 2}}), 50)
        .state(&sources(&added), 60)
        .state(&json!({"chat_room": {"audio_senders_count": 3}}), 70);
    let report = report(&dump);
    let of = |key: &str| {
        let person = report.participants.iter().find(|person| person.key == key).unwrap();
        let shares = person.activity.intervals.iter().filter(|one| one.kind == IntervalKind::Screenshare);
        let second = |at_ms: f64| (at_ms - START as f64) / 1_000.0;
        let shares: Vec<_> = shares.map(|one| (second(one.from_ms), second(one.to_ms), one.source)).collect();
        (shares, person.activity.screenshare_ms)
    };
    let expect = vec![(20.0, 40.0, Source::Jicofo), (60.0, 70.0, Source::Jicofo)];
    assert_eq!(of("aaaa0001"), (expect, Some(30_000.0)));
    assert!(of("bbbb0001").0.is_empty());
    let events: Vec<_> = subtypes(&report.events, "aaaa0001")
        .into_iter()
        .filter(|(subtype, _)| subtype.starts_with("screenshare"))
        .collect();
    assert_eq!(events, [("screenshare_start", "-"), ("screenshare_stop", "-"), ("screenshare_start", "-")]);
}
