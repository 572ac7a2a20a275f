//! The simulated calls of these tests: all dump formats, all faults, some wrong clocks.

use std::sync::OnceLock;

use simulator::{
    BridgeFault, BridgeFaultKind, Form, Lines, Machine, MachineKind, Scenario, Spelling, TimeRange,
    TrueServer, simulate,
};

use super::{SimulatedCase, report_of};

/// The calls; `cargo xtask test --full` takes more. Most properties are drawn from the seed, the others are set here
/// because so few draws may leave them out.
pub(super) fn cases() -> &'static [SimulatedCase] {
    static CASES: OnceLock<Vec<SimulatedCase>> = OnceLock::new();
    let last = if std::env::var_os("RTCSCOPE_TEST_FULL").is_some() { 54 } else { 18 };
    CASES.get_or_init(|| (1..=last).map(case).collect())
}

fn scenario(seed: u64) -> Scenario {
    let people = 2 + usize::try_from(seed % 7).unwrap();
    let mut scenario =
        Scenario::random(seed, people, seed.is_multiple_of(3)).with_servers(seed.is_multiple_of(2));
    let servers = scenario.servers.as_mut().unwrap();
    if seed.is_multiple_of(5) && people > 2 {
        // Every third person is on a third bridge, with the other spelling.
        let mut third = servers.bridges[0].clone();
        third.host.name = "jvb-third.meet.example.org".to_owned();
        third.host.lines = Lines::Enveloped;
        third.spelling = Spelling::Stats;
        servers.bridges.push(third);
        let last = servers.bridges.len() - 1;
        servers.homes.iter_mut().skip(2).step_by(3).for_each(|home| *home = last);
    }
    if seed % 4 == 1 {
        let machine = |kind, id: &str, from_ms, to_ms| Machine {
            kind,
            endpoint_id: id.to_owned(),
            time: TimeRange { from_ms, to_ms },
        };
        servers.focus.machines = vec![
            machine(MachineKind::Jibri, "recorder-one", 95_000, 163_000),
            machine(MachineKind::Jigasi, "5b1a0001", 62_500, 141_000),
            machine(MachineKind::Transcriber, "5b1a0002", 71_000, scenario.duration_ms),
        ];
    }
    if seed % 4 == 2 {
        servers.bridges[0].drain = Some(TimeRange { from_ms: 90_000, to_ms: scenario.duration_ms });
        let limit = |from_ms| Some(TimeRange { from_ms, to_ms: from_ms + 60_000 });
        servers.focus.limits = [limit(75_000), limit(101_000)];
    }
    let fault = |time, kind| vec![BridgeFault { bridge: 0, time, kind }];
    let long = TimeRange { from_ms: 80_000, to_ms: 170_000 };
    match seed {
        5 => servers.faults = fault(long, BridgeFaultKind::Loss { ratio: 0.12 }),
        9 => servers.faults = fault(long, BridgeFaultKind::Overload { stress: 1.1 }),
        // States without a time, and a log in the bridge's own time, which is wrong.
        14 => {
            let bridge = &mut servers.bridges[0];
            (bridge.host.lines, bridge.spelling, bridge.logs) = (Lines::Enveloped, Spelling::Stats, true);
            bridge.host.cuts.clear();
            (bridge.host.clock_ahead_ms, bridge.host.utc_offset_min) = (-2_600, 345);
        }
        // Rarely drawn for a focus.
        8 => servers.focus.host.lines = Lines::Bare,
        11 => servers.focus.host.lines = Lines::Requests,
        _ => {}
    }
    if seed % 3 == 1 && people > 2 {
        // The bridge fails, and its endpoints move to another one, or to itself after its restart.
        let successor = if seed % 2 == 1 { 0 } else { 1 };
        if successor == servers.bridges.len() {
            let mut other = servers.bridges[0].clone();
            other.host.name = "jvb-other.meet.example.org".to_owned();
            servers.bridges.push(other);
        }
        let time = TimeRange { from_ms: 120_000, to_ms: 132_000 };
        servers.faults = fault(time, BridgeFaultKind::Restart { successor });
    }
    scenario
}

fn case(seed: u64) -> SimulatedCase {
    let scenario = scenario(seed);
    let call = simulate(&scenario, Form::Plain);
    let truth = call.truth.servers.clone().unwrap();
    let servers = || call.servers.iter().map(|dump| (&dump.name, &dump.bytes));
    let clients = call.dumps.iter().map(|dump| (&dump.name, &dump.bytes));
    let of_focus = |name: &String| {
        truth.focus.server.dumps.iter().flat_map(|dump| &dump.parts).any(|part| part.file == *name)
    };
    let bridges_only = report_of(servers().filter(|(name, _)| !of_focus(name)));
    let (all, servers_only) = (report_of(clients.chain(servers())), report_of(servers()));
    SimulatedCase { seed, scenario, truth, all, servers_only, bridges_only, call }
}

#[test]
fn calls_cover_all_formats_and_faults() {
    let mut bridges = cases().iter().flat_map(|case| &case.truth.bridges);
    let used: Vec<_> = bridges.by_ref().filter(|bridge| !bridge.server.dumps.is_empty()).collect();
    for spelling in [Spelling::Debug, Spelling::Stats] {
        assert!(used.iter().any(|bridge| bridge.spelling == spelling), "{spelling:?}");
    }
    let servers: Vec<&TrueServer> = cases().iter().flat_map(SimulatedCase::servers).collect();
    for lines in [Lines::Requests, Lines::Bare, Lines::Enveloped] {
        assert!(used.iter().any(|bridge| bridge.server.lines == lines), "a bridge's {lines:?}");
        assert!(cases().iter().any(|case| case.truth.focus.server.lines == lines), "a focus' {lines:?}");
    }
    assert!(servers.iter().any(|server| server.clock_offset_ms.abs() > 400), "clocks that are wrong");
    assert!(servers.iter().any(|server| server.utc_offset_min > 0));
    assert!(servers.iter().any(|server| server.utc_offset_min < 0));
    assert!(servers.iter().any(|server| server.dumps.iter().any(|dump| dump.parts.len() > 1)), "parts");
    assert!(used.iter().any(|bridge| bridge.server.dumps.len() > 1), "two conferences on one bridge");
    let in_use =
        |case: &SimulatedCase| case.truth.bridges.iter().filter(|b| !b.server.dumps.is_empty()).count();
    assert!([1, 2, 3].iter().all(|count| cases().iter().any(|case| in_use(case) == *count)));
    let drawn = || cases().iter().filter_map(|case| case.scenario.servers.as_ref());
    let faults: Vec<_> = drawn().flat_map(|servers| &servers.faults).map(|fault| fault.kind).collect();
    assert!(faults.iter().any(|kind| matches!(kind, BridgeFaultKind::Restart { .. })));
    assert!(faults.iter().any(|kind| matches!(kind, BridgeFaultKind::Loss { .. })));
    assert!(faults.iter().any(|kind| matches!(kind, BridgeFaultKind::Overload { .. })));
    for logs in [true, false] {
        assert!(drawn().any(|servers| servers.bridges[0].logs == logs));
    }
    let machines: Vec<_> = cases().iter().flat_map(|case| &case.truth.machines).collect();
    for logged in [true, false] {
        assert!(machines.iter().any(|machine| machine.join_logged == logged));
        assert!(machines.iter().any(|machine| machine.leave_logged == logged));
    }
    assert!(drawn().any(|servers| servers.focus.unlogged > 0.0));
    assert!(drawn().any(|servers| servers.focus.unlogged == 0.0));
}
