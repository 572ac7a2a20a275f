//! Clock offsets that are computed with servers' dumps, compared with the true offsets.

use analyzer_wasm::report::{Clock, Participant, Report};
use e2e::driver;
use simulator::{
    BridgeFault, BridgeFaultKind, Call, Form, Lines, Scenario, Spelling, TimeRange, Topology, TruePerson,
    simulate,
};

/// Added to the drawn clock offsets: errors of seconds and minutes.
const WRONG_MS: [i64; 5] = [0, 0, -7_300, 94_000, -610_000];
/// Largest accepted error between two clocks of a call.
const RELATIVE_MS: f64 = 50.0;

/// A call with servers of all kinds.
fn scenario(seed: u64) -> Scenario {
    let people = 2 + usize::try_from(seed % 8).unwrap();
    let mut scenario = Scenario::random(seed, people, seed.is_multiple_of(2)).with_servers(seed % 4 < 2);
    for (place, person) in (usize::try_from(seed).unwrap()..).zip(&mut scenario.people) {
        person.clock_ahead_ms += WRONG_MS[place % WRONG_MS.len()];
    }
    scenario
}

/// A call in which the first bridge fails and its endpoints move to another one or back to it.
fn with_restart(seed: u64) -> Scenario {
    let mut scenario = scenario(seed);
    scenario.faults.clear();
    let middle_ms = scenario.duration_ms / 2_000 * 1_000;
    let servers = scenario.servers.as_mut().unwrap();
    let successor = servers.bridges.len() - 1;
    servers.faults = vec![BridgeFault {
        bridge: 0,
        time: TimeRange { from_ms: middle_ms, to_ms: middle_ms + 12_000 },
        kind: BridgeFaultKind::Restart { successor },
    }];
    scenario
}

/// The dumps of clients and servers, as text.
fn files(call: &Call) -> Vec<(String, Vec<u8>)> {
    let clients = call.dumps.iter().map(|dump| (dump.name.clone(), dump.bytes.clone()));
    clients.chain(call.servers.iter().map(|dump| (dump.name.clone(), dump.bytes.clone()))).collect()
}

/// The participants with a dump, each with its true person.
fn people<'a>(report: &'a Report, call: &'a Call) -> Vec<(&'a Participant, &'a TruePerson)> {
    let truth = |participant: &Participant| {
        call.truth.people.iter().find(|person| {
            let mut ids = person.presences.iter().map(|presence| &presence.endpoint_id);
            ids.any(|id| participant.endpoint_ids.contains(id))
        })
    };
    let with_dump = report.participants.iter().filter(|participant| participant.has_dump);
    with_dump.map(|participant| (participant, truth(participant).unwrap())).collect()
}

