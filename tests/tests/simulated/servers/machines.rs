//! Bridges and the focus as machines: what they are, how long they were seen, how busy they were.

use analyzer_wasm::report::{Report, Server, Severity};
use e2e::simulator::{Lines, MachineKind, Spelling, TrueBridge, TrueFocusPoll, TrueStress};

use super::{Case, STORING_MS, Wrong, cases};

fn told<'a>(report: &'a Report, name: &str, what: &str) -> &'a Server {
    let named: Vec<&Server> =
        report.servers.iter().filter(|server| server.name.as_deref() == Some(name)).collect();
    let [server] = named.as_slice() else { panic!("{what}: {name} is {named:?}") };
    server
}

fn close(a: f64, b: f64, within: f64) -> bool {
    (a - b).abs() <= within
}

/// The written polls of a bridge: everybody's at one time are one.
fn poll_times(bridge: &TrueBridge) -> Vec<u64> {
    let polls = bridge.stays.iter().flat_map(|stay| &stay.polls).filter(|poll| poll.written);
    let mut times: Vec<u64> = polls.map(|poll| poll.at_ms).collect();
    times.sort_unstable();
    times.dedup();
    times
}

#[test]
fn bridges_are_what_they_were() {
    for case in cases() {
        for (what, report) in case.reports() {
            for bridge in case.truth.bridges.iter().filter(|bridge| !bridge.server.dumps.is_empty()) {
                let what = format!("seed {}, {what}, {}", case.seed, bridge.server.name);
                let told = told(report, &bridge.server.name, &what);
                let times = poll_times(bridge);
                assert_eq!((told.kind.as_str(), told.has_dump), ("jvb", true), "{what}");
                assert_eq!(told.polls as usize, times.len(), "{what}");
                assert_eq!(told.version.as_ref(), Some(&bridge.version), "{what}");
                assert_eq!(told.region.as_ref(), Some(&bridge.region), "{what}");
                let ahead_ms = case.ahead_ms(&told.file);
                let ends = [(told.from_ms, times[0]), (told.to_ms, times[times.len() - 1])];
                for (is, truly) in ends {
                    assert!(
                        close(is.unwrap() - ahead_ms, truly as f64, STORING_MS),
                        "{what}: {is:?} {truly}"
                    );
                }
                assert!(close(told.poll_ms.unwrap(), 5_000.0, STORING_MS), "{what}");
                let at = |at_ms: u64| {
                    let on = |stay: &&e2e::simulator::TrueStay| {
                        stay.polls.iter().any(|poll| poll.written && poll.at_ms == at_ms)
                    };
                    bridge.stays.iter().filter(on).count() as u64
                };
                let peak = times.iter().map(|at_ms| at(*at_ms)).max();
                assert_eq!(told.peak_endpoints, peak, "{what}");
                let mut relays: Vec<&String> =
                    bridge.relays.iter().filter(|relay| relay.written).map(|relay| &relay.to).collect();
                relays.sort_unstable();
                relays.dedup();
                assert_eq!(told.relays.iter().collect::<Vec<_>>(), relays, "{what}");
            }
        }
    }
}

#[test]
fn the_focus_is_what_it_was() {
    for case in cases() {
        let focus = &case.truth.focus;
        for (what, report) in case.reports() {
            let what = format!("seed {}, {what}", case.seed);
            let told = told(report, &focus.server.name, &what);
            let written: Vec<&TrueFocusPoll> = focus.polls.iter().filter(|poll| poll.written).collect();
            assert_eq!((told.kind.as_str(), told.has_dump), ("jicofo", true), "{what}");
            assert_eq!(told.polls as usize, written.len(), "{what}");
            let ahead_ms = case.ahead_ms(&told.file);
            assert!(close(told.from_ms.unwrap() - ahead_ms, written[0].at_ms as f64, STORING_MS), "{what}");
            let last_ms = written[written.len() - 1].at_ms as f64;
            assert!(close(told.to_ms.unwrap() - ahead_ms, last_ms, STORING_MS), "{what}");
            let peak = written.iter().map(|poll| poll.participants).max().unwrap() as f64;
            assert_eq!(told.peak_people, Some(peak), "{what}");
            let most =
                |of: fn(&TrueFocusPoll) -> usize| written.iter().map(|poll| of(poll)).max().map(|n| n as f64);
            assert_eq!(told.peak_audio_senders, most(|poll| poll.audio_senders), "{what}");
            assert_eq!(told.peak_video_senders, most(|poll| poll.video_senders), "{what}");
        }
    }
}

