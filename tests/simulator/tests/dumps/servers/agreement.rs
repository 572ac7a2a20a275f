//! Servers' and clients' dumps of a call agree on packets, losses, round-trip times and clocks.

use simulator::{Call, Dump, Fault, FaultKind, Lines, Spelling, TimeRange, TrueBridgePresence};

use super::{bridge_states, calm, simulated};
use crate::series::{growth, read};

/// The values of a counter before and after a time.
fn around(points: &[(f64, f64)], at_ms: f64) -> Option<(f64, f64)> {
    let after = points.iter().position(|(time, _)| *time >= at_ms)?;
    let before = after.checked_sub(1)?;
    Some((points[before].1, points[after].1))
}

/// The client dump of an endpoint on the bridge.
fn dump_of<'a>(call: &'a Call, on_bridge: &TrueBridgePresence) -> &'a Dump {
    let mut presences = call.truth.people[on_bridge.person].presences.iter();
    let file = &presences.find(|presence| presence.endpoint_id == on_bridge.endpoint_id).unwrap().file;
    call.dumps.iter().find(|dump| dump.name == *file).unwrap()
}

#[test]
fn sent_packets_are_received_or_lost() {
    let mut scenario = calm(81, 4, Lines::Enveloped, Spelling::Debug);
    let time = TimeRange { from_ms: 90_000, to_ms: 150_000 };
    scenario.faults.push(Fault { person: 2, time, kind: FaultKind::UplinkLoss { ratio: 0.2 } });
    scenario.people[1].clock_ahead_ms = 60_000;
    let (call, truth) = simulated(&scenario);
    let states = bridge_states(&call, &truth.bridges[0], 0);
    let mut compared = 0;
    let mut lost_by_one = 0;
    for presence in &truth.bridges[0].stays {
        let dump = dump_of(&call, presence);
        let series = read(&dump.bytes);
        for poll in presence.polls.iter().skip(8) {
            let (_, state, _) = states.iter().find(|(at_ms, ..)| *at_ms == poll.at_ms).unwrap();
            let receiver = &state["endpoints"][&presence.endpoint_id]["transceiver"]
                [format!("RTP receiver {}", presence.endpoint_id)];
            let nodes = receiver.as_object().unwrap();
            let tracker = nodes.iter().find(|(name, _)| name.starts_with("Node Incoming statistics tracker"));
            // The client's clock differs from the bridge's.
            let client_ms = poll.at_ms as f64 + presence.client_ahead_ms as f64;
            for (ssrc, row) in tracker.unwrap().1.as_object().unwrap() {
                let Some(expected) = row.get("num_expected_packets") else { continue };
                let reports = series.reports("OT01").into_iter().chain(series.reports("RI"));
                let own: Vec<_> = reports.filter(|(_, id)| id.ends_with(ssrc.as_str())).collect();
                let sent = own.iter().find(|(_, id)| id.starts_with("OT")).unwrap();
                let Some((least, most)) = around(series.points(sent, "packetsSent"), client_ms) else {
                    continue;
                };
                let expected = expected.as_f64().unwrap();
                assert!(
                    least <= expected && expected <= most,
                    "{ssrc}: {expected} of {least} to {most} sent"
                );
                let lost = row["cumulative_packets_lost"].as_f64().unwrap();
                let remote = own.iter().find(|(_, id)| id.starts_with("RI")).unwrap();
                // Receiver reports for audio are sent every five seconds.
                let before =
                    around(series.points(remote, "packetsLost"), client_ms).map_or(0.0, |(least, _)| least);
                let later = around(series.points(remote, "packetsLost"), client_ms + 7_500.0);
                if let Some((_, later)) = later {
                    assert!(before <= lost && lost <= later, "{ssrc}: {before}, {lost}, {later}");
                }
                compared += 1;
                lost_by_one = lost_by_one.max(lost as u64);
            }
        }
    }
    assert!(compared > 300 && lost_by_one > 500, "{compared} {lost_by_one}");
}

