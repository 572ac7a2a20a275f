//! Intervals of speaking, mute and screen sharing: times, source, total durations.

use analyzer_wasm::report::{Activity, IntervalKind, Report};
use e2e::dump::{Dump, START};
use e2e::poll;

use serde_json::{Value, json};

use crate::server_dump::{focus_dump, reports};
use crate::support::report_of;

/// A participant's intervals of one kind: from and to in ms after START, source, whether open.
fn intervals(report: &Report, key: &str, kind: IntervalKind) -> Vec<(f64, f64, String, bool)> {
    let person = report.participants.iter().find(|person| person.key == key).unwrap();
    let of_kind = person.activity.intervals.iter().filter(|interval| interval.kind == kind);
    of_kind
        .map(|interval| {
            let source = serde_json::to_value(interval.source).unwrap().as_str().unwrap().to_owned();
            (interval.from_ms - START as f64, interval.to_ms - START as f64, source, interval.open)
        })
        .collect()
}

fn own(from: f64, to: f64) -> (f64, f64, String, bool) {
    (from, to, "own".to_owned(), false)
}

fn by(source: &str, from: f64, to: f64) -> (f64, f64, String, bool) {
    (from, to, source.to_owned(), false)
}

fn activity<'a>(report: &'a Report, key: &str) -> &'a Activity {
    &report.participants.iter().find(|person| person.key == key).unwrap().activity
}

/// A dump that lasts to that moment.
fn until(endpoint: &str, to_ms: u64) -> Dump {
    let mut dump = Dump::of(endpoint);
    dump.entry("e2eRtt", "{}", to_ms);
    dump
}

