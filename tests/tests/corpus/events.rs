//! Events and console lines of real dumps: compared with the number of entries, and with manual counts.

use std::collections::BTreeMap;

use analyzer_wasm::query::LogSearch;
use analyzer_wasm::report::{Event, IntervalKind, LogQuery, Report};
use analyzer_wasm::wire::Query;
use analyzer_wasm::workspace::Workspace;
use e2e::{corpus, corpus_tests, driver};
use serde_json::Value;

corpus_tests![
    every_entry_is_an_event,
    speakers_of_a_dump_begin_and_end,
    screens_of_an_old_dump_are_three,
    console_lines_give_events_without_entries,
];

fn calls(name: &str, bytes: &[u8]) -> Workspace {
    driver::workspace([(name, bytes)]).unwrap()
}

fn report(name: &str, bytes: &[u8]) -> Report {
    calls(name, bytes).reports()[0].clone()
}

/// The report of a dump of the corpus.
fn known(name: &str) -> Report {
    report(name, &corpus::dump(name).unwrap())
}

/// A time on the clock of the dump's only writer.
fn own_ms(report: &Report, at_ms: f64) -> f64 {
    at_ms - report.participants[0].clock.offset_ms
}

/// The event of each type of entry, without entries that become intervals (speakers) or may be duplicated.
const ENTRIES: &[(&str, &str)] = &[
    ("create", "create"),
    ("close", "close"),
    ("constraints", "constraints"),
    ("onconnectionstatechange", "connectionstatechange"),
    ("oniceconnectionstatechange", "iceconnectionstatechange"),
    ("onicegatheringstatechange", "icegatheringstatechange"),
    ("onicecandidate", "icecandidate"),
    ("addIceCandidate", "addIceCandidate"),
    ("ondtlsstatechange", "dtlsstatechange"),
    ("onsignalingstatechange", "signalingstatechange"),
    ("onnegotiationneeded", "negotiationneeded"),
    ("createOffer", "createOffer"),
    ("createAnswer", "createAnswer"),
    ("setLocalDescription", "setLocalDescription"),
    ("setRemoteDescription", "setRemoteDescription"),
    ("addTrack", "addTrack"),
    ("addStream", "addTrack"),
    ("addTransceiver", "addTrack"),
    ("removeStream", "removeTrack"),
    ("ontrack", "track"),
    ("onaddstream", "addstream"),
    ("onremovestream", "removestream"),
    ("createDataChannel", "datachannel"),
    ("setVideoType", "video_type"),
    ("e2eRtt", "e2e_rtt"),
    ("navigator.mediaDevices.getUserMedia", "getUserMedia"),
    ("navigator.mediaDevices.getUserMediaOnSuccess", "getUserMediaOnSuccess"),
    ("navigator.mediaDevices.getUserMediaOnFailure", "getUserMediaOnFailure"),
    ("navigator.mediaDevices.getDisplayMedia", "getDisplayMedia"),
    ("navigator.mediaDevices.getDisplayMediaOnSuccess", "getDisplayMediaOnSuccess"),
];

fn every_entry_is_an_event() {
    let mut compared = 0;
    for (name, bytes) in corpus::client_dumps().unwrap() {
        let mut expect: BTreeMap<&str, u64> = BTreeMap::new();
        for line in String::from_utf8(bytes.clone()).unwrap().lines() {
            let entry: Value = serde_json::from_str(line).unwrap();
            let kind = entry[0].as_str().unwrap_or_default();
            if let Some((_, subtype)) = ENTRIES.iter().find(|(entry, _)| *entry == kind) {
                *expect.entry(subtype).or_default() += 1;
            }
        }
        let mut found: BTreeMap<&str, u64> = BTreeMap::new();
        let report = report(&name, &bytes);
        for event in &report.events {
            if let Some((_, subtype)) = ENTRIES.iter().find(|(_, subtype)| *subtype == event.subtype) {
                *found.entry(subtype).or_default() += event.count;
            }
        }
        assert_eq!(found, expect, "{name}");
        compared += found.len();
    }
    assert!(compared > 200, "{compared}");
}

