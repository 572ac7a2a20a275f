//! Dumps of bridges: both key spellings, rejoining endpoints, restarts, events for changed values.

use serde_json::{Value, json};

use crate::server_dump::{ServerDump, Spelling, bridge_dump, camel, report, snake, stays, subtypes};
use crate::support::problems;

#[test]
fn both_key_spellings_of_a_bridge_give_the_same_report() {
    let (old, new) = (report(&bridge_dump(camel)), report(&bridge_dump(snake)));
    assert_eq!(
        (&old.participants, &old.servers, &old.events),
        (&new.participants, &new.servers, &new.events)
    );
    let [person] = old.participants.as_slice() else { panic!("one person") };
    assert_eq!(
        (person.key.as_str(), person.stats_id.as_deref(), person.has_dump),
        ("aaaa0001", Some("Ada-x1y"), false)
    );
    assert_eq!(stays(person), [(0.0, 45.0)], "two polls did not name them");
    let bridge = person.bridge.as_ref().unwrap();
    assert_eq!((bridge.polls, bridge.rtt_ms.unwrap().mean, bridge.rtt_ms.unwrap().max), (10, 44.5, 49.0));
    assert!((bridge.loss_up_ratio.unwrap() - 0.1).abs() < 1e-9, "10 of 100, as sampled");
    assert_eq!(bridge.loss_down_ratio, Some(0.0), "late packets are no negative loss");
    assert_eq!((bridge.receive_bps, bridge.send_bps), (Some(80_000.0), None));
    assert_eq!((bridge.estimate_bps, bridge.ideal_bps, bridge.target_bps), (Some(9e5), Some(5e5), Some(4e5)));
    assert_eq!((bridge.oversending_ms, bridge.keyframe_requests), (Some(4_000.0), Some(5.0)));
    assert_eq!(
        (bridge.messages_received, bridge.messages_sent, bridge.messages_dropped),
        (Some(4.0), Some(2.0), Some(0.0))
    );
    assert_eq!(
        (bridge.ice_state.as_deref(), bridge.dtls_state.as_deref(), bridge.sctp_state.as_deref()),
        (Some("connected"), Some("connected"), None)
    );
    assert_eq!(bridge.forwarded_sources.unwrap().max, 2.0);
    assert_eq!(old.servers[0].relays, ["relay-2"]);
    assert_eq!(subtypes(&old.events, "aaaa0001"), [("endpoint_left", "-")]);
}

#[test]
fn an_endpoint_that_comes_back_begins_anew() {
    let mut dump = bridge_dump(camel);
    dump.state(&json!({"endpoints": {"aaaa0001": camel("aaaa0001", 500, 90.0)}}), 60)
        .state(&json!({"endpoints": {"aaaa0001": {"transceiver": {"RTP receiver aaaa0001": {"Packet handler stats": {"received_bytes": 50_500}}}}}}), 65)
        .state(&json!({"endpoints": {"aaaa0001": {"expired": true}}}), 70);
    let report = report(&dump);
    let person = &report.participants[0];
    assert_eq!(stays(person), [(0.0, 45.0), (60.0, 65.0)]);
    // 450 kB in 45 s and 50 kB in 5 s; the gap counts for nothing.
    assert_eq!(person.bridge.as_ref().unwrap().receive_bps, Some(80_000.0));
    assert_eq!(person.bridge.as_ref().unwrap().keyframe_requests, Some(10.0));
    assert_eq!(report.conference.peak_participants, 1);
}

#[test]
fn a_bridge_that_was_restarted_counts_from_zero() {
    let mut dump = bridge_dump(camel);
    dump.lines.truncate(11);
    for poll in 0..3_u64 {
        let mut state = json!({"endpoints": {"aaaa0001": camel("aaaa0001", 100 + poll * 50_000, 60.0)}});
        if poll == 0 {
            state["name"] = json!("room@conference.example.org");
        }
        dump.state(&state, 50 + poll * 5);
    }
    let person = report(&dump).participants.remove(0);
    assert_eq!(stays(&person), [(0.0, 60.0)]);
    let rate = person.bridge.as_ref().unwrap().receive_bps.unwrap();
    assert!((79_000.0..=80_000.0).contains(&rate), "no jump, up or down: {rate}");
}

