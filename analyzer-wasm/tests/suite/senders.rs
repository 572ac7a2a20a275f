//! The sender of a stream from the receiver's own dump: SSRCs that a bridge rewrites, streams named in SDP.

use analyzer_wasm::report::{Direction, Report};
use e2e::dump::{Dump, Reports};
use e2e::poll;

use crate::support::report_of;

/// The sender of each SSRC that Ada received.
fn senders(report: &Report) -> Vec<(u32, Option<&str>)> {
    let ada = report.participants.iter().find(|person| person.key == "aaaa0001").unwrap();
    let streams = ada.connections.iter().flat_map(|connection| &connection.streams);
    let received = streams.filter(|stream| stream.direction == Direction::Inbound);
    received.map(|stream| (stream.ssrc.unwrap(), stream.sender.as_deref())).collect()
}

fn inbound(ssrc: u32, packets: u32) -> Reports {
    poll![format!("I{ssrc}") => "inbound-rtp" {kind: "video", ssrc: ssrc, packetsReceived: packets, packetsLost: 0}]
}

/// Ada receives these SSRCs; Bob and Cleo are there.
fn call(add_entries: impl Fn(&mut Dump), ssrcs: &[u32]) -> Report {
    let mut ada = Dump::of("aaaa0001");
    add_entries(&mut ada);
    for poll in 1..=3_u32 {
        let reports: Reports = ssrcs.iter().map(|ssrc| inbound(*ssrc, poll * 100)).collect();
        ada.poll(&reports, u64::from(poll) * 10_000);
    }
    let (bob, cleo) = (Dump::of("bbbb0001"), Dump::of("cccc0001"));
    report_of(&[("a", &ada), ("b", &bob), ("c", &cleo)])
}

#[test]
fn console_lines_name_the_sender_of_a_rewritten_ssrc() {
    let report = call(
        |ada| {
            ada.log("New SSRC signaled 11: owner=bbbb0001, source-name=bbbb0001-v0", 1_000)
                .log("New SSRC signaled 12: owner=cccc0001, source-name=cccc0001-v0", 1_001)
                .log("New SSRC signaled 13: owner=dddd0001, source-name=dddd0001-v0", 1_002);
        },
        &[11, 12, 13, 14],
    );
    assert_eq!(senders(&report), [(11, Some("bbbb0001")), (12, Some("cccc0001")), (13, None), (14, None)]);
    assert_eq!(report.conference.sender_contradictions, 0);
}

#[test]
fn an_ssrc_that_changes_its_source_has_no_sender() {
    let report = call(
        |ada| {
            ada.log("New SSRC signaled 11: owner=bbbb0001, source-name=bbbb0001-v0", 1_000)
                .log("Existing SSRC re-mapped 11: new owner=cccc0001, source-name=cccc0001-v0", 15_000);
        },
        &[11],
    );
    assert_eq!(senders(&report), [(11, None)]);
    assert_eq!(report.conference.sender_contradictions, 0, "one after the other is no contradiction");
}

#[test]
fn remote_descriptions_name_streams_for_their_senders() {
    let sdp = [
        "v=0",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111",
        "a=ssrc:21 cname:mixed",
        "a=ssrc:21 msid:mixedmslabel mixedlabelaudio0",
        "m=video 9 UDP/TLS/RTP/SAVPF 96",
        "a=ssrc:22 msid:bbbb0001-video-0-1 0f5a7d6e-0000-4000-8000-000000000000-1",
        "a=ssrc:23 name:cccc0001-v1",
        "",
    ]
    .join("\r\n");
    let description = serde_json::json!({"type": "offer", "sdp": sdp}).to_string();
    let report = call(
        |ada| {
            ada.on_connection("setRemoteDescription", &description, 500);
        },
        &[21, 22, 23],
    );
    assert_eq!(senders(&report), [(21, None), (22, Some("bbbb0001")), (23, Some("cccc0001"))]);
    // Their own descriptions are not about others.
    let own = call(
        |ada| {
            ada.on_connection("setLocalDescription", &description, 500);
        },
        &[22],
    );
    assert_eq!(senders(&own), [(22, None)]);
}
