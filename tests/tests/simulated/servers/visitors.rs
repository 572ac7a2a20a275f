//! Machines in the room, which are no people.

use simulator::MachineKind;

use super::{STORING_MS, Wrong, cases, close, server};

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
    for case in cases() {
        let polls: Vec<f64> =
            case.truth.focus.polls.iter().filter(|poll| poll.written).map(|poll| poll.at_ms as f64).collect();
        for (what, report) in case.reports() {
            for machine in &case.truth.machines {
                let [kind, joined, left] = words(machine.kind);
                let what = format!("seed {}, {what}, {kind}", case.seed);
                let told = server(report, &machine.endpoint_id, &what);
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
