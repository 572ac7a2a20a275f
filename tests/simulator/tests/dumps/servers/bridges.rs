//! The merged states of bridges' dumps match the truth for every endpoint at every poll.

use serde_json::Value;
use simulator::{Fault, FaultKind, Lines, Scenario, Spelling, TimeRange, Topology, TrueSpeaker};

use super::spelled::{Facts, check, facts};
use super::{bridge_states, calm, of, simulated, with_join_and_leave};

const FORMS: [(Lines, Spelling); 4] = [
    (Lines::Enveloped, Spelling::Debug),
    (Lines::Enveloped, Spelling::Stats),
    (Lines::Requests, Spelling::Debug),
    (Lines::Bare, Spelling::Debug),
];

/// Compares every endpoint at every poll with the truth. Returns the compared facts.
fn compare(scenario: &Scenario) -> Vec<(u64, String, Facts)> {
    let (call, truth) = simulated(scenario);
    let mut compared = Vec::new();
    for bridge in &truth.bridges {
        for dump in 0..bridge.server.dumps.len() {
            let states = bridge_states(&call, bridge, dump);
            for presence in bridge.stays.iter().filter(|presence| presence.dump == dump) {
                for poll in presence.polls.iter().filter(|poll| poll.written) {
                    let (_, state, _) = states.iter().find(|(at_ms, ..)| *at_ms == poll.at_ms).unwrap();
                    let facts = facts(state, &presence.endpoint_id, bridge.spelling);
                    check(&facts, poll);
                    // A shorter array is not visible in the changes.
                    assert!(facts.suspended.starts_with(&poll.suspended));
                    compared.push((poll.at_ms, presence.endpoint_id.clone(), facts));
                }
            }
        }
    }
    compared
}

#[test]
fn states_match_the_truth_in_every_format() {
    for (lines, spelling) in FORMS {
        let mut scenario = with_join_and_leave(31, 4, lines, spelling);
        of(&mut scenario).bridges[0].host.clock_ahead_ms = 700;
        let kind = FaultKind::UplinkLoss { ratio: 0.15 };
        scenario.faults.push(Fault { person: 3, time: TimeRange { from_ms: 100_000, to_ms: 160_000 }, kind });
        assert!(compare(&scenario).len() > 120, "{lines:?} {spelling:?}");
    }
}

#[test]
fn peer_to_peer_calls_send_no_media_to_the_bridge() {
    let scenario = calm(8, 2, Lines::Enveloped, Spelling::Stats);
    assert_eq!(scenario.topology, Topology::PeerToPeer);
    let compared = compare(&scenario);
    assert!(compared.len() > 80, "{}", compared.len());
    let late = compared.iter().filter(|(at_ms, ..)| *at_ms > scenario.start_ms + 120_000);
    for (_, id, facts) in late {
        assert_eq!(facts.windows, [(0, 0), (0, 0)], "{id}: media stopped more than a minute ago");
        assert!(facts.rtt_ms > 0.0 && facts.forwarded == "[]");
    }
}

#[test]
fn both_spellings_have_the_same_facts() {
    let of_spelling = |spelling| {
        let mut scenario = with_join_and_leave(33, 5, Lines::Enveloped, spelling);
        let kind = FaultKind::NarrowDownlink { bps: 120_000.0 };
        scenario.faults.push(Fault { person: 0, time: TimeRange { from_ms: 80_000, to_ms: 120_000 }, kind });
        compare(&scenario)
    };
    let (debug, stats) = (of_spelling(Spelling::Debug), of_spelling(Spelling::Stats));
    assert_eq!(debug.len(), stats.len());
    for ((at_ms, id, debug), (.., stats)) in debug.iter().zip(&stats) {
        // Only one of the formats has the suspended sources as an array.
        let suspended = debug.suspended[..stats.suspended.len()].to_vec();
        assert_eq!(&Facts { suspended, ..debug.clone() }, stats, "{id} at {at_ms}");
    }
    assert!(
        stats.iter().any(|(.., facts)| !facts.suspended.is_empty() && facts.ideal_bps > facts.target_bps)
    );
    assert!(stats.iter().any(|(.., facts)| facts.oversending_s > 0));
    let [lost, kept] = [true, false].map(|narrow| {
        stats.iter().filter(|(.., facts)| (facts.target_bps < facts.ideal_bps) == narrow).count()
    });
    assert!(lost < kept, "{lost} of {kept}: only one person's downlink is limited, for a part of the call");
}

