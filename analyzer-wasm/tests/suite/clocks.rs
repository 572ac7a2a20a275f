//! Clock offsets of participants: from sender reports with rewritten SSRCs and from dominant speaker changes.

use analyzer_wasm::report::Report;
use e2e::dump::{Dump, START};
use e2e::poll;
use serde_json::json;

use crate::server_dump::{ServerDump, bridge_dump, focus_dump, log, member, reports, snake};
use crate::support::report_of;

/// How far Bob's clock is ahead of Ada's.
const AHEAD_MS: u64 = 5_000;

/// A dump that sends `own` and gets sender reports about `received`, with the sender's clock this much ahead.
fn poll(dump: &mut Dump, own: u32, received: u32, later_ms: i64, at_ms: u64) {
    let now_ms = START + at_ms;
    let written_ms = now_ms.saturating_add_signed(later_ms);
    dump.poll(
        &poll![
            "O" => "outbound-rtp" {
                timestamp: now_ms, kind: "video", ssrc: own, packetsSent: at_ms, bytesSent: at_ms,
            },
            "I" => "inbound-rtp" {
                timestamp: now_ms, kind: "video", ssrc: received, packetsReceived: at_ms, packetsLost: 0,
            },
            "R" => "remote-outbound-rtp" {
                timestamp: now_ms, kind: "video", ssrc: received, remoteTimestamp: written_ms,
            },
        ],
        at_ms,
    );
}

/// Ada sends 1 and Bob 2; the bridge makes 11 of Ada's and 12 of Bob's.
fn rewritten(add_entries: impl Fn(&mut Dump)) -> Report {
    let (mut ada, mut bob) = (Dump::of("aaaa0001"), Dump::of("bbbb0001"));
    add_entries(&mut ada);
    bob.log("New SSRC signaled 11: owner=aaaa0001, source-name=aaaa0001-v0", 1_000);
    let ahead_ms = i64::try_from(AHEAD_MS).unwrap();
    for at_ms in [10_000, 20_000, 30_000] {
        poll(&mut ada, 1, 12, ahead_ms - 30, at_ms);
        poll(&mut bob, 2, 11, -ahead_ms - 30, at_ms + AHEAD_MS);
    }
    report_of(&[("a", &ada), ("b", &bob)])
}

fn clocks(report: &Report) -> Vec<(&str, f64)> {
    report.participants.iter().map(|person| (person.clock.method.as_str(), person.clock.offset_ms)).collect()
}

#[test]
fn the_sender_of_a_rewritten_ssrc_determines_the_clock_of_its_reports() {
    let report = rewritten(|ada| {
        ada.log("New SSRC signaled 12: owner=bbbb0001, source-name=bbbb0001-v0", 1_000);
    });
    let clocks = clocks(&report);
    let [("sender-reports", ada_ms), ("sender-reports", bob_ms)] = clocks.as_slice() else {
        panic!("{clocks:?}")
    };
    assert_eq!(ada_ms - bob_ms, AHEAD_MS as f64, "the ways of both directions cancel out");
}

#[test]
fn an_ssrc_that_changed_its_sender_gives_no_clock() {
    let report = rewritten(|ada| {
        ada.log("New SSRC signaled 12: owner=bbbb0001, source-name=bbbb0001-v0", 1_000)
            .log("Existing SSRC re-mapped 12: new owner=cccc0001, source-name=cccc0001-v0", 15_000);
    });
    let clocks = clocks(&report);
    let [("sender-reports", ada_ms), ("sender-reports", bob_ms)] = clocks.as_slice() else {
        panic!("{clocks:?}")
    };
    assert_eq!(ada_ms - bob_ms, AHEAD_MS as f64 + 30.0, "what Bob saw is left, and no round trip is known");
}

/// Dee joined at second 20, became the dominant speaker at 30 and 50, and spoke again after silence at 33. Logs
/// are written 250 ms later.
fn dee(ahead_s: f64) -> Vec<u8> {
    let line = |kind: &str, on: &str, data: &str, second: f64| {
        format!("[\"{kind}\",{on},{data},{}]\n", START as f64 + (second + ahead_s) * 1_000.0)
    };
    let identity = r#"{"endpointId":"dddd0001","displayName":"Dee-a1b","meetingUniqueId":"m-1"}"#;
    let became = |second| line("dominantSpeakerChanged", "null", "null", second);
    [
        line("identity", "null", identity, 20.1),
        line("create", "\"PC_0\"", "{}", 20.2),
        line("oniceconnectionstatechange", "\"PC_0\"", "\"connected\"", 20.3),
        became(30.28),
        became(33.0),
        became(50.28),
        line("close", "\"PC_0\"", "{}", 60.0),
    ]
    .concat()
    .into_bytes()
}

#[test]
fn own_changes_of_the_speaker_decide_and_silence_does_not_mislead() {
    let spoke = |second: u64, endpoint: &str| {
        let message =
            format!("Recent speakers changed: [{endpoint}], dominant speaker changed: true silence:false");
        log(second, "Conference", &message)
    };
    let mut bridge: ServerDump = bridge_dump(snake);
    let ice = log(20, "Endpoint", "ICE connected").replace("participant=", "epId=");
    bridge.logs(&[ice, spoke(30, "dddd0001"), spoke(36, "aaaa0001"), spoke(50, "dddd0001")], 52);
    // The join times contradict each other: the focus has second 27.
    let mut focus = focus_dump();
    focus
        .state(&json!({"chat_room": {"members": {"dddd0001": member("OWNER")}}}), 30)
        .logs(&[log(27, "JitsiMeetConferenceImpl", "Member joined:dddd0001 stats-id=Dee-a1b")], 31);
    for ahead_s in [0.0, -75.0, 3_600.0] {
        let files = [("dee", dee(ahead_s)), ("focus", focus.bytes()), ("bridge", bridge.bytes())];
        let [report] = <[Report; 1]>::try_from(reports(&files)).unwrap();
        let clock = &report.participants.iter().find(|person| person.key == "dddd0001").unwrap().clock;
        assert_eq!((clock.observations, clock.contradictions), (1, 1), "{clock:?}");
        let error_ms = clock.offset_ms + ahead_s * 1_000.0;
        assert!(error_ms.abs() <= clock.residual_ms.unwrap(), "{clock:?}");
        assert!(clock.residual_ms.unwrap() < 1_000.0, "{clock:?}");
    }
}
