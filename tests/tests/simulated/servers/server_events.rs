//! Events of servers: bridge moves, overloads, drains, sender limits and ICE failures.

use std::collections::BTreeMap;

use simulator::{FaultKind, TrueFocusPoll};

use super::focus_side::{members, shown};
use super::{Mismatches, STORING_MS, cases, events};

#[test]
fn bridge_assignments_and_moves_are_reported() {
    let (mut wrong, mut moves) = (Mismatches::default(), 0);
    for case in cases() {
        let servers = case.scenario.servers.as_ref().unwrap();
        for (what, report) in case.reports() {
            for person in case.were_there() {
                let key = &case.participant(report, person).key;
                let mut expected: Vec<(f64, String)> = Vec::new();
                for member in members(case, person) {
                    let mut before: Option<usize> = None;
                    for at_ms in shown(case, member) {
                        let now = servers.bridge_of(person, at_ms - case.scenario.start_ms);
                        let name = |place: usize| servers.bridges[place].host.name.clone();
                        match before.replace(now) {
                            None => expected.push((at_ms as f64, name(now))),
                            Some(before) if before != now => {
                                moves += 1;
                                expected.push((at_ms as f64, format!("{} to {}", name(before), name(now))));
                            }
                            _ => {}
                        }
                    }
                }
                let reported = report.events.iter().filter(|event| {
                    matches!(event.subtype.as_str(), "bridge_assigned" | "bridge_moved")
                        && event.participant.as_ref() == Some(key)
                });
                let reported: Vec<(f64, String)> = reported
                    .map(|event| (event.at_ms - case.ahead_ms(&event.file), event.detail.clone().unwrap()))
                    .collect();
                let near = reported.len() == expected.len()
                    && reported
                        .iter()
                        .zip(&expected)
                        .all(|(a, b)| (a.0 - b.0).abs() <= STORING_MS && a.1 == b.1);
                wrong.unless(near, || {
                    format!("seed {}, {what}, {key}: {reported:?}, expected {expected:?}", case.seed)
                });
            }
        }
    }
    wrong.conclude();
    assert!(moves > 4, "{moves}");
}

/// The events on overloads and drains.
const BRIDGE_STATE_EVENTS: &[&str] = &["bridge_overloaded", "bridge_relieved", "bridge_draining"];

#[test]
fn overloads_and_drains_are_reported_at_the_polls_of_the_focus() {
    let (mut wrong, mut compared) = (Mismatches::default(), 0);
    for case in cases() {
        let mut expected: Vec<(f64, &str, &str)> = Vec::new();
        let mut before: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
        let written = case.truth.focus.polls.iter().filter(|poll| poll.written);
        let rows = |poll: &'static TrueFocusPoll| poll.bridges.iter().map(|row| (poll.at_ms as f64, row));
        for (at_ms, row) in written.flat_map(rows) {
            let was = before.insert(&row.bridge, (row.overloaded, row.draining)).unwrap_or_default();
            if was.0 != row.overloaded {
                let subtype = if row.overloaded { "bridge_overloaded" } else { "bridge_relieved" };
                expected.push((at_ms, subtype, &row.bridge));
            }
            if !was.1 && row.draining {
                expected.push((at_ms, "bridge_draining", &row.bridge));
            }
        }
        compared += expected.len();
        for (what, report) in case.reports() {
            let reported =
                report.events.iter().filter(|event| BRIDGE_STATE_EVENTS.contains(&event.subtype.as_str()));
            let reported: Vec<(f64, &str, &str)> = reported
                .map(|event| {
                    let at_ms = event.at_ms - case.ahead_ms(&event.file);
                    (at_ms, event.subtype.as_str(), event.detail.as_deref().unwrap())
                })
                .collect();
            let near = reported.len() == expected.len()
                && reported
                    .iter()
                    .zip(&expected)
                    .all(|(a, b)| (a.0 - b.0).abs() <= STORING_MS && (a.1, a.2) == (b.1, b.2));
            wrong.unless(near, || format!("seed {}, {what}: {reported:?}, expected {expected:?}", case.seed));
        }
    }
    wrong.conclude();
    assert!(compared > 1, "{compared}");
}

#[test]
fn sender_limits_are_reported_at_the_polls_of_the_focus() {
    const SUBTYPES: [[&str; 2]; 2] =
        [["audio_limit_reached", "audio_limit_over"], ["video_limit_reached", "video_limit_over"]];
    let (mut wrong, mut compared) = (Mismatches::default(), 0);
    // A change that is undone during a cut is in no poll.
    for case in cases().iter().filter(|case| !case.is_cut(&case.truth.focus.server)) {
        let limits = case.scenario.servers.as_ref().unwrap().focus.limits;
        for (limit, subtypes) in limits.into_iter().zip(SUBTYPES) {
            for (subtype, at_ms) in
                subtypes.into_iter().zip(limit.map_or([None; 2], |l| [Some(l.from_ms), Some(l.to_ms)]))
            {
                let mut polls =
                    case.truth.focus.polls.iter().filter(|poll| poll.written).map(|poll| poll.at_ms);
                let expected =
                    at_ms.and_then(|at_ms| polls.find(|poll| *poll >= case.scenario.start_ms + at_ms));
                compared += expected.iter().len();
                for (what, report) in case.reports() {
                    let reported = events(report, subtype);
                    let near = reported.len() == expected.iter().len()
                        && reported.iter().zip(expected).all(|(event, expected)| {
                            (event.at_ms - case.ahead_ms(&event.file) - expected as f64).abs() <= STORING_MS
                        });
                    wrong.unless(near, || {
                        format!("seed {}, {what}, {subtype}: {reported:?}, expected {expected:?}", case.seed)
                    });
                }
            }
        }
    }
    wrong.conclude();
    assert!(compared > 8, "{compared}");
}

#[test]
fn ice_failures_are_reported_by_focus_and_bridge() {
    let (mut wrong, mut compared) = (Mismatches::default(), 0);
    for case in cases() {
        let failures = case.scenario.faults.iter().filter(|fault| fault.kind == FaultKind::IceFailure);
        let mut people: Vec<usize> = failures.map(|fault| fault.person).collect();
        people.dedup();
        for (what, report) in case.reports() {
            let reported: Vec<&str> = events(report, "ice_failed_reported")
                .into_iter()
                .map(|event| event.participant.as_deref().unwrap())
                .collect();
            let by_bridge = report.events.iter().filter(|event| {
                event.subtype == "bridge_ice_state" && event.detail.as_deref() == Some("failed")
            });
            let by_bridge: Vec<&str> = by_bridge.map(|event| event.participant.as_deref().unwrap()).collect();
            let expected: Vec<&str> =
                people.iter().map(|person| case.participant(report, *person).key.as_str()).collect();
            compared += expected.len();
            wrong.unless(reported == expected && by_bridge == expected, || {
                format!("seed {}, {what}: {reported:?} {by_bridge:?}, expected {expected:?}", case.seed)
            });
        }
    }
    wrong.conclude();
    assert!(compared > 1, "{compared}");
}