fn speaks(dump: &mut Dump, endpoint: &str, after_ms: u64) {
    dump.entry("dominantSpeaker", format!(r#"{{"dominantSpeakerEndpoint":{endpoint}}}"#), after_ms);
}

#[test]
fn time_counts_between_switches_and_until_the_end() {
    let mut dump = until("aaaa0001", 9_000);
    dump.entry("audioMutedChanged", "true", 1_000)
        .entry("audioMutedChanged", "true", 1_001)
        .entry("audioMutedChanged", "null", 3_000)
        .entry("screenshareToggled", "null", 8_000);
    let report = report_of(&[("a", &dump)]);
    assert_eq!(intervals(&report, "aaaa0001", IntervalKind::AudioMuted), [own(1_000.0, 3_000.0)]);
    assert_eq!(intervals(&report, "aaaa0001", IntervalKind::Screenshare), [own(8_000.0, 9_000.0)]);
    let activity = activity(&report, "aaaa0001");
    assert_eq!((activity.audio_muted_ms, activity.screenshare_ms), (Some(2_000.0), Some(1_000.0)));
    assert_eq!(activity.video_muted_ms, None, "no source for the camera's mute state");
    assert_eq!(activity.speaking_ms, None, "no source for the dominant speaker");
    let muted = &activity.intervals[0];
    assert_eq!((muted.file.as_str(), muted.line), ("a", 3));
}

#[test]
fn silence_and_others_end_speaking() {
    let mut dump = until("aaaa0001", 20_000);
    speaks(&mut dump, r#""aaaa0001""#, 4_000);
    speaks(&mut dump, r#""bbbb0001""#, 6_000);
    speaks(&mut dump, r#""aaaa0001""#, 8_000);
    speaks(&mut dump, r#""null""#, 9_000);
    speaks(&mut dump, "null", 9_500);
    speaks(&mut dump, r#""aaaa0001""#, 12_000);
    // Repeated values add no interval, nor do the additional entries of newer clients.
    speaks(&mut dump, r#""aaaa0001""#, 13_000);
    dump.entry("dominantSpeakerChanged", "null", 13_001);
    let report = report_of(&[("a", &dump)]);
    assert_eq!(
        intervals(&report, "aaaa0001", IntervalKind::Speaking),
        [own(4_000.0, 6_000.0), own(8_000.0, 9_000.0), own(12_000.0, 20_000.0)]
    );
    assert_eq!(activity(&report, "aaaa0001").speaking_ms, Some(11_000.0));
    let events: Vec<_> = report
        .events
        .iter()
        .filter(|event| event.subtype.starts_with("dominant"))
        .map(|event| {
            let endpoint = event.participant.as_deref().or(event.detail.as_deref()).unwrap();
            (event.at_ms - START as f64, event.subtype.rsplit_once('_').unwrap().1, endpoint, event.count)
        })
        .collect();
    assert_eq!(
        events,
        [
            (4_000.0, "start", "aaaa0001", 1),
            (5_999.0, "stop", "aaaa0001", 1),
            (6_000.0, "start", "bbbb0001", 1),
            (7_999.0, "stop", "bbbb0001", 1),
            (8_000.0, "start", "aaaa0001", 1),
            (9_000.0, "stop", "aaaa0001", 2),
            (12_000.0, "start", "aaaa0001", 3),
        ]
    );
}

#[test]
fn new_clients_end_each_others_speaking() {
    let (mut ada, mut bob) = (until("aaaa0001", 30_000), until("bbbb0001", 25_000));
    ada.entry("dominantSpeakerChanged", "null", 1_000).entry("dominantSpeakerChanged", "null", 1_500).entry(
        "dominantSpeakerChanged",
        "null",
        9_000,
    );
    bob.entry("dominantSpeakerChanged", "null", 2_000);
    let report = report_of(&[("a", &ada), ("b", &bob)]);
    assert_eq!(
        intervals(&report, "aaaa0001", IntervalKind::Speaking),
        [own(1_000.0, 2_000.0), own(9_000.0, 30_000.0)]
    );
    assert_eq!(intervals(&report, "bbbb0001", IntervalKind::Speaking), [own(2_000.0, 9_000.0)]);
    assert_eq!(activity(&report, "aaaa0001").speaking_ms, Some(22_000.0));

    // Another endpoint may have spoken meanwhile: the end is then an upper bound, and the sum is unknown.
    ada.on_connection("ontrack", r#""audio:x stream:cccc0001-audio-0-1""#, 500);
    let report = report_of(&[("a", &ada), ("b", &bob)]);
    assert!(intervals(&report, "aaaa0001", IntervalKind::Speaking).iter().all(|(.., open)| *open));
    assert_eq!(activity(&report, "aaaa0001").speaking_ms, None);
}

#[test]
fn others_are_heard_where_ones_own_dump_is_silent() {
    let (ada, mut bob) = (until("aaaa0001", 30_000), until("bbbb0001", 25_000));
    speaks(&mut bob, r#""aaaa0001""#, 4_000);
    speaks(&mut bob, r#""bbbb0001""#, 6_000);
    bob.entry("setVideoType", r#"{"ssrc":7,"videoType":"desktop","ownerEndpointId":"aaaa0001"}"#, 10_000)
        .entry("setVideoType", r#"{"ssrc":8,"videoType":"camera","ownerEndpointId":"aaaa0001"}"#, 11_000)
        .entry("setVideoType", r#"{"ssrc":7,"videoType":"camera","ownerEndpointId":"aaaa0001"}"#, 12_000)
        .log("Mute state of aaaa0001-a0 changed to muted=true", 20_000);
    let report = report_of(&[("a", &ada), ("b", &bob)]);
    let of = |kind| intervals(&report, "aaaa0001", kind);
    assert_eq!(of(IntervalKind::Speaking), [by("client", 4_000.0, 6_000.0)]);
    assert_eq!(of(IntervalKind::Screenshare), [by("client", 10_000.0, 12_000.0)]);
    assert_eq!(of(IntervalKind::AudioMuted), [by("client", 20_000.0, 25_000.0)], "until Bob saw no more");
    assert_eq!(intervals(&report, "bbbb0001", IntervalKind::Speaking), [own(6_000.0, 25_000.0)]);
}

#[test]
fn a_screen_of_an_old_client_is_what_it_added_and_removed() {
    let mut dump = until("aaaa0001", 60_000);
    let screen = |id: &str| {
        format!(r#"{{"id":"{id}","tracks":[{{"id":"{id}v","kind":"video","label":"screen:0:0"}}]}}"#)
    };
    dump.entry("navigator.mediaDevices.getDisplayMediaOnSuccess", screen("s1"), 1_000)
        .on_connection("addStream", r#""x1 video:s1v""#, 1_040)
        .on_connection("removeStream", r#""x1 video:s1v""#, 9_000)
        // Selected, but never sent.
        .entry("navigator.mediaDevices.getDisplayMediaOnSuccess", screen("s2"), 20_000)
        .entry("navigator.mediaDevices.getDisplayMediaOnSuccess", screen("s3"), 30_000)
        .on_connection("addStream", r#""x3 video:s3v""#, 30_100);
    let report = report_of(&[("a", &dump)]);
    assert_eq!(
        intervals(&report, "aaaa0001", IntervalKind::Screenshare),
        [own(1_000.0, 9_000.0), own(30_000.0, 60_000.0)]
    );
}

#[test]
fn a_screen_that_is_taken_away_ends_with_its_last_bytes() {
    let mut dump = Dump::of("aaaa0001");
    dump.entry("screenshareToggled", "false", 20_500);
    for second in 0..120_u64 {
        let camera = second * 1_000;
        let screen = second.clamp(21, 60) * 2_000;
        let mut reports =
            poll!["C" => "outbound-rtp" {kind: "video", ssrc: 1, packetsSent: camera, bytesSent: camera}];
        if second > 20 {
            reports = reports.and(
                &poll!["S" => "outbound-rtp" {kind: "video", ssrc: 2, packetsSent: screen, bytesSent: screen}],
            );
        }
        dump.poll(&reports, second * 1_000);
    }
    let report = report_of(&[("a", &dump)]);
    assert_eq!(intervals(&report, "aaaa0001", IntervalKind::Screenshare), [own(20_500.0, 60_000.0)]);
}

#[test]
fn a_focus_is_the_source_where_there_is_no_other() {
    let mut focus = focus_dump();
    let muted = |members: Value| json!({"chat_room": {"members": members}});
    focus
        .state(
            &muted(json!({"aaaa0001": {"is_audio_muted": true}, "cccc0001": {"is_audio_muted": true}})),
            20,
        )
        .state(
            &muted(json!({"aaaa0001": {"is_audio_muted": false}, "bbbb0001": {"is_video_muted": false}})),
            40,
        )
        .state(&json!({"chat_room": {"audio_senders_count": 2}}), 50);
    let mut ada = until("aaaa0001", 50_000);
    ada.entry("audioMutedChanged", "true", 14_000).entry("audioMutedChanged", "false", 33_000);
    let reports = reports(&[("a", ada.bytes().to_vec()), ("j", focus.bytes())]);
    let [report] = reports.as_slice() else { panic!("{}", reports.len()) };
    let of = |key: &str, kind| intervals(report, key, kind);
    assert_eq!(of("aaaa0001", IntervalKind::AudioMuted), [own(14_000.0, 33_000.0)]);
    assert_eq!(of("cccc0001", IntervalKind::AudioMuted), [by("jicofo", 20_000.0, 50_000.0)]);
    assert_eq!(of("bbbb0001", IntervalKind::VideoMuted), [by("jicofo", 0.0, 40_000.0)]);
    assert_eq!(
        activity(report, "bbbb0001").audio_muted_ms,
        Some(0.0),
        "there is a source, and it was never muted"
    );
    let mutes: Vec<_> = report
        .events
        .iter()
        .filter(|event| event.subtype.starts_with("audio_"))
        .map(|event| {
            let (endpoint, server) = (event.participant.as_deref().unwrap(), event.server.is_some());
            (event.at_ms - START as f64, event.subtype.as_str(), endpoint, server, event.count)
        })
        .collect();
    assert_eq!(
        mutes,
        [
            (14_000.0, "audio_mute", "aaaa0001", false, 2),
            (20_000.0, "audio_mute", "cccc0001", true, 1),
            (33_000.0, "audio_unmute", "aaaa0001", false, 2),
        ]
    );
}

#[test]
fn intervals_begin_anew_after_a_rejoin() {
    let mut first = until("aaaa0001", 10_000);
    first.entry("audioMutedChanged", "true", 5_000);
    let mut second = Dump::empty();
    second
        .entry(
            "identity",
            r#"{"endpointId":"aaaa0002","meetingUniqueId":"m-1","displayName":"Ada-x1y"}"#,
            60_000,
        )
        .entry("audioMutedChanged", "true", 65_000)
        .entry("e2eRtt", "{}", 70_000);
    first.entry("identity", r#"{"displayName":"Ada-x1y"}"#, 1);
    let report = report_of(&[("a", &first), ("b", &second)]);
    assert_eq!(report.participants.len(), 1);
    assert_eq!(
        intervals(&report, "aaaa0001", IntervalKind::AudioMuted),
        [own(5_000.0, 10_000.0), own(65_000.0, 70_000.0)]
    );
}