#[test]
fn round_trip_times_agree_at_both_ends() {
    let mut scenario = calm(82, 4, Lines::Enveloped, Spelling::Stats);
    let time = TimeRange { from_ms: 90_000, to_ms: 150_000 };
    scenario.faults.push(Fault { person: 3, time, kind: FaultKind::Delay { rtt_ms: 300.0 } });
    let (call, truth) = simulated(&scenario);
    for presence in &truth.bridges[0].stays {
        let dump = dump_of(&call, presence);
        let series = read(&dump.bytes);
        let [pair] = <[_; 1]>::try_from(series.reports("CP")).unwrap();
        for part in [TimeRange { from_ms: 20_000, to_ms: 90_000 }, time] {
            let from_ms = (scenario.start_ms + part.from_ms + 3_000) as f64;
            let to_ms = (scenario.start_ms + part.to_ms) as f64;
            let ahead_ms = presence.client_ahead_ms as f64;
            let own = series.points(&pair, "currentRoundTripTime").iter();
            let own: Vec<f64> = own
                .filter(|(at_ms, _)| (from_ms..to_ms).contains(&(at_ms - ahead_ms)))
                .map(|(_, rtt_s)| rtt_s * 1_000.0)
                .collect();
            let seen: Vec<f64> = presence
                .polls
                .iter()
                .filter(|poll| (from_ms..to_ms).contains(&(poll.at_ms as f64)))
                .filter_map(|poll| poll.rtt_ms)
                .collect();
            let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
            assert!(own.len() > 10 && seen.len() > 8);
            assert!((mean(&own) - mean(&seen)).abs() < 9.0, "{} and {}", mean(&own), mean(&seen));
            let slow = presence.person == 3 && part == time;
            assert_eq!(mean(&seen) > 300.0, slow, "{}: {}", presence.person, mean(&seen));
        }
    }
}

/// The downlink loss in a bridge's window is the client's loss over the last minute.
#[test]
fn downlink_losses_match_the_clients() {
    let mut scenario = calm(83, 4, Lines::Enveloped, Spelling::Stats);
    let time = TimeRange { from_ms: 60_000, to_ms: 200_000 };
    scenario.faults.push(Fault { person: 1, time, kind: FaultKind::DownlinkLoss { ratio: 0.12 } });
    let (call, truth) = simulated(&scenario);
    let mut compared = 0;
    for presence in &truth.bridges[0].stays {
        let late = presence.polls.iter().find(|poll| poll.at_ms > call.truth.start_ms + 190_000);
        let Some(late) = late else { continue };
        compared += 1;
        let share = late.down.lost as f64 / (late.down.lost + late.down.received) as f64;
        let expect = if presence.person == 1 { 0.11..0.13 } else { 0.0..0.01 };
        assert!(expect.contains(&share), "{}: {share}", presence.person);
        let dump = dump_of(&call, presence);
        let series = read(&dump.bytes);
        let client_ms = late.at_ms as f64 + presence.client_ahead_ms as f64;
        let grown = |field: &str| -> f64 {
            let reports = series.reports("IT01").into_iter();
            reports.map(|id| growth(series.points(&id, field), client_ms - 60_000.0, client_ms)).sum()
        };
        let (lost, received) = (grown("packetsLost"), grown("packetsReceived"));
        let own = lost / (lost + received);
        assert!((own - share).abs() < 0.008, "{}: {own} and {share}", presence.person);
    }
    assert!(compared >= 3, "the first three people are present until the end");
}

/// A window holds the growth of the counters in the last minute.
#[test]
fn windows_cover_one_minute() {
    let mut scenario = calm(84, 4, Lines::Enveloped, Spelling::Debug);
    let time = TimeRange { from_ms: 60_000, to_ms: 100_000 };
    scenario.faults.push(Fault { person: 0, time, kind: FaultKind::UplinkLoss { ratio: 0.15 } });
    let (call, truth) = simulated(&scenario);
    let mut compared = 0;
    for presence in &truth.bridges[0].stays {
        // The first poll may fall into the first second, which is only counted in part.
        let polls: Vec<_> = presence.polls.iter().skip(1).collect();
        for pair in polls.windows(13) {
            let grown = pair[12].received.packets - pair[0].received.packets;
            // Four packets per second are RTCP, not media.
            assert_eq!(pair[12].up.received, grown - 240, "{:?}", pair[12]);
            compared += 1;
        }
    }
    assert!(compared > 80, "{compared}");
    let polls = &truth.bridges[0].stays.iter().find(|presence| presence.person == 0).unwrap().polls;
    let lost_at = |after_ms: u64| {
        let at_ms = call.truth.start_ms + time.to_ms + after_ms;
        polls.iter().find(|poll| poll.at_ms >= at_ms).unwrap().up.lost
    };
    assert!(lost_at(0) > 500 && lost_at(50_000) > 30 && lost_at(61_000) < 15, "{}", lost_at(61_000));
}

#[test]
fn dominant_speakers_are_in_the_client_dumps() {
    let scenario = calm(85, 5, Lines::Enveloped, Spelling::Stats);
    let (call, truth) = simulated(&scenario);
    assert!(truth.speakers.len() > 3);
    for speaker in &truth.speakers {
        let presence = truth.bridges[0]
            .stays
            .iter()
            .find(|presence| presence.endpoint_id == speaker.endpoint_id)
            .unwrap();
        let text = std::str::from_utf8(&dump_of(&call, presence).bytes).unwrap();
        let at_ms = speaker.time.from_ms.saturating_add_signed(presence.client_ahead_ms);
        assert!(text.contains(&format!("[\"dominantSpeakerChanged\",null,null,{at_ms},")), "{speaker:?}");
    }
}
