//! Faults of bridges: they affect all endpoints on the bridge, also in the clients' dumps, and they are in the truth.

use std::collections::BTreeSet;

use simulator::{
    Bridge, BridgeFault, BridgeFaultKind, Lines, Scenario, Spelling, TimeRange, TrueLoss, TruePoll,
    TrueServers,
};

use super::spelled::facts;
use super::stored::{Line, all_lines, states as merged};
use super::{bridge_states, calm, of, simulated};
use crate::series::read;

const TIME: TimeRange = TimeRange { from_ms: 100_000, to_ms: 112_000 };
const LONG: TimeRange = TimeRange { from_ms: 80_000, to_ms: 170_000 };

/// Five people on two bridges, of which the first has a fault.
fn scenario(time: TimeRange, kind: BridgeFaultKind) -> Scenario {
    let mut scenario = calm(71, 5, Lines::Enveloped, Spelling::Debug);
    let servers = of(&mut scenario);
    servers.bridges.push(Bridge::new("two", Lines::Enveloped, Spelling::Stats));
    servers.homes = vec![0, 0, 0, 1, 1];
    servers.faults.push(BridgeFault { bridge: 0, time, kind });
    scenario
}

/// The polls of each person on a bridge in a time interval.
fn polls(truth: &TrueServers, place: usize, start_ms: u64, time: TimeRange) -> Vec<(usize, Vec<TruePoll>)> {
    let within = |poll: &&TruePoll| time.contains(poll.at_ms - start_ms);
    let presences = truth.bridges[place].stays.iter();
    presences
        .map(|presence| (presence.person, presence.polls.iter().filter(within).cloned().collect()))
        .collect()
}

#[test]
fn a_restart_moves_all_endpoints_and_resets_their_counters() {
    for successor in [1, 0] {
        let scenario = scenario(TIME, BridgeFaultKind::Restart { successor });
        let (call, truth) = simulated(&scenario);
        let first = &truth.bridges[0];
        let ended = &first.server.dumps[0];
        assert_eq!(ended.ended_ms, call.truth.start_ms + TIME.from_ms);
        assert!(ended.parts[0].to_ms <= ended.ended_ms + 50);
        let after = &truth.bridges[successor];
        let dump = if successor == 0 { 1 } else { 0 };
        let moved = |person: usize| {
            let mut presences =
                after.stays.iter().filter(|presence| presence.person == person && presence.dump == dump);
            presences.find(|presence| presence.connected_ms >= call.truth.start_ms + TIME.to_ms).unwrap()
        };
        if successor == 0 {
            let [old, new] = first.server.dumps.as_slice() else { panic!("{:?}", first.server.dumps) };
            assert_ne!((&old.session_id, &old.conference_id), (&new.session_id, &new.conference_id));
            assert!((TIME.from_ms..TIME.to_ms).contains(&(new.created_ms - call.truth.start_ms)));
        } else {
            assert_eq!(first.server.dumps.len(), 1);
        }
        let states = bridge_states(&call, after, dump);
        for person in 0..3 {
            let (old, new) =
                (&first.stays.iter().find(|presence| presence.person == person).unwrap(), moved(person));
            assert_eq!(old.endpoint_id, new.endpoint_id, "the same endpoint");
            let (last, begun) =
                (old.polls.last().unwrap(), new.polls.iter().find(|poll| poll.ice_connected).unwrap());
            assert!(begun.received.packets * 4 < last.received.packets, "{begun:?} after {last:?}");
            let (_, state, _) = states.iter().find(|(at_ms, ..)| *at_ms == begun.at_ms).unwrap();
            let facts = facts(state, &new.endpoint_id, after.spelling);
            assert_eq!(facts.packets.0, begun.received.packets);
        }
        let finding = &truth.findings[0];
        assert_eq!((finding.code.as_str(), finding.severity.as_str()), ("bridge-failure", "critical"));
        assert_eq!((finding.bridge.as_str(), finding.sufferers.as_slice()), ("one", &[0, 1, 2][..]));
    }
}

#[test]
fn a_restart_is_an_outage_for_all_clients_on_that_bridge() {
    let scenario = scenario(TIME, BridgeFaultKind::Restart { successor: 1 });
    let (call, _) = simulated(&scenario);
    for dump in &call.dumps {
        let text = std::str::from_utf8(&dump.bytes).unwrap();
        let states = text.lines().filter(|line| line.starts_with("[\"oniceconnectionstatechange"));
        let down = states.filter(|line| line.contains("\"disconnected\"")).count();
        assert_eq!(down, usize::from(dump.person < 3), "person {}", dump.person);
        let pairs = read(&dump.bytes).reports("CP").len();
        assert_eq!(pairs, 1 + usize::from(dump.person < 3), "the other bridge has a new candidate pair");
    }
    for tolerated in &call.truth.tolerated {
        assert!(tolerated.person < 3);
    }
    assert!(call.truth.tolerated.iter().any(|row| row.code == "ice-disconnect"));
}

