//! The servers' dumps match the truth, in both formats of bridges, with all line formats, and in several parts.

mod agreement;
mod bridges;
mod faults;
mod focus;
mod parts;
mod seeds;
mod spelled;
mod stored;

use serde_json::Value;
use simulator::{
    Bridge, Call, Form, Lines, Scenario, Servers, Spelling, TimeRange, TrueBridge, TrueServers, simulate,
};

use crate::short;

/// Four minutes without faults, with the given number of people and one bridge.
fn calm(seed: u64, people: usize, lines: Lines, spelling: Spelling) -> Scenario {
    let mut scenario = short(seed, people, false, Some(2_000));
    scenario.servers = Some(Servers::without_faults(people, vec![Bridge::new("one", lines, spelling)]));
    scenario
}

/// The same with a leave, a join, a mute and a screen share.
fn with_join_and_leave(seed: u64, people: usize, lines: Lines, spelling: Spelling) -> Scenario {
    let mut scenario = calm(seed, people, lines, spelling);
    scenario.people[1].presences[0].time.to_ms = 130_500;
    scenario.people[2].presences[0].time.from_ms = 71_000;
    scenario.people[0].audio_muted.push(TimeRange { from_ms: 60_000, to_ms: 100_000 });
    scenario.people[0].screen.push(TimeRange { from_ms: 90_000, to_ms: 150_000 });
    scenario
}

fn simulated(scenario: &Scenario) -> (Call, TrueServers) {
    let call = simulate(scenario, Form::Plain);
    let truth = call.truth.servers.clone().unwrap();
    (call, truth)
}

/// The scenario's servers.
fn of(scenario: &mut Scenario) -> &mut Servers {
    scenario.servers.as_mut().unwrap()
}

/// The merged states and the changes of a bridge's dump, with the times of their polls.
fn bridge_states(call: &Call, bridge: &TrueBridge, dump: usize) -> Vec<(u64, Value, Value)> {
    let of_dump = bridge.stays.iter().filter(|presence| presence.dump == dump);
    let mut times: Vec<u64> = of_dump
        .flat_map(|presence| &presence.polls)
        .filter(|poll| poll.written)
        .map(|poll| poll.at_ms)
        .collect();
    times.sort_unstable();
    times.dedup();
    let lines = stored::all_lines(call, &bridge.server, &bridge.server.dumps[dump]);
    let states = stored::states(&lines);
    assert_eq!(states.len(), times.len());
    times.into_iter().zip(states).map(|(at_ms, (state, change))| (at_ms, state, change.clone())).collect()
}