#[test]
fn suspension_oversending_and_failing_ice_give_an_event_at_each_change() {
    let mut dump = ServerDump::new("JVB");
    let with = |suspended: Value, oversending: bool, failed: bool| {
        let mut endpoint = snake("aaaa0001", 1, 40.0);
        endpoint["bitrate_controller"]["bitrate_allocator"]["allocation"]["suspended_sources"] = suspended;
        endpoint["bitrate_controller"]["oversending"] = json!(oversending);
        endpoint["ice_transport"]["iceFailed"] = json!(failed);
        json!({"name": "r", "speech_activity": {"dominantEndpoint": if failed { "null" } else { "aaaa0001" }}, "endpoints": {"aaaa0001": endpoint}})
    };
    dump.state(&with(json!("[]"), false, false), 0)
        .state(&with(json!("[b-v0]"), true, false), 5)
        .state(&with(json!("[b-v0]"), true, false), 10)
        .state(&with(json!("[]"), false, true), 15);
    let report = report(&dump);
    assert_eq!(
        subtypes(&report.events, "aaaa0001"),
        [
            ("dominant_speaker_start", "-"),
            ("sources_suspended", "b-v0"),
            ("oversending_start", "-"),
            ("sources_resumed", "-"),
            ("oversending_stop", "-"),
            ("bridge_ice_state", "failed"),
            ("dominant_speaker_stop", "-"),
        ]
    );
    let bridge = report.participants[0].bridge.clone().unwrap();
    assert_eq!((bridge.suspended_ms, bridge.ice_state.as_deref()), (Some(10_000.0), Some("failed")));
    assert_eq!(report.participants[0].activity.speaking_ms, Some(15_000.0), "until all were silent");
}

#[test]
fn a_dump_that_begins_in_the_middle_has_a_problem_and_is_read() {
    let mut dump = ServerDump::new("JVB");
    for poll in 0..4_u64 {
        let change = json!({"transceiver": {"receiver": {"PacketStreamStats": {"total_bytes": 90_000 + poll * 5_000}}}});
        dump.state(&json!({"endpoints": {"aaaa0001": change}}), poll * 5);
    }
    assert_eq!(problems(&dump.bytes()), [("no-base-state".to_owned(), 1, Some(2))]);
    let bridge = report(&dump).participants[0].bridge.clone().unwrap();
    assert_eq!((bridge.receive_bps, bridge.rtt_ms, bridge.ice_state), (Some(8_000.0), None, None));
}

#[test]
fn an_endpoint_without_audio_is_no_dominant_speaker() {
    for (of, side, node) in [
        (camel as Spelling, "RTP receiver aaaa0001", "Node Audio level reader (post-srtp) 77"),
        (snake, "receiver", "Audio level reader (post-srtp)"),
    ] {
        let mut dump = ServerDump::new("JVB");
        let mut endpoint = of("aaaa0001", 1, 40.0);
        endpoint["transceiver"][side][node] = json!({"num_audio_levels": 50});
        dump.state(&json!({"name": "r", "speechActivity": {"dominantEndpoint": "aaaa0001"}, "endpoints": {"aaaa0001": endpoint}}), 0);
        // A poll contains changed values only; the bridge's dominant endpoint never changes.
        for (poll, packets) in [(1, Some(300)), (2, None), (3, None), (4, Some(550)), (5, None)] {
            let mut change = json!({"transceiver": {"endpointConnectionStats": {"rtt": 40 + poll}}});
            if let Some(packets) = packets {
                change["transceiver"][side][node]["num_audio_levels"] = json!(packets);
            }
            dump.state(&json!({"endpoints": {"aaaa0001": change}}), poll * 5);
        }
        let report = report(&dump);
        let intervals = &report.participants[0].activity.intervals;
        let seconds = |at_ms: f64| (at_ms - e2e::dump::START as f64) / 1_000.0;
        let spoke: Vec<_> = intervals.iter().map(|one| (seconds(one.from_ms), seconds(one.to_ms))).collect();
        assert_eq!(spoke, [(0.0, 10.0), (20.0, 25.0)], "{side}");
    }
}

#[test]
fn a_next_ice_generation_is_a_restart_once() {
    let of = |restarted: &[String]| {
        let mut dump = ServerDump::new("JVB");
        for (poll, generation) in [(0, 1), (1, 1), (2, 2), (3, 2)] {
            let mut endpoint = snake("aaaa0001", 1, 40.0);
            endpoint["ice_transport"]["iceGeneration"] = json!(generation);
            dump.state(&json!({"name": "r", "endpoints": {"aaaa0001": endpoint}}), poll * 5);
            if poll == 1 && !restarted.is_empty() {
                dump.logs(restarted, 6);
            }
        }
        report(&dump).events
    };
    let restart = |detail| [("bridge_ice_restart", detail)];
    assert_eq!(subtypes(&of(&[]), "aaaa0001"), restart("generation 2"));
    let line = "JVB 2023-11-14 22:13:26.000 INFO: [7] [epId=aaaa0001 meeting_id=m-1] IceTransport.f#1: ICE restart requested (generation=2)";
    let events = of(&[line.to_owned()]);
    assert_eq!(subtypes(&events, "aaaa0001"), restart("ICE restart requested (generation=2)"));
}
