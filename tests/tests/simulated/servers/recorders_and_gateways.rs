//! Recorders, SIP gateways and transcribers in the room: they are servers of the report, not participants.

use simulator::MachineKind;

use super::{Mismatches, STORING_MS, cases, close, server};

/// The report's kind of a machine, and the subtypes of its join and leave events.
fn words(kind: MachineKind) -> [&'static str; 3] {
    match kind {
        MachineKind::Jibri => ["jibri", "recorder_joined", "recorder_left"],
        MachineKind::Jigasi => ["jigasi", "sip_joined", "sip_left"],
        MachineKind::Transcriber => ["transcriber", "transcriber_joined", "transcriber_left"],
    }
}

#[test]
fn machines_in_the_room_are_servers() {
    let (mut compared, mut wrong) = (0, Mismatches::default());
    for case in cases() {
        let polls: Vec<f64> =
            case.truth.focus.polls.iter().filter(|poll| poll.written).map(|poll| poll.at_ms as f64).collect();
        for (what, report) in case.reports() {
            for machine in &case.truth.machines {
                let [kind, joined, left] = words(machine.kind);
                let what = format!("seed {}, {what}, {kind}", case.seed);
                let reported = server(report, &machine.endpoint_id, &what);
                assert_eq!((reported.kind.as_str(), reported.has_dump), (kind, false), "{what}");
                let seen = |at_ms: u64| polls.iter().copied().find(|poll| *poll >= at_ms as f64);
                let joined_ms = if machine.join_logged {
                    Some(machine.joined_ms as f64)
                } else {
                    seen(machine.joined_ms)
                };
                let left_ms =
                    if machine.leave_logged { Some(machine.left_ms as f64) } else { seen(machine.left_ms) };
                let ahead_ms = case.ahead_ms(&reported.file);
                let near = |reported: Option<f64>, expected: Option<f64>| match (reported, expected) {
                    (Some(reported), Some(expected)) => close(reported - ahead_ms, expected, STORING_MS),
                    (reported, expected) => reported.is_none() && expected.is_none(),
                };
                let last_ms = polls[polls.len() - 1];
                wrong.unless(near(reported.from_ms, joined_ms), || {
                    format!("{what} joined {:?}, expected {joined_ms:?}", reported.from_ms)
                });
                wrong.unless(near(reported.to_ms, left_ms.or(Some(last_ms))), || {
                    format!("{what} left {:?}, expected {left_ms:?} {machine:?}", reported.to_ms)
                });
                for (subtype, expected_ms) in [(joined, joined_ms), (left, left_ms)] {
                    let events: Vec<f64> = report
                        .events
                        .iter()
                        .filter(|event| event.subtype == subtype)
                        .map(|event| event.at_ms)
                        .collect();
                    let is = events.len() == expected_ms.iter().len()
                        && events.iter().all(|at_ms| near(Some(*at_ms), expected_ms));
                    wrong.unless(is, || format!("{what}: {subtype} at {events:?}, expected {expected_ms:?}"));
                }
                compared += 1;
            }
        }
    }
    wrong.conclude();
    assert!(compared > 10, "{compared}");
}