fn speakers_of_a_dump_begin_and_end() {
    let report = known("chrome96-standard-stats-p2p-add-transceiver");
    let start = own_ms(&report, report.events[0].at_ms);
    let found: Vec<(f64, &str, bool, u64)> = report
        .events
        .iter()
        .filter(|event| event.subtype.starts_with("dominant"))
        .map(|event| {
            let edge = event.subtype.rsplit_once('_').unwrap().1;
            (own_ms(&report, event.at_ms) - start, edge, event.participant.is_some(), event.line)
        })
        .collect();
    // Six entries, one of them the text "null" after the writer's own turn each time; the other has no dump.
    let expect = [
        (1_796.0, "start", false, 79),
        (4_812.0, "stop", false, 133),
        (4_813.0, "start", true, 133),
        (5_913.0, "stop", true, 134),
        (10_534.0, "start", false, 135),
        (14_812.0, "stop", false, 136),
        (14_813.0, "start", true, 136),
        (15_813.0, "stop", true, 137),
    ];
    assert_eq!(found, expect);
    assert_eq!(report.participants[0].activity.speaking_ms, Some(2_100.0));
}

fn screens_of_an_old_dump_are_three() {
    let report = known("google-legacy-screenshare-msessions");
    let activity = &report.participants[0].activity;
    let screens: Vec<(f64, u64)> = activity
        .intervals
        .iter()
        .filter(|interval| interval.kind == IntervalKind::Screenshare)
        .map(|interval| (interval.to_ms - interval.from_ms, interval.line))
        .collect();
    // Chosen on line 142 and removed on 205, 224 and 250, 266 and shared until the dump's end.
    assert_eq!(screens, [(104_174.0, 142), (30_232.0, 224), (50_224.0, 266)]);
    assert_eq!(activity.screenshare_ms, Some(184_630.0));
}

fn console_lines_give_events_without_entries() {
    let name = "google-standard-stats-relay-p2p";
    let calls = calls(name, &corpus::dump(name).unwrap());
    let report = &calls.reports()[0];
    // 184 lines in three batches, two of them repeated: three and four times.
    assert_eq!((report.logs.len(), report.logs[0].levels.total()), (1, 189));
    let all =
        LogSearch { conference: 0, filter: LogQuery { limit: 1_000, ..LogQuery::default() } }.answer(&calls);
    assert_eq!((all.rows.len(), all.rows.iter().map(|row| row.count).sum::<u64>()), (184, 189));
    assert!(all.rows.iter().all(|row| row.component.is_some() && !row.level_stated));
    assert_eq!(all.rows.iter().filter(|row| row.function.is_none()).count(), 20);
    let first = &all.totals.unwrap().components[0];
    assert_eq!((first.name.as_str(), first.lines), ("modules/sdp/SDPUtil.js", 54));

    let found = |subtype: &str| -> Vec<&Event> {
        report.events.iter().filter(|event| event.subtype == subtype).collect()
    };
    let [devices] = found("device_list_changed")[..] else { panic!() };
    assert_eq!((devices.detail.as_deref(), devices.line), (Some("8 devices"), 3));
    let [own, other] = found("join")[..] else { panic!() };
    assert_eq!((own.line, other.line, other.participant.is_none()), (1, 23, true));
    let [muc] = found("muc_joined")[..] else { panic!() };
    assert_eq!(own_ms(report, muc.at_ms), 1_695_819_338_625.0);
    // Reported by the channel and by the conference in the same millisecond.
    let [channel] = found("bridge_channel_open")[..] else { panic!() };
    assert_eq!((own_ms(report, channel.at_ms), channel.count), (1_695_819_352_585.0, 2));
    let [direct] = found("p2p_established")[..] else { panic!() };
    assert_eq!(own_ms(report, direct.at_ms), 1_695_819_352_827.0);
}
