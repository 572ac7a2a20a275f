//! Results depend only on the seed, with servers and without.

use simulator::{BridgeFaultKind, Form, Lines, Scenario, ScenarioOptions, Spelling, Truth, simulate};

use super::{calm, of};
use crate::short;

#[test]
fn the_same_seed_gives_the_same_server_dumps() {
    for (seed, people) in [(1, 2), (2, 4), (3, 9)] {
        let options =
            |seed| ScenarioOptions { seed, people, faulty: true, duration_ms: 100_000, poll_ms: None };
        let call = |seed| simulate(&Scenario::from_options(&options(seed)).with_servers(true), Form::Plain);
        let (one, again) = (call(seed), call(seed));
        assert!(one == again, "{people} people");
        assert!(!one.servers.is_empty() && one.servers.iter().all(|dump| !dump.bytes.is_empty()));
        assert!(one.servers[0].bytes != call(seed + 100).servers[0].bytes, "{people} people");
    }
}

#[test]
fn a_scenario_with_servers_survives_serialization() {
    for seed in 0..40 {
        let scenario = Scenario::random(seed, 2 + seed as usize % 12, seed % 2 == 0).with_servers(true);
        let text = serde_json::to_string(&scenario).unwrap();
        assert_eq!(serde_json::from_str::<Scenario>(&text).unwrap(), scenario);
    }
}

/// Servers without faults do not change the clients' dumps.
#[test]
fn client_dumps_do_not_depend_on_servers() {
    for people in [2, 4] {
        let with_servers = calm(91, people, Lines::Enveloped, Spelling::Stats);
        let without_servers = Scenario { servers: None, ..with_servers.clone() };
        let (with_servers, without_servers) =
            (simulate(&with_servers, Form::Plain), simulate(&without_servers, Form::Plain));
        assert!(with_servers.dumps == without_servers.dumps && without_servers.servers.is_empty());
        assert_eq!(Truth { servers: None, ..with_servers.truth }, without_servers.truth);
    }
    let sample = Scenario::sample();
    let with_servers = simulate(&sample.clone().with_servers(false), Form::Plain);
    assert!(with_servers.dumps == simulate(&sample, Form::Plain).dumps && !with_servers.servers.is_empty());
}

#[test]
fn draws_cover_all_formats_and_faults() {
    let scenarios: Vec<Scenario> =
        (0..60).map(|seed| Scenario::random(seed, 2 + seed as usize % 11, true).with_servers(true)).collect();
    let servers = || scenarios.iter().filter_map(|scenario| scenario.servers.as_ref());
    let hosts = || servers().flat_map(|servers| servers.bridges.iter().map(|bridge| &bridge.host));
    for lines in [Lines::Requests, Lines::Bare, Lines::Enveloped] {
        assert!(hosts().any(|host| host.lines == lines), "{lines:?}");
    }
    for spelling in [Spelling::Debug, Spelling::Stats] {
        assert!(servers().any(|servers| servers.bridges.iter().any(|bridge| bridge.spelling == spelling)));
    }
    assert!(hosts().any(|host| !host.cuts.is_empty()));
    assert!(servers().any(|servers| servers.bridges.len() > 1 && servers.homes.contains(&1)));
    let mut codes: Vec<&str> = servers()
        .flat_map(|servers| &servers.faults)
        .map(|fault| match fault.kind {
            BridgeFaultKind::Restart { .. } => "restart",
            BridgeFaultKind::Loss { .. } => "loss",
            BridgeFaultKind::Overload { .. } => "overload",
        })
        .collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes, ["loss", "overload", "restart"]);
    for scenario in &scenarios {
        let mut calm = Scenario::random(scenario.seed, scenario.people.len(), false).with_servers(false);
        assert_eq!(of(&mut calm).faults, []);
    }
}

/// FNV-1a.
fn hash(text: &[u8]) -> u64 {
    text.iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Scenarios, truths and dumps of calls without servers have fixed contents.
#[test]
fn calls_without_servers_have_fixed_hashes() {
    let mut hashes = Vec::new();
    for (seed, people) in [(1, 2), (2, 3), (3, 6), (7, 12)] {
        let scenario = short(seed, people, true, None);
        let call = simulate(&scenario, Form::Plain);
        let mut all = serde_json::to_vec_pretty(&scenario).unwrap();
        all.extend(serde_json::to_vec_pretty(&call.truth).unwrap());
        all.extend(call.dumps.iter().flat_map(|dump| &dump.bytes));
        hashes.push(format!("{:016x}", hash(&all)));
    }
    assert_eq!(hashes, ["042ccbdff7807592", "b4b5014c8244f0e0", "21041f4b7110262f", "2774fa2821aed199"]);
}
