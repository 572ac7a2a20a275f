//! Parts of a server's dump are read as one dump: together they give the report of the whole dump.

use analyzer_wasm::query::ReportJson;
use analyzer_wasm::report::{Event, Report};
use analyzer_wasm::wire::Query;
use e2e::driver;
use e2e::report_content::report_content;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::server_dump::{
    ServerDump, Spelling, bridge_dump, camel, focus_dump, log, member, reports, snake, stays,
};
use crate::support::gzip;

const ID: &str = "59c86272-03ea-42e9-a62d-1c8a272e8ab0";

/// The name of a part.
fn name(part: usize) -> String {
    if part == 0 { format!("{ID}.gz") } else { format!("{ID}_{part}.gz") }
}

/// The dump cut before these lines.
fn cut(dump: &ServerDump, at: &[usize]) -> Vec<(String, Vec<u8>)> {
    let ends = at.iter().copied().chain([dump.lines.len()]);
    let begins = [0].into_iter().chain(at.iter().copied());
    begins
        .zip(ends)
        .map(|(from, to)| dump.lines[from..to].join("\n").into_bytes())
        .enumerate()
        .map(|(part, text)| (name(part), text))
        .collect()
}

fn report(files: &[(String, Vec<u8>)]) -> Report {
    let files: Vec<(&str, Vec<u8>)> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    let [report] = <[Report; 1]>::try_from(reports(&files)).unwrap();
    report
}

fn problems(report: &Report) -> Vec<(&str, &str)> {
    let files = report.files.iter();
    files
        .flat_map(|file| file.problems.iter().map(|problem| (file.name.as_str(), problem.kind.as_str())))
        .collect()
}

/// Joins and leaves, a bad path, an allocation that changes by array patches, and counters.
fn bridge(of: Spelling, spelled: [&str; 4]) -> ServerDump {
    let [ice, controller, forwarded, messages] = spelled;
    let mut dump = ServerDump::new("JVB");
    for poll in 0..24_u64 {
        let bytes = 10_000 + poll * 50_000;
        let mut state =
            json!({"endpoints": {"aaaa0001": {"transceiver": of("aaaa0001", bytes, 40.0)["transceiver"]}}});
        let endpoints = &mut state["endpoints"];
        let suspended = |names: Value| json!({"allocation": {"suspended_sources": names}});
        let change = match poll {
            6 => Some((
                controller,
                json!({"oversending": true, forwarded: ["c-v0", "d-v0"],
                "bitrate_allocator": suspended(json!(["b-v0"]))}),
            )),
            9 => Some((
                controller,
                json!({"oversending": false, "total_oversending_time_secs": 19,
                forwarded: {"1": "e-v0", "2": "f-v0"}, "bitrate_allocator": suspended(json!({"1": "c-v0"}))}),
            )),
            12 => Some((ice, json!({"iceConnected": false, "iceFailed": true}))),
            13 => Some((ice, json!({"iceFailed": false, "iceConnected": true}))),
            15 => Some((messages, json!({"sent_counts": {"A": 9}, "numOutgoingMessagesDropped": 2}))),
            _ => None,
        };
        if let Some((part, change)) = change {
            endpoints["aaaa0001"][part] = change;
        }
        if poll == 0 {
            endpoints["aaaa0001"] = of("aaaa0001", bytes, 40.0);
        }
        if poll == 5 {
            endpoints["bbbb0001"] = of("bbbb0001", 7_000, 41.5);
        }
        if (6..14).contains(&poll) {
            endpoints["bbbb0001"] =
                json!({"transceiver": of("bbbb0001", 7_000 + poll * 4_000, 41.5)["transceiver"]});
        }
        if poll == 0 {
            state["name"] = json!("room@conference.example.org");
            state["relays"] = json!({"relay-2": {}});
        }
        if poll == 17 {
            state["relays"] = json!({"relay-3": {}});
        }
        dump.state(&state, poll * 5);
    }
    dump
}