#[test]
fn counters_of_moved_senders_start_from_zero() {
    let scenario = scenario(TIME, BridgeFaultKind::Restart { successor: 1 });
    let (call, _) = simulated(&scenario);
    let after_ms = (scenario.start_ms + TIME.to_ms + 6_000) as f64;
    for dump in call.dumps.iter().filter(|dump| dump.person < 3) {
        let ahead_ms = scenario.people[dump.person].clock_ahead_ms as f64;
        let series = read(&dump.bytes);
        for report in series.reports("RIA") {
            let points = series.points(&report, "packetsLost");
            let late = points.iter().find(|(at_ms, _)| *at_ms - ahead_ms > after_ms).unwrap();
            assert!(late.1 <= 3.0, "packets to the failed bridge are not counted as lost: {late:?}");
        }
    }
}

#[test]
fn the_focus_moves_all_endpoints_of_the_bridge() {
    let scenario = scenario(TIME, BridgeFaultKind::Restart { successor: 1 });
    let (call, truth) = simulated(&scenario);
    let server = &truth.focus.server;
    let lines = all_lines(&call, server, &server.dumps[0]);
    let states = merged(&lines);
    let bridge_at = |place: usize, person: usize| {
        let id = &truth.members[person].endpoint_id;
        states[place].0["colibri_session_manager"]["participants"][id]["bridge"].clone()
    };
    let times: Vec<u64> = truth.focus.polls.iter().map(|poll| poll.at_ms - call.truth.start_ms).collect();
    let (before, after) = (
        times.iter().rposition(|at| *at < TIME.from_ms).unwrap(),
        times.iter().position(|at| *at > TIME.to_ms).unwrap(),
    );
    for person in 0..5 {
        assert_eq!(bridge_at(before, person), if person < 3 { "one" } else { "two" });
        assert_eq!(bridge_at(after, person), "two");
    }
    let used = |place: usize| truth.focus.polls[place].bridges.len();
    assert_eq!((used(before), used(after)), (2, 1));
    let counted = |place: usize| states[place].0["conference_properties"]["bridge-count"].clone();
    assert_eq!((counted(before), counted(after)), ("2".into(), "1".into()));
    let texts = lines.iter().filter_map(|(_, line)| match line {
        Line::Logs(texts, _) => Some(texts.join("\n")),
        _ => None,
    });
    let log: String = texts.collect();
    assert!(log.contains("was removed from the conference. Re-inviting its participants: ["), "{log}");
}

#[test]
fn a_lossy_bridge_affects_all_endpoints_in_both_directions() {
    let scenario = scenario(LONG, BridgeFaultKind::Loss { ratio: 0.12 });
    let (call, truth) = simulated(&scenario);
    let late = TimeRange { from_ms: LONG.to_ms - 20_000, to_ms: LONG.to_ms };
    let share = |loss: TrueLoss| loss.lost as f64 / (loss.lost + loss.received) as f64;
    for (place, bad) in [(0, true), (1, false)] {
        for (person, polls) in polls(&truth, place, call.truth.start_ms, late) {
            assert!(polls.len() > 2);
            for poll in polls {
                let shares = [share(poll.up), share(poll.down)];
                let expect = if bad { 0.1..0.14 } else { 0.0..0.01 };
                assert!(shares.iter().all(|share| expect.contains(share)), "{person}: {shares:?}");
            }
        }
    }
    let finding = &truth.findings[0];
    assert_eq!((finding.code.as_str(), finding.severity.as_str()), ("high-bridge-loss", "critical"));
    assert_eq!(finding.sufferers, [0, 1, 2]);
    let codes: BTreeSet<_> = call.truth.tolerated.iter().map(|row| (row.code.as_str(), row.person)).collect();
    assert_eq!(codes.len(), 6, "{codes:?}");
}

#[test]
fn an_overloaded_bridge_reports_stress_and_adds_delay() {
    let scenario = scenario(LONG, BridgeFaultKind::Overload { stress: 1.1 });
    let (call, truth) = simulated(&scenario);
    for poll in &truth.focus.polls {
        let during = LONG.contains(poll.at_ms - call.truth.start_ms);
        for bridge in &poll.bridges {
            assert_eq!(bridge.overloaded, during && bridge.bridge == "one", "{bridge:?}");
        }
    }
    let mean = |time: TimeRange, person: usize| {
        let polls = polls(&truth, 0, call.truth.start_ms, time);
        let (_, polls) = polls.iter().find(|(known, _)| *known == person).unwrap();
        polls.iter().filter_map(|poll| poll.rtt_ms).sum::<f64>() / polls.len() as f64
    };
    let calm = TimeRange { from_ms: 20_000, to_ms: LONG.from_ms };
    for person in 0..3 {
        let slower = mean(LONG, person) - mean(calm, person);
        assert!((50.0..90.0).contains(&slower), "{person}: {slower}");
    }
    let finding = &truth.findings[0];
    assert_eq!((finding.code.as_str(), finding.severity.as_str()), ("bridge-overloaded", "critical"));
}
