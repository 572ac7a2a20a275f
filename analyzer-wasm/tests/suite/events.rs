//! Events: one per occurrence, with its participant and every source line.

use analyzer_wasm::report::{Event, Report};
use e2e::dump::{Dump, START};

use crate::support::report_of;

/// Time after START, subtype, participant, count; without joins and leaves.
fn summaries(report: &Report) -> Vec<(f64, &str, &str, u64)> {
    report
        .events
        .iter()
        .filter(|event| !matches!(event.subtype.as_str(), "join" | "leave"))
        .map(|event| {
            let endpoint = event.participant.as_deref().unwrap_or("-");
            (event.at_ms - START as f64, event.subtype.as_str(), endpoint, event.count)
        })
        .collect()
}

fn lines(event: &Event) -> Vec<(&str, &str, u64)> {
    event.sources.iter().map(|source| (source.subtype.as_str(), source.file.as_str(), source.line)).collect()
}

#[test]
fn a_mute_that_is_sent_twice_is_one() {
    let mut dump = Dump::of("aaaa0001");
    dump.entry("audioMutedChanged", "true", 1_000)
        .line(&format!(r#"["audioMutedChanged","PC_1",true,{}]"#, START + 1_040))
        .log("Mute state of aaaa0001-a0 changed to muted=true", 1_050)
        .entry("audioMutedChanged", "false", 1_400)
        .entry("audioMutedChanged", "true", 1_800)
        .entry("audioMutedChanged", "true", 9_000);
    let report = report_of(&[("a", &dump)]);
    assert_eq!(
        summaries(&report),
        [
            (1_000.0, "audio_mute", "aaaa0001", 3),
            (1_400.0, "audio_unmute", "aaaa0001", 1),
            (1_800.0, "audio_mute", "aaaa0001", 1),
            (9_000.0, "audio_mute", "aaaa0001", 1),
        ]
    );
    let mute = &report.events[1];
    assert_eq!(lines(mute), [("audio_mute", "a", 2), ("audio_mute", "a", 3), ("audio_mute", "a", 4)]);
    assert!(report.events[2].sources.is_empty(), "one line is named once");
}

#[test]
fn a_screen_that_is_muted_is_no_camera() {
    let mut dump = Dump::of("aaaa0001");
    dump.line(&format!(r#"["screenshareToggled","PC_1",false,{}]"#, START + 1_000))
        .entry("videoMutedChanged", "true", 5_000)
        .line(&format!(r#"["screenshareToggled","PC_1",true,{}]"#, START + 5_100))
        .entry("videoMutedChanged", "true", 9_000)
        .line(&format!(r#"["videoMutedChanged","PC_1",true,{}]"#, START + 9_020));
    let report = report_of(&[("a", &dump)]);
    assert_eq!(
        summaries(&report),
        [
            (1_000.0, "screenshare_start", "aaaa0001", 1),
            (5_000.0, "screenshare_stop", "aaaa0001", 2),
            (9_000.0, "video_disable", "aaaa0001", 2),
        ]
    );
}

#[test]
fn a_restart_in_entries_and_console_is_one() {
    let mut dump = Dump::of("aaaa0001");
    dump.log("triggering ice restart after 1180 ", 1_000)
        .log("Sending ICE failed - the connection did not recover, ICE state: failed", 14_000)
        .entry("jvbIceRestarted", "null", 14_001)
        // The next one recovers by itself.
        .log("triggering ice restart after 2410 ", 60_000)
        .log("ICE connection restored - not sending ICE failed", 63_000)
        .entry("iceRestartRequested", r#"{"reason":"network-change"}"#, 200_000)
        .entry("iceRestartApplied", r#"{"generation":2}"#, 201_000)
        .log("ICE failed, force reloading the conference after failed attempts to re-establish ICE", 300_000);
    let report = report_of(&[("a", &dump)]);
    assert_eq!(
        summaries(&report),
        [
            (14_000.0, "jvb_ice_restarted", "aaaa0001", 3),
            (60_000.0, "ice_restart", "aaaa0001", 1),
            (63_000.0, "ice_restored", "aaaa0001", 1),
            (200_000.0, "ice_restart_requested", "aaaa0001", 1),
            (201_000.0, "ice_restart_applied", "aaaa0001", 1),
            (300_000.0, "ice_failure", "aaaa0001", 1),
        ]
    );
    let restart = report.events.iter().find(|event| event.subtype == "jvb_ice_restarted").unwrap();
    assert_eq!(restart.issue.as_deref(), Some("networkIssue"));
    assert_eq!(
        lines(restart),
        [("ice_restart", "a", 2), ("jvb_ice_restarted", "a", 3), ("jvb_ice_restarted", "a", 4)]
    );
    let codes: Vec<_> = report.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert!(codes.is_empty(), "without a connection nothing is judged: {codes:?}");
}

#[test]
fn videos_that_stop_at_once_are_as_many_as_there_are() {
    let figured = |source: &str| {
        format!("TrackStreamingStatus: {source} currentStatus => newStatus: active => inactive")
    };
    let mut dump = Dump::of("aaaa0001");
    for source in ["bbbb0001-v0", "cccc0001-v0"] {
        dump.log(&format!("Figure out conn status for {source}, {}", figured("it")), 1_000)
            .log(&format!("Emit track streaming status(1700000001000) {source}: inactive"), 1_001)
            .entry("remoteSourceSuspended", "null", 1_001);
    }
    dump.entry("remoteSourceInterrupted", "null", 1_001)
        .log("Emit track streaming status(1700000001000) dddd0001-v0: interrupted", 1_002)
        .log("Emit track streaming status(1700000005000) dddd0001-v0: restoring", 5_000);
    let report = report_of(&[("a", &dump)]);
    let mut seen: Vec<_> = report
        .events
        .iter()
        .filter(|event| event.kind == "media")
        .map(|event| (event.subtype.as_str(), event.detail.as_deref().unwrap_or("-"), event.count))
        .collect();
    seen.sort_unstable();
    assert_eq!(
        seen,
        [
            ("remoteSourceInterrupted", "dddd0001-v0", 2),
            ("remoteSourceSuspended", "bbbb0001-v0", 3),
            ("remoteSourceSuspended", "cccc0001-v0", 3),
            ("track_streaming_status", "dddd0001-v0 restoring", 1),
        ]
    );
}

#[test]
fn joins_and_leaves_come_from_own_dumps_and_from_other_dumps() {
    let mut ada = Dump::of("aaaa0001");
    ada.log("(TIME) MUC join started:\t 5", 100)
        .log("entered room@conference.example.org/focus", 110)
        .log("entered room@conference.example.org/eeee0001", 120)
        .log("(TIME) MUC joined:\t 9", 130)
        .log("entered room@conference.example.org/bbbb0001", 20_900)
        .log("USER bbbb0001 LEFT: [object Object]", 40_300)
        .log("Kicked by room@conference.example.org/eeee0001", 50_000)
        .entry("audioMutedChanged", "true", 60_000);
    // Bob's dump begins at 20 s; he closes his only connection before the dump ends.
    let mut bob = Dump::empty();
    bob.entry("identity", r#"{"endpointId":"bbbb0001","meetingUniqueId":"m-1"}"#, 20_000)
        .on_connection("create", "{}", 20_100)
        .on_connection("close", "{}", 40_000)
        .entry("audioMutedChanged", "true", 41_000);
    let report = report_of(&[("a", &ada), ("b", &bob)]);
    let seen: Vec<_> = report
        .events
        .iter()
        .filter(|event| event.kind == "member")
        .map(|event| {
            let about = event.participant.as_deref().or(event.detail.as_deref()).unwrap_or("-");
            (event.at_ms - START as f64, event.subtype.as_str(), about, event.file.as_str(), event.count)
        })
        .collect();
    assert_eq!(
        seen,
        [
            (0.0, "join", "aaaa0001", "a", 1),
            (120.0, "member_present", "eeee0001", "a", 1),
            (130.0, "muc_joined", "aaaa0001", "a", 1),
            (20_000.0, "join", "bbbb0001", "b", 2),
            (40_000.0, "leave", "bbbb0001", "b", 2),
            (50_000.0, "kicked", "eeee0001", "a", 1),
            (60_000.0, "leave", "aaaa0001", "a", 1),
        ]
    );
    let strangers = report.participants.iter().filter(|person| person.key == "eeee0001").count();
    assert_eq!(strangers, 0, "an endpoint that appears only in other dumps is no participant");
}

#[test]
fn an_event_in_every_dump_is_listed_once() {
    let mut dumps = [Dump::of("aaaa0001"), Dump::of("bbbb0001"), Dump::of("cccc0001")];
    for (late, dump) in (0..).zip(&mut dumps) {
        dump.entry("conferenceStartTimestamp", "\"1699999990000\"", 10 + late * 700)
            .log("Focus has left the room - leaving conference", 9_000 + late * 40)
            .log("Endpoint connection status changed: bbbb0001 active=false", 5_000 + late * 30)
            .log("Endpoint connection status changed: bbbb0001 active=true", 7_000 + late * 30)
            .log("websocket channel opened", 2_000)
            .log("(TIME) data.channel.opened:\t 20334.5", 2_001)
            .log("Channel closed by server", 8_000)
            .log("Channel closed: 1006 ", 8_001);
    }
    let report = report_of(&[("a", &dumps[0]), ("b", &dumps[1]), ("c", &dumps[2])]);
    let seen: Vec<_> = summaries(&report)
        .into_iter()
        .filter(|(_, subtype, endpoint, _)| !subtype.starts_with("bridge_channel") || *endpoint == "aaaa0001")
        .collect();
    assert_eq!(
        seen,
        [
            (10.0, "conference_start", "aaaa0001", 3),
            (2_000.0, "bridge_channel_open", "aaaa0001", 2),
            (5_000.0, "endpoint_inactive", "bbbb0001", 3),
            (7_000.0, "endpoint_active", "bbbb0001", 3),
            (8_001.0, "bridge_channel_close", "aaaa0001", 2),
            (9_000.0, "focus_left", "aaaa0001", 3),
        ]
    );
}