/// The error of a clock. Where no server's clock is known from timestamps of storage, the clock of any server may be
/// the conference's.
fn error_ms(clock: &Clock, person: &TruePerson, call: &Call, report: &Report) -> f64 {
    let off_by = |server_ahead_ms: i64| clock.offset_ms - (person.clock_offset_ms + server_ahead_ms) as f64;
    let mut clocks = report.servers.iter().filter_map(|server| server.clock.as_ref());
    if clocks.any(|clock| clock.method == "stored") {
        return off_by(0);
    }
    let truth = call.truth.servers.as_ref().unwrap();
    let servers = truth.bridges.iter().map(|bridge| &bridge.server).chain([&truth.focus.server]);
    let errors = servers.map(|server| off_by(-server.clock_offset_ms));
    errors.min_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Checks every clock of a call and returns the error of each.
fn checked(call: &Call, about: &str) -> Vec<f64> {
    let report = driver::report(files(call)).unwrap();
    let mut errors = Vec::new();
    let mut offsets = Vec::new();
    for (participant, person) in people(&report, call) {
        let clock = &participant.clock;
        offsets.push(clock.offset_ms - person.clock_offset_ms as f64);
        if clock.method != "servers" {
            // Without an exact observation from a server, only the clocks between clients are aligned.
            assert_eq!((clock.method.as_str(), clock.observations), ("sender-reports", 0), "{about}");
            continue;
        }
        assert_eq!(clock.contradictions, 0, "{about}: {clock:?}");
        let error_ms = error_ms(clock, person, call, &report);
        let within = clock.residual_ms.is_none_or(|residual_ms| error_ms.abs() <= residual_ms);
        assert!(within, "{about}: {error_ms} ms off, {clock:?}");
        errors.push(error_ms.abs());
    }
    let common_ms = median(offsets.clone());
    for offset_ms in offsets {
        let apart_ms = offset_ms - common_ms;
        assert!(apart_ms.abs() <= RELATIVE_MS, "{about}: {apart_ms} ms from the others");
    }
    errors
}

/// How many calls; `cargo xtask test --full` takes ten times as many.
fn count() -> u64 {
    if std::env::var_os("RTCSCOPE_TEST_FULL").is_some() { 400 } else { 40 }
}

#[test]
fn clock_errors_are_within_the_residuals_and_mostly_much_smaller() {
    let (mut with_logs, mut without) = (Vec::new(), Vec::new());
    let (mut kinds, mut without_anchor) = (Vec::new(), 0);
    for seed in 1..=count() {
        let scenario = scenario(seed);
        let call = simulate(&scenario, Form::Plain);
        let errors = checked(&call, &format!("seed {seed}"));
        without_anchor += usize::from(errors.is_empty());
        let servers = scenario.servers.unwrap();
        let used = |place: usize| servers.homes.contains(&place);
        let in_use = || servers.bridges.iter().enumerate().filter(|(place, _)| used(*place));
        let logs = scenario.topology == Topology::Bridge && in_use().any(|(_, bridge)| bridge.logs);
        if logs {
            with_logs.extend(errors);
        } else {
            without.extend(errors);
        }
        kinds.extend(in_use().map(|(_, bridge)| (bridge.spelling, bridge.host.lines)));
    }
    assert!(without_anchor * 50 <= usize::try_from(count()).unwrap(), "{without_anchor} calls");
    assert!(kinds.contains(&(Spelling::Stats, Lines::Enveloped)), "{kinds:?}");
    for lines in [Lines::Enveloped, Lines::Bare, Lines::Requests] {
        assert!(kinds.contains(&(Spelling::Debug, lines)), "{lines:?}");
    }
    let all = median(with_logs.iter().chain(&without).copied().collect());
    let (with_logs, without) = (median(with_logs), median(without));
    println!("median error: {all:.0} ms; with a bridge's log {with_logs:.0} ms, without {without:.0} ms");
    assert!(with_logs <= 60.0 && without <= 150.0 && all <= 120.0);
}

#[test]
fn a_bridge_restart_causes_no_contradictions() {
    let mut errors = Vec::new();
    for seed in (101..=140).filter(|seed| seed % 8 != 0) {
        let scenario = with_restart(seed);
        errors.extend(checked(&simulate(&scenario, Form::Plain), &format!("seed {seed}")));
    }
    println!("median error: {:.0} ms", median(errors));
}

/// A focus' dump in which the log line with this text has a time two minutes earlier.
fn earlier(text: &str, text_of_line: &str) -> Option<String> {
    let (before, after) = text.split_once(text_of_line)?;
    let (start, line) = before.rsplit_once("Jicofo ")?;
    let (date, rest) = line.split_once(' ')?;
    let (hour, rest) = rest.split_once(':')?;
    let (minute, rest) = rest.split_once(':')?;
    let minutes = (hour.parse::<u32>().ok()? * 60 + minute.parse::<u32>().ok()?).checked_sub(2)?;
    let (hour, minute) = (minutes / 60, minutes % 60);
    Some(format!("{start}Jicofo {date} {hour:02}:{minute:02}:{rest}{text_of_line}{after}"))
}

#[test]
fn a_wrong_observation_is_counted_and_moves_no_clock() {
    let mut with_wrong_line = 0;
    for seed in (1..=60).filter(|seed| seed % 8 > 1) {
        let call = simulate(&scenario(seed), Form::Plain);
        let truth = call.truth.servers.as_ref().unwrap();
        let Some(joined) = truth.members.iter().find(|member| member.join_logged) else { continue };
        let text_of_line = format!("Member joined:{}", joined.endpoint_id);
        let mut wrong = files(&call);
        let planting = wrong.iter_mut().find_map(|(_, bytes)| {
            *bytes = earlier(std::str::from_utf8(bytes).unwrap(), &text_of_line)?.into_bytes();
            Some(())
        });
        // If the focus' log is the only source of its clock, the error cannot be detected.
        if truth.focus.server.lines != Lines::Enveloped || planting.is_none() {
            continue;
        }
        with_wrong_line += 1;
        let report = driver::report(wrong).unwrap();
        for (participant, person) in people(&report, &call) {
            let clock = &participant.clock;
            assert_eq!(clock.contradictions, 1, "seed {seed}: {clock:?}");
            let error_ms = error_ms(clock, person, &call, &report);
            assert!(error_ms.abs() <= clock.residual_ms.unwrap(), "seed {seed}: {error_ms} ms, {clock:?}");
        }
    }
    assert!(with_wrong_line >= 10, "{with_wrong_line}");
}
