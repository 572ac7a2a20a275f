//! Identification of participants: rejoins, equal names, several calls in one input, dumps with few identities.

use analyzer_wasm::report::Report;

use e2e::driver;
use e2e::dump::{Dump, START};
use e2e::poll;
use serde_json::{Value, json};

use crate::support::gzip;

/// A dump of a participant present from..to, in seconds; identities that are not given are left out.
struct Attendee<'a> {
    file: &'a str,
    endpoint: &'a str,
    name: &'a str,
    meeting: Option<&'a str>,
    room: Option<&'a str>,
    from_s: u64,
    to_s: u64,
}

const ADA: Attendee<'static> = Attendee {
    file: "a",
    endpoint: "aaaa0001",
    name: "Ada-x1y",
    meeting: Some("m-1"),
    room: Some("meet.example.org/room"),
    from_s: 0,
    to_s: 60,
};

fn reports(people: &[Attendee<'_>]) -> Vec<Report> {
    let mut files = Vec::new();
    for person in people {
        let mut dump = Dump::empty();
        let mut identity = json!({"endpointId": person.endpoint, "displayName": person.name});
        for (key, value) in [("meetingUniqueId", person.meeting), ("confID", person.room)] {
            if let Some(value) = value {
                identity[key] = json!(value);
            }
        }
        dump.identity(&identity, person.from_s * 1_000);
        for second in person.from_s..=person.to_s {
            let packets = (second - person.from_s) * 50;
            let reports = poll!["IT" => "inbound-rtp" {
                kind: "audio", ssrc: 1, packetsReceived: packets, packetsLost: 0, bytesReceived: packets, jitter: 0.004,
            }];
            dump.poll(&reports, second * 1_000);
        }
        files.push((person.file, dump.bytes().to_vec()));
    }
    driver::reports(files).unwrap()
}

fn keys(report: &Report) -> Vec<(&str, usize)> {
    report.participants.iter().map(|person| (person.key.as_str(), person.presences.len())).collect()
}

#[test]
fn a_rejoin_is_a_second_presence_of_one_participant() {
    let again = Attendee { file: "b", endpoint: "aaaa0002", from_s: 90, to_s: 120, ..ADA };
    let [report] = <[Report; 1]>::try_from(reports(&[again, ADA])).unwrap();
    assert_eq!(keys(&report), [("aaaa0001", 2)]);
    let person = &report.participants[0];
    assert_eq!(person.endpoint_ids, ["aaaa0001", "aaaa0002"]);
    assert_eq!(person.connections.len(), 2);
    let at = seconds(person.presences.iter().flat_map(|stay| [stay.from_ms, stay.to_ms]));
    assert_eq!(at, [0, 60, 90, 120]);
    // 60 + 30 s of polls at 50 bytes each; the gap between counts for nothing.
    assert_eq!(person.network.receive_bps, Some(400.0));
    assert_eq!(person.network.jitter_ms.unwrap().mean, 4.0);
    assert_eq!(report.conference.peak_participants, 1);
}

#[test]
fn a_renamed_participant_is_the_same_participant() {
    let dump = |endpoint: &str, from_s: u64| {
        let mut dump = Dump::empty();
        let identity = json!({"endpointId": endpoint, "displayName": "Ada-x1y", "meetingUniqueId": "m-1"});
        dump.identity(&identity, from_s * 1_000);
        dump
    };
    let mut first = dump("aaaa0001", 0);
    first.identity(&json!({"displayName": "Ada Lovelace"}), 5_000).on_connection("close", "{}", 30_000);
    let mut second = dump("aaaa0002", 60);
    second.on_connection("close", "{}", 90_000);
    let files = [("a", first.bytes()), ("b", second.bytes())];
    let report = driver::report(files).unwrap();
    assert_eq!(keys(&report), [("aaaa0001", 2)]);
    let person = &report.participants[0];
    assert_eq!((person.name.as_deref(), person.stats_id.as_deref()), (Some("Ada Lovelace"), Some("Ada-x1y")));
}

#[test]
fn the_same_profile_twice_at_once_is_two_people() {
    let beside = Attendee { file: "b", endpoint: "aaaa0002", from_s: 30, to_s: 90, ..ADA };
    let [report] = <[Report; 1]>::try_from(reports(&[ADA, beside])).unwrap();
    assert_eq!(keys(&report), [("aaaa0001", 1), ("aaaa0002", 1)]);
    assert_eq!(report.conference.peak_participants, 2);
}

#[test]
fn namesakes_are_two_people_at_once_or_one_after_the_other() {
    for from_s in [10, 90] {
        let kai = Attendee { name: "Kai Kai", ..ADA };
        let other =
            Attendee { file: "b", endpoint: "bbbb0001", name: "Kai Kai", from_s, to_s: from_s + 60, ..ADA };
        let [report] = <[Report; 1]>::try_from(reports(&[kai, other])).unwrap();
        assert_eq!(keys(&report), [("aaaa0001", 1), ("bbbb0001", 1)], "from {from_s} s");
    }
}

#[test]
fn calls_mixed_in_one_input_are_separated() {
    let other_call = Attendee {
        file: "b",
        endpoint: "bbbb0001",
        name: "Bo-a2b",
        meeting: Some("m-2"),
        from_s: 5_000,
        to_s: 5_060,
        ..ADA
    };
    let reports = reports(&[ADA, other_call]);
    let ids: Vec<Option<&str>> =
        reports.iter().map(|report| report.conference.meeting_id.as_deref()).collect();
    assert_eq!(ids, [Some("m-2"), Some("m-1")], "newest first");
}

#[test]
fn a_dump_that_only_names_the_room_joins_the_meeting_that_it_overlaps() {
    let late_identity = Attendee {
        file: "b",
        endpoint: "bbbb0001",
        name: "Bo-a2b",
        meeting: None,
        room: Some("https://meet.example.org/Room?jwt=secret"),
        from_s: 30,
        to_s: 90,
    };
    let [report] = <[Report; 1]>::try_from(reports(&[ADA, late_identity])).unwrap();
    assert_eq!(keys(&report), [("aaaa0001", 1), ("bbbb0001", 1)]);
    assert!(!serde_json::to_string(&report).unwrap().contains("secret"));
}

#[test]
fn without_a_meeting_id_the_room_and_the_time_decide() {
    let at = |file, endpoint, name, from_s| Attendee {
        file,
        endpoint,
        name,
        meeting: None,
        from_s,
        to_s: from_s + 60,
        ..ADA
    };
    let people = [
        at("a", "aaaa0001", "Ada-x1y", 0),
        at("b", "bbbb0001", "Bo-a2b", 120),
        at("c", "cccc0001", "Cy-a2b", 9_000),
    ];
    let sizes: Vec<usize> = reports(&people).iter().map(|report| report.participants.len()).collect();
    assert_eq!(sizes, [1, 2]);
}

#[test]
fn a_dump_without_call_identity_is_a_call_of_its_own() {
    let unidentified = Attendee { file: "b", endpoint: "", name: "", meeting: None, room: None, ..ADA };
    let reports = reports(&[ADA, unidentified]);
    let all: Vec<_> = reports.iter().flat_map(keys).collect();
    assert_eq!(all.len(), 2);
    assert!(all.contains(&("b", 1)), "its file's name is its key: {all:?}");
}

#[test]
fn the_same_content_twice_counts_once_with_a_problem() {
    let mut dump = Dump::empty();
    let identity = json!({"endpointId": "aaaa0001", "displayName": "Ada-x1y", "meetingUniqueId": "m-1"});
    dump.identity(&identity, 0).on_connection("close", "{}", 9_000);
    let text = String::from_utf8(dump.bytes().to_vec()).unwrap();
    let crlf = text.replace('\n', "\r\n");
    let other = text.replace("PC_0", "PC_1");
    let files = [
        ("c", text.clone().into_bytes()),
        ("a.gz", gzip(text.as_bytes())),
        ("b", crlf.into_bytes()),
        ("d", other.into_bytes()),
    ];
    let report = driver::report(files).unwrap();
    let files: Vec<(&str, Vec<&str>)> = report
        .files
        .iter()
        .map(|file| (file.name.as_str(), file.problems.iter().map(|problem| problem.kind.as_str()).collect()))
        .collect();
    assert_eq!(
        files,
        [("a.gz", vec![]), ("d", vec![]), ("b", vec!["same-content"]), ("c", vec!["same-content"])]
    );
    assert_eq!(
        keys(&report),
        [("aaaa0001", 1), ("aaaa0001#2", 1)],
        "another content at the same time is another person"
    );
}

#[test]
fn a_breakout_room_refers_to_its_main_room() {
    let (main, room) = ("59c86272-03ea-42e9-a62d-1c8a272e8ab0", "9c93a447-c9f8-489d-87ca-21263dec0642");
    let dump = |meeting: &str, more: Value, after_ms: u64| {
        let mut dump = Dump::empty();
        let conference = format!("8x8.vc/vpaas-magic-cookie-77/{meeting}");
        let mut identity =
            json!({"endpointId": "aaaa0001", "meetingUniqueId": meeting, "confID": conference});
        identity.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        dump.identity(&identity, after_ms).bytes().to_vec()
    };
    let breakout = json!({"isBreakoutRoom": true, "roomId": "r-7", "parentStatsSessionId": main});
    let files =
        [(main, dump("m-1", json!({"customerId": "acme"}), 0)), (room, dump("m-2", breakout, 60_000))];
    let [room, main] = <[Report; 2]>::try_from(driver::reports(files).unwrap()).unwrap();
    assert_eq!(
        (room.conference.is_breakout, room.conference.breakout_id.as_deref()),
        (Some(true), Some("r-7"))
    );
    assert_eq!(
        (room.conference.parent_id.as_deref(), main.conference.parent_id.as_deref()),
        (Some("m-1"), None)
    );
    assert_eq!(
        (main.conference.customer_id.as_deref(), room.conference.customer_id.as_deref()),
        (Some("acme"), Some("77"))
    );
    assert_eq!(main.conference.tenant.as_deref(), Some("vpaas-magic-cookie-77"));
}

#[test]
fn a_bridge_with_a_prefix_of_the_meeting_id_belongs_to_the_meeting() {
    let whole = Attendee { meeting: Some("87ebe266-fbac-4aa8-811b-6e97b621bf3b"), ..ADA };
    let short =
        Attendee { file: "b", endpoint: "bbbb0001", name: "Bo-a2b", meeting: Some("87ebe266"), ..ADA };
    assert_eq!(reports(&[whole, short]).len(), 1);
}

/// Parts of one client session in several files are one participant.
#[test]
fn parts_of_a_clients_session_are_one_participant() {
    let id = "59c86272-03ea-42e9-a62d-1c8a272e8ab0";
    let (first, second) = (format!("{id}.gz"), format!("{id}_1.gz"));
    let part =
        Attendee { file: &second, endpoint: "", name: "", meeting: None, room: None, from_s: 70, to_s: 90 };
    let [report] = <[Report; 1]>::try_from(reports(&[Attendee { file: &first, ..ADA }, part])).unwrap();
    assert_eq!(keys(&report), [("aaaa0001", 2)]);
}

/// Seconds since the beginning.
fn seconds(times_ms: impl IntoIterator<Item = f64>) -> Vec<i64> {
    times_ms.into_iter().map(|at_ms| ((at_ms - START as f64) / 1_000.0).round() as i64).collect()
}