/// Joins and leaves with and without log lines, mutes, a role, a move to another bridge, an overload.
fn focus() -> ServerDump {
    let mut dump = focus_dump();
    let patch = |id: &str, what: Value| json!({"chat_room": {"members": {id: what}}});
    let bridge = |what: Value| json!({"colibri_session_manager": {"sessions": {"jvb-7": {"bridge": what}}}});
    dump.state(&patch("aaaa0001", json!({"is_audio_muted": true})), 10)
        .state(&bridge(json!({"stress": 1.1, "overloaded": true})), 20)
        .state(&json!({"participant_count": 4, "chat_room": {"members": {"dddd0001": member("VISITOR")}},
            "participants": {"dddd0001": {"id": "dddd0001", "jingle_session": {"state": "PENDING"}}},
            "conference_sources": {"dddd0001": {"sources": [
                {"ssrc": 444, "media_type": "video", "name": "dddd0001-v0", "videoType": "camera"}]}},
            "colibri_session_manager": {"participants": {"dddd0001": {"id": "dddd0001", "bridge": "jvb-7"}},
                "sessions": {"jvb-7": {"participants": {"3": "dddd0001"}}}}}), 30)
        .logs(&[log(28, "JitsiMeetConferenceImpl", "Member joined:dddd0001 stats-id=Dee-a1b role=VISITOR")], 31)
        .state(&json!({"participants": {"dddd0001": {"jingle_session": {"state": "ACTIVE"}}}}), 40)
        .state(&patch("dddd0001", json!({"role": "OWNER"})), 50)
        .state(&patch("aaaa0001", json!({"is_audio_muted": false})), 60)
        .state(&bridge(json!({"stress": 0.4, "overloaded": false})), 70)
        .state(&json!({"participant_count": 3, "chat_room": {"members": {}}, "participants": {},
            "colibri_session_manager": {"sessions": {"jvb-7": {"participants": {"1": "cccc0001", "2": "dddd0001"}}}}}), 80)
        .logs(&[log(77, "JitsiMeetConferenceImpl", "Member left:bbbb0001")], 81)
        .state(&json!({"conference_sources": {"dddd0001": {"sources": {
            "1": {"ssrc": 445, "media_type": "audio", "name": "dddd0001-a0", "videoType": "null"}}}}}), 90)
        // Only the counts and the shifted list show which endpoint left.
        .state(&json!({"participant_count": 2, "chat_room": {"members": {}}, "participants": {},
            "colibri_session_manager": {"participants": {}, "sessions": {"jvb-7": {"participants": {"1": "dddd0001"}}}}}), 100)
        .state(&json!({"colibri_session_manager": {"participants": {"dddd0001": {"bridge": "jvb-8"}},
            "sessions": {"jvb-8": {"participants": ["dddd0001"], "bridge": {"stress": 0.1}}}}}), 110)
        .state(&bridge(json!({"stress": 0.3})), 120);
    dump
}

const CAMEL: [&str; 4] = ["iceTransport", "bitrateController", "forwardedSources", "messageTransport"];
const SNAKE: [&str; 4] = ["ice_transport", "bitrate_controller", "forwarded_sources", "message_transport"];

fn every_dump() -> [ServerDump; 3] {
    [bridge(camel, CAMEL), bridge(snake, SNAKE), focus()]
}

#[test]
fn two_parts_give_the_report_of_the_whole_for_every_cut() {
    for dump in every_dump() {
        let whole = report(&cut(&dump, &[]));
        let expect = report_content(&whole);
        assert!(whole.events.len() > 5, "{:?}", whole.events);
        // The first line is an identity, the second the whole state.
        for at in 2..dump.lines.len() {
            let parts = report(&cut(&dump, &[at]));
            assert_eq!(report_content(&parts), expect, "cut at {at}");
            assert!(problems(&parts).is_empty(), "{:?}", problems(&parts));
            assert_eq!(parts.servers.iter().filter(|server| server.other_parts == [name(1)]).count(), 1);
        }
    }
}

#[test]
fn three_parts_in_any_order_and_any_chunks() {
    const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    for dump in every_dump() {
        let expect = report_content(&report(&cut(&dump, &[])));
        let parts = cut(&dump, &[4, 9]);
        let known = report(&parts);
        assert_eq!(report_content(&known), expect);
        for order in ORDERS {
            let extract = |at: usize| driver::extract_in(&parts[at].0, &parts[at].1, 7 + at).unwrap();
            let calls = driver::conclude(order.map(extract));
            assert_eq!(calls.reports(), std::slice::from_ref(&known), "{order:?}");
        }
        let zipped: Vec<(String, Vec<u8>)> =
            parts.iter().map(|(name, bytes)| (name.clone(), gzip(bytes))).collect();
        assert_eq!(report_content(&report(&zipped)), expect);
        let returns: Vec<(String, Vec<u8>)> = parts
            .iter()
            .map(|(name, bytes)| {
                (name.clone(), String::from_utf8(bytes.clone()).unwrap().replace('\n', "\r\n").into_bytes())
            })
            .collect();
        assert_eq!(report_content(&report(&returns)), expect);
    }
}

#[test]
fn a_part_that_is_dropped_and_given_again_takes_what_rests_on_it_along() {
    for dump in every_dump() {
        let parts = cut(&dump, &[5, 10]);
        let extract = |at: usize| driver::extract_in(&parts[at].0, &parts[at].1, 4096).unwrap();
        let of = |kept: &[usize]| driver::conclude(kept.iter().map(|at| extract(*at))).reports().to_vec();
        let mut calls = driver::conclude_numbered((0..3).map(|at| (at as u32 + 7, extract(at))));
        for gone in [0, 1, 2] {
            let kept: Vec<usize> = (0..3).filter(|at| *at != gone).collect();
            calls.forget(&[gone as u32 + 7]);
            assert_eq!(calls.reports(), of(&kept), "without {gone}");
            calls.add_as(gone as u32 + 7, extract(gone));
            calls.conclude();
            assert_eq!(calls.reports(), of(&[0, 1, 2]));
        }
    }
}