/// What the focus' written polls say of a bridge: each with its time.
fn stress<'a>(case: &'a Case, name: &str) -> Vec<(f64, &'a TrueStress)> {
    let polls = case.truth.focus.polls.iter().filter(|poll| poll.written);
    let of_bridge = |poll: &'a TrueFocusPoll| {
        let mut rows = poll.bridges.iter();
        Some((poll.at_ms as f64, rows.find(|row| row.bridge == name)?))
    };
    polls.filter_map(of_bridge).collect()
}

#[test]
fn bridges_were_as_busy_as_the_focus_saw() {
    let (mut compared, mut overloaded) = (0, 0);
    for case in cases() {
        for (what, report) in case.reports() {
            for bridge in &case.truth.bridges {
                let name = &bridge.server.name;
                let what = format!("seed {}, {what}, {name}", case.seed);
                let rows = stress(case, name);
                if rows.is_empty() {
                    continue;
                }
                let told = told(report, name, &what);
                if case.is_cut(&case.truth.focus.server) {
                    // A later part tells of a bridge's stress alone.
                    continue;
                }
                let draining = rows[rows.len() - 1].1.draining;
                assert_eq!((told.healthy, told.draining), (Some(true), Some(draining)), "{what}");
                let busy_ms: f64 = rows
                    .windows(2)
                    .filter(|pair| pair[0].1.overloaded)
                    .map(|pair| pair[1].0 - pair[0].0)
                    .sum();
                let told_ms = told.overloaded_ms.unwrap();
                assert!(close(told_ms, busy_ms, STORING_MS), "{what}: {told_ms} {busy_ms}");
                overloaded += usize::from(busy_ms > 0.0);
                let spread = told.stress.unwrap();
                let values = || rows.iter().map(|(_, row)| row.stress);
                let mean = values().sum::<f64>() / rows.len() as f64;
                assert!(close(spread.mean, mean, 1e-6), "{what}: {} {mean}", spread.mean);
                assert!(close(spread.max, values().fold(0.0, f64::max), 1e-6), "{what}");
                compared += 1;
            }
        }
    }
    assert!(compared > 30 && overloaded > 1, "{compared}, {overloaded} overloaded");
}

/// What the report calls a machine, and what its coming and going.
fn words(kind: MachineKind) -> [&'static str; 3] {
    match kind {
        MachineKind::Jibri => ["jibri", "recorder_joined", "recorder_left"],
        MachineKind::Jigasi => ["jigasi", "sip_joined", "sip_left"],
        MachineKind::Transcriber => ["transcriber", "transcriber_joined", "transcriber_left"],
    }
}