#[test]
fn only_the_old_spelling_has_a_time() {
    for (spelling, has) in [(Spelling::Debug, true), (Spelling::Stats, false)] {
        let mut scenario = calm(3, 3, Lines::Enveloped, spelling);
        of(&mut scenario).bridges[0].host.clock_ahead_ms = -2_500;
        let (call, truth) = simulated(&scenario);
        for (at_ms, state, change) in bridge_states(&call, &truth.bridges[0], 0) {
            let time = change.get("timestamp").and_then(Value::as_u64);
            assert_eq!(time, has.then_some(at_ms - 2_500));
            assert_eq!(state.get("creationTime").is_some(), has);
        }
        assert_eq!(truth.bridges[0].server.clock_offset_ms, 2_500);
    }
}

/// The first state is complete, later ones have the changes only, and an endpoint has no changes after its leave.
#[test]
fn an_endpoint_that_left_has_no_further_changes() {
    let scenario = with_join_and_leave(35, 4, Lines::Enveloped, Spelling::Debug);
    let (call, truth) = simulated(&scenario);
    let bridge = &truth.bridges[0];
    let gone = bridge.stays.iter().find(|presence| presence.person == 1).unwrap();
    let states = bridge_states(&call, bridge, 0);
    let has_endpoint = |change: &Value| change.pointer(&format!("/endpoints/{}", gone.endpoint_id)).is_some();
    let (mut before, mut after) = (0, 0);
    for (at_ms, state, change) in &states {
        if *at_ms < gone.left_ms {
            before += u32::from(has_endpoint(change));
        } else {
            after += 1;
            assert!(!has_endpoint(change), "{change}");
            assert!(state["endpoints"].get(&gone.endpoint_id).is_some(), "the leave is not in the changes");
        }
    }
    let polls = u32::try_from(gone.polls.len()).unwrap();
    assert_eq!(before, polls, "the counters of a present endpoint change at every poll");
    assert!(after > 15, "{after}");
    let whole = |change: &Value| change.get("meeting_id").is_some();
    let begins: Vec<usize> = (0..states.len()).filter(|place| whole(&states[*place].2)).collect();
    assert_eq!(begins, [0], "only the first change is the complete state");
}

#[test]
fn the_dominant_speaker_matches_the_truth() {
    let scenario = calm(36, 4, Lines::Enveloped, Spelling::Stats);
    let (call, truth) = simulated(&scenario);
    let mut seen = std::collections::BTreeSet::new();
    for (at_ms, state, _) in bridge_states(&call, &truth.bridges[0], 0) {
        let speaks = |turn: &&TrueSpeaker| (turn.time.from_ms..turn.time.to_ms).contains(&at_ms);
        let expect = truth.speakers.iter().find(speaks).map_or("null", |turn| &turn.endpoint_id);
        assert_eq!(state["speech_activity"]["dominantEndpoint"], expect);
        seen.insert(expect.to_owned());
    }
    assert!(seen.len() > 2, "{seen:?}");
}

/// Each person is on one of two bridges, and the relays carry the media between them.
#[test]
fn relays_connect_bridges() {
    let mut scenario = calm(37, 5, Lines::Enveloped, Spelling::Stats);
    let servers = of(&mut scenario);
    servers.bridges.push(simulator::Bridge::new("two", Lines::Bare, Spelling::Debug));
    servers.bridges[1].region = "us-east-1".to_owned();
    servers.homes = vec![0, 1, 0, 1, 0];
    assert!(compare(&scenario).len() > 150);
    let (call, truth) = simulated(&scenario);
    let mut packets = Vec::new();
    for (bridge, other) in truth.bridges.iter().zip(["two", "one"]) {
        let states = bridge_states(&call, bridge, 0);
        for presence in &bridge.stays {
            assert_eq!(
                scenario.servers.as_ref().unwrap().homes[presence.person],
                usize::from(other == "one")
            );
        }
        for relay in &bridge.relays {
            let (_, state, _) = states.iter().find(|(at_ms, ..)| *at_ms == relay.at_ms).unwrap();
            let (stats, received) = match bridge.spelling {
                Spelling::Stats => ("endpoint_connection_stats", "receiver/PacketStreamStats/total_packets"),
                Spelling::Debug => {
                    ("endpointConnectionStats", "RTP receiver one/Packet handler stats/received_packets")
                }
            };
            let transceiver = &state["relays"][other]["transceiver"];
            assert_eq!(transceiver[stats]["rtt"], relay.rtt_ms);
            assert!((20.0..25.0).contains(&relay.rtt_ms), "{}", relay.rtt_ms);
            assert_eq!(transceiver.pointer(&format!("/{received}")).unwrap(), relay.received.packets);
        }
        packets.push(bridge.relays.last().unwrap().clone());
    }
    let difference = packets[0].sent.packets.abs_diff(packets[1].received.packets);
    assert!(
        difference * 20 < packets[0].sent.packets,
        "sent and received packets of a relay differ by more than its polls explain: {packets:?}"
    );
}