#[test]
fn a_part_without_its_predecessor_has_a_problem_for_the_missing_base() {
    let parts = cut(&bridge(camel, CAMEL), &[5, 10]);
    let alone = report(&parts[1..2]);
    assert_eq!(problems(&alone), [(name(1).as_str(), "no-base-state")]);
    let bridge = alone.participants[0].bridge.as_ref().unwrap();
    assert_eq!((bridge.ice_state.as_deref(), bridge.polls), (None, 5), "there is no source for it");
    // Two consecutive parts count as one: their missing base is one problem.
    let both = report(&parts[1..]);
    assert_eq!(problems(&both), [(name(1).as_str(), "no-base-state")]);
    assert_eq!(both.participants[0].bridge.as_ref().unwrap().polls, 20);
    // According to their numbers, a part is missing between these.
    let hole = report(&[parts[0].clone(), parts[2].clone()]);
    assert_eq!(problems(&hole), [(name(2).as_str(), "missing-part")]);
    assert_eq!(hole.participants[0].bridge.as_ref().unwrap().ice_state.as_deref(), Some("connected"));
}

#[test]
fn a_part_with_a_whole_state_begins_anew() {
    let id = |part: usize| name(part);
    let first = bridge_dump(camel);
    let mut second = ServerDump::new("JVB");
    second.state(&json!({"name": "room@c", "endpoints": {"aaaa0001": camel("aaaa0001", 5, 40.0)}}), 70);
    second.state(&json!({"endpoints": {"aaaa0001": {"statsId": "Ada-x1y"}}}), 75);
    let both = report(&[(id(0), first.bytes()), (id(1), second.bytes())]);
    assert!(problems(&both).is_empty());
    assert_eq!(stays(&both.participants[0]), [(0.0, 45.0), (70.0, 75.0)]);
    assert_eq!(both.participants[0].bridge.as_ref().unwrap().polls, 12);
}

/// An event's line is the line of the file that it names.
#[test]
fn every_line_reference_is_correct() {
    let dump = focus();
    let parts = cut(&dump, &[5, 9]);
    let found = report(&parts);
    let line = |event: &Event| {
        let (_, bytes) = parts.iter().find(|(name, _)| *name == event.file).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        text.lines().nth(event.line as usize - 1).unwrap().to_owned()
    };
    let signs = [
        ("leave", "Member left:bbbb0001"),
        ("bridge_overloaded", "1.1"),
        ("bridge_moved", "jvb-8"),
        ("role_changed", "OWNER"),
    ];
    for (subtype, sign) in signs {
        let event = found.events.iter().find(|event| event.subtype == subtype);
        let event = event.unwrap_or_else(|| panic!("no {subtype} in {:?}", found.events));
        assert!(line(event).contains(sign), "{event:?}");
    }
    let files: std::collections::BTreeSet<&str> =
        found.events.iter().map(|event| event.file.as_str()).collect();
    assert_eq!(files.len(), 3);
    let ada = found.participants.iter().find(|person| person.key == "aaaa0001").unwrap();
    assert_eq!(ada.focus.as_ref().unwrap().files, [name(0), name(1), name(2)]);
    let bob = found.participants.iter().find(|person| person.key == "bbbb0001").unwrap();
    assert_eq!(bob.focus.as_ref().unwrap().files, [name(0), name(1), name(2)]);
}

#[test]
fn a_part_with_too_much_before_its_state_is_read_alone_with_a_problem() {
    let dump = focus();
    let mut parts = cut(&dump, &[4]);
    let mut long = ServerDump::continuation();
    let mut random = 1_u64;
    for _ in 0..40 {
        let mut text = String::new();
        while text.len() < 80_000 {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(&format!("{random:016x}"));
        }
        long.logs(&[text], 25);
    }
    parts[1].1 = [long.bytes(), parts[1].1.clone()].join(&b'\n');
    let found = report(&parts);
    assert_eq!(problems(&found), [(name(1).as_str(), "no-base-state"), (name(1).as_str(), "large-part")]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Cut anywhere, in the middle of a line too, with a byte of it changed: never a panic, in any order the same.
    #[test]
    fn damaged_parts_are_the_same_in_any_order(
        which in 0..3_usize,
        first in 0.0..1.0_f64,
        second in 0.0..1.0_f64,
        damage in 0.0..1.0_f64,
        byte in any::<u8>(),
    ) {
        let mut bytes = every_dump()[which].bytes();
        let at = |share: f64| (share * bytes.len() as f64) as usize;
        let (cuts, hurt) = ([at(first.min(second)), at(first.max(second))], at(damage));
        bytes[hurt] = byte;
        let parts = [&bytes[..cuts[0]], &bytes[cuts[0]..cuts[1]], &bytes[cuts[1]..]];
        let of = |order: [usize; 3]| {
            let extracts = order.into_iter().filter_map(|at| driver::extract_in(&name(at), parts[at], 1_000).ok());
            ReportJson.answer(&driver::conclude(extracts)).text
        };
        prop_assert_eq!(of([0, 1, 2]), of([2, 0, 1]));
    }
}