#[test]
fn machines_in_the_room_are_servers() {
    let (mut compared, mut wrong) = (0, Wrong::default());
    // A later part does not tell what a member is.
    for case in cases().iter().filter(|case| !case.is_cut(&case.truth.focus.server)) {
        let polls: Vec<f64> =
            case.truth.focus.polls.iter().filter(|poll| poll.written).map(|poll| poll.at_ms as f64).collect();
        for (what, report) in case.reports() {
            for machine in &case.truth.machines {
                let [kind, joined, left] = words(machine.kind);
                let what = format!("seed {}, {what}, {kind}", case.seed);
                let told = told(report, &machine.endpoint_id, &what);
                assert_eq!((told.kind.as_str(), told.has_dump), (kind, false), "{what}");
                let seen = |at_ms: u64| polls.iter().copied().find(|poll| *poll >= at_ms as f64);
                let came_ms = if machine.join_logged {
                    Some(machine.joined_ms as f64)
                } else {
                    seen(machine.joined_ms)
                };
                let left_ms =
                    if machine.leave_logged { Some(machine.left_ms as f64) } else { seen(machine.left_ms) };
                let ahead_ms = case.ahead_ms(&told.file);
                let near = |told: Option<f64>, truly: Option<f64>| match (told, truly) {
                    (Some(told), Some(truly)) => close(told - ahead_ms, truly, STORING_MS),
                    (told, truly) => told.is_none() && truly.is_none(),
                };
                let last_ms = polls[polls.len() - 1];
                wrong.unless(near(told.from_ms, came_ms), || {
                    format!("{what} came {:?}, truly {came_ms:?}", told.from_ms)
                });
                wrong.unless(near(told.to_ms, left_ms.or(Some(last_ms))), || {
                    format!("{what} left {:?}, truly {left_ms:?} {machine:?}", told.to_ms)
                });
                for (subtype, truly_ms) in [(joined, came_ms), (left, left_ms)] {
                    let events: Vec<f64> = report
                        .events
                        .iter()
                        .filter(|event| event.subtype == subtype)
                        .map(|event| event.at_ms)
                        .collect();
                    let is = events.len() == truly_ms.iter().len()
                        && events.iter().all(|at_ms| near(Some(*at_ms), truly_ms));
                    wrong.unless(is, || format!("{what}: {subtype} at {events:?}, truly {truly_ms:?}"));
                }
                compared += 1;
            }
        }
    }
    wrong.conclude();
    assert!(compared > 10, "{compared}");
}

#[test]
fn clocks_of_stored_lines_are_known() {
    let (mut stored, mut worst_ms) = (0, 0.0_f64);
    for case in cases() {
        for (what, report) in case.reports() {
            for server in case.servers().filter(|server| !server.dumps.is_empty()) {
                let what = format!("seed {}, {what}, {}", case.seed, server.name);
                let clock = told(report, &server.name, &what).clock.clone().unwrap();
                for part in server.dumps.iter().flat_map(|dump| &dump.parts) {
                    let of_file = report.files.iter().find(|file| file.name == part.file).unwrap();
                    assert_eq!(
                        of_file.clock.as_ref().map(|clock| &clock.method),
                        Some(&clock.method),
                        "{what}"
                    );
                }
                let bridge = case.truth.bridges.iter().find(|bridge| bridge.server.name == server.name);
                let timeless = bridge.is_some_and(|bridge| bridge.spelling == Spelling::Stats);
                if server.lines == Lines::Enveloped && !timeless {
                    assert_eq!(clock.method, "stored", "{what}");
                    let off_ms = clock.offset_ms - server.clock_offset_ms as f64;
                    assert!((0.0..=STORING_MS).contains(&off_ms), "{what}: {off_ms}");
                    worst_ms = worst_ms.max(off_ms);
                    stored += 1;
                } else {
                    assert_eq!((clock.method.as_str(), clock.offset_ms), ("server", 0.0), "{what}");
                }
            }
        }
    }
    println!("{stored} stored clocks are known to {worst_ms:.0} ms");
    assert!(stored > 20, "{stored}");
}

#[test]
fn sound_dumps_have_no_problems() {
    for case in cases() {
        for (what, report) in case.reports() {
            for file in report.files.iter().filter(|file| file.format == "jitsi-server") {
                let is_later = case
                    .server_of(&file.name)
                    .dumps
                    .iter()
                    .any(|dump| dump.parts.iter().skip(1).any(|part| part.file == file.name));
                let odd = file.problems.iter().filter(|problem| {
                    problem.severity == Severity::DataLoss
                        || problem.kind == "late-entry"
                        || problem.severity != Severity::Info
                });
                // Later parts of a dump know only what changed since.
                let odd: Vec<_> =
                    odd.filter(|problem| !(is_later && problem.kind == "no-base-state")).collect();
                assert!(odd.is_empty(), "seed {}, {what}, {}: {odd:?}", case.seed, file.name);
            }
        }
    }
}
