//! What servers' dumps tell of everybody's clock, against how wrong each was.

use analyzer_wasm::correlate::Calls;
use analyzer_wasm::extract::Extractor;
use analyzer_wasm::report::Report;
use e2e::simulator::{Call, Form, Scenario, simulate};

fn scenario(seed: u64) -> Scenario {
    let people = 2 + usize::try_from(seed % 8).unwrap();
    let mut scenario = Scenario::random(seed, people, seed % 2 == 0).with_servers(seed % 4 < 2);
    // Clocks are wrong by seconds, or by minutes.
    for (place, person) in (0_i64..).zip(&mut scenario.people) {
        let wrong_ms = [0, 0, -7_300, 94_000, -610_000][usize::try_from((seed as i64 + place) % 5).unwrap()];
        person.clock_ahead_ms += wrong_ms;
    }
    scenario
}

fn report_with_servers(call: &Call) -> Report {
    let mut calls = Calls::default();
    let clients = call.dumps.iter().map(|dump| (&dump.name, &dump.bytes));
    for (name, bytes) in clients.chain(call.servers.iter().map(|dump| (&dump.name, &dump.bytes))) {
        let mut extractor = Extractor::new(name);
        extractor.push(bytes);
        calls.add(extractor.finish().unwrap());
    }
    calls.conclude();
    let [report] = calls.reports() else { panic!("{} conferences", calls.reports().len()) };
    report.clone()
}

#[test]
fn measure() {
    let mut errors = Vec::new();
    for seed in 1..=40 {
        let scenario = scenario(seed);
        let call = simulate(&scenario, Form::Plain);
        let servers = scenario.servers.as_ref().unwrap();
        let report = report_with_servers(&call);
        println!("seed {seed} {:?} people {}", scenario.topology, scenario.people.len());
        for (bridge, truth) in servers.bridges.iter().zip(&call.truth.servers.as_ref().unwrap().bridges) {
            println!("  bridge {:?} {:?} logs {} ahead {} dumps {}", bridge.host.lines, bridge.spelling, bridge.logs, bridge.host.clock_ahead_ms, truth.server.dumps.len());
        }
        println!("  focus {:?} unlogged {} ahead {}", servers.focus.host.lines, servers.focus.unlogged, servers.focus.host.clock_ahead_ms);
        for fault in &servers.faults { println!("  fault {fault:?}"); }
        for server in &report.servers { println!("  server {} {:?}", server.kind, server.clock); }
        for person in &report.participants {
            if !person.has_dump { println!("  NO DUMP {}", person.key); continue; }
            let truth = call.truth.people.iter().find(|t| t.presences.iter().any(|p| person.endpoint_ids.contains(&p.endpoint_id))).unwrap();
            let clock = &person.clock;
            let error = clock.offset_ms - truth.clock_offset_ms as f64;
            errors.push(error);
            let mark = if clock.residual_ms.is_none_or(|r| r < error.abs()) { "OUT" } else { "" };
            println!("  {:8.1} ± {:6.1} {} w {} c {} {mark} rtt {:?}", error, clock.residual_ms.unwrap_or(f64::NAN), clock.method, clock.witnesses, clock.contradictions, person.network.rtt_ms.map(|r| r.p50));
        }
    }
    errors.sort_by(f64::total_cmp);
    let mut abs: Vec<f64> = errors.iter().map(|e| e.abs()).collect();
    abs.sort_by(f64::total_cmp);
    println!("n {} median {} abs median {} p90 {} max {}", errors.len(), errors[errors.len()/2], abs[abs.len()/2], abs[abs.len()*9/10], abs[abs.len()-1]);
}
