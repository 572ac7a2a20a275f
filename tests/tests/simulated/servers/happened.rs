//! What happened on servers: moves, overloads, drains, limits and failures.

use std::collections::BTreeMap;

use simulator::{FaultKind, TrueFocusPoll};

use super::focus_side::{members, shown};
use super::{STORING_MS, Wrong, cases, events};

#[test]
fn bridges_of_everybody_are_told_as_they_changed() {
    let (mut wrong, mut moves) = (Wrong::default(), 0);
    for case in cases() {
        let servers = case.scenario.servers.as_ref().unwrap();
        for (what, report) in case.reports() {
            for person in case.were_there() {
                let key = &case.participant(report, person).key;
                let mut truly: Vec<(f64, String)> = Vec::new();
                for member in members(case, person) {
                    let mut before: Option<usize> = None;
                    for at_ms in shown(case, member) {
                        let now = servers.bridge_of(person, at_ms - case.scenario.start_ms);
                        let name = |place: usize| servers.bridges[place].host.name.clone();
                        match before.replace(now) {
                            None => truly.push((at_ms as f64, name(now))),
                            Some(before) if before != now => {
                                moves += 1;
                                truly.push((at_ms as f64, format!("{} to {}", name(before), name(now))));
                            }
                            _ => {}
                        }
                    }
                }
                let told = report.events.iter().filter(|event| {
                    matches!(event.subtype.as_str(), "bridge_assigned" | "bridge_moved")
                        && event.participant.as_ref() == Some(key)
                });
                let told: Vec<(f64, String)> = told
                    .map(|event| (event.at_ms - case.ahead_ms(&event.file), event.detail.clone().unwrap()))
                    .collect();
                let near = told.len() == truly.len()
                    && told.iter().zip(&truly).all(|(a, b)| (a.0 - b.0).abs() <= STORING_MS && a.1 == b.1);
                wrong
                    .unless(near, || format!("seed {}, {what}, {key}: {told:?}, truly {truly:?}", case.seed));
            }
        }
    }
    wrong.conclude();
    assert!(moves > 4, "{moves}");
}

/// Overloads and drains.
const BRIDGES_STATES: &[&str] = &["bridge_overloaded", "bridge_relieved", "bridge_draining"];

#[test]
fn overloads_and_drains_are_told_when_the_focus_saw_them() {
    let (mut wrong, mut compared) = (Wrong::default(), 0);
    for case in cases() {
        let mut truly: Vec<(f64, &str, &str)> = Vec::new();
        let mut before: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
        let written = case.truth.focus.polls.iter().filter(|poll| poll.written);
        let rows = |poll: &'static TrueFocusPoll| poll.bridges.iter().map(|row| (poll.at_ms as f64, row));
        for (at_ms, row) in written.flat_map(rows) {
            let was = before.insert(&row.bridge, (row.overloaded, row.draining)).unwrap_or_default();
            if was.0 != row.overloaded {
                let subtype = if row.overloaded { "bridge_overloaded" } else { "bridge_relieved" };
                truly.push((at_ms, subtype, &row.bridge));
            }
            if !was.1 && row.draining {
                truly.push((at_ms, "bridge_draining", &row.bridge));
            }
        }
        compared += truly.len();
        for (what, report) in case.reports() {
            let told = report.events.iter().filter(|event| BRIDGES_STATES.contains(&event.subtype.as_str()));
            let told: Vec<(f64, &str, &str)> = told
                .map(|event| {
                    let at_ms = event.at_ms - case.ahead_ms(&event.file);
                    (at_ms, event.subtype.as_str(), event.detail.as_deref().unwrap())
                })
                .collect();
            let near = told.len() == truly.len()
                && told
                    .iter()
                    .zip(&truly)
                    .all(|(a, b)| (a.0 - b.0).abs() <= STORING_MS && (a.1, a.2) == (b.1, b.2));
            wrong.unless(near, || format!("seed {}, {what}: {told:?}, truly {truly:?}", case.seed));
        }
    }
    wrong.conclude();
    assert!(compared > 1, "{compared}");
}

#[test]
fn limits_are_told_when_the_focus_saw_them() {
    const SUBTYPES: [[&str; 2]; 2] =
        [["audio_limit_reached", "audio_limit_over"], ["video_limit_reached", "video_limit_over"]];
    let (mut wrong, mut compared) = (Wrong::default(), 0);
    // What changes back in a cut is never said.
    for case in cases().iter().filter(|case| !case.is_cut(&case.truth.focus.server)) {
        let limits = case.scenario.servers.as_ref().unwrap().focus.limits;
        for (limit, subtypes) in limits.into_iter().zip(SUBTYPES) {
            for (subtype, at_ms) in
                subtypes.into_iter().zip(limit.map_or([None; 2], |l| [Some(l.from_ms), Some(l.to_ms)]))
            {
                let mut polls =
                    case.truth.focus.polls.iter().filter(|poll| poll.written).map(|poll| poll.at_ms);
                let truly =
                    at_ms.and_then(|at_ms| polls.find(|poll| *poll >= case.scenario.start_ms + at_ms));
                compared += truly.iter().len();
                for (what, report) in case.reports() {
                    let told = events(report, subtype);
                    let near = told.len() == truly.iter().len()
                        && told.iter().zip(truly).all(|(event, truly)| {
                            (event.at_ms - case.ahead_ms(&event.file) - truly as f64).abs() <= STORING_MS
                        });
                    wrong.unless(near, || {
                        format!("seed {}, {what}, {subtype}: {told:?}, truly {truly:?}", case.seed)
                    });
                }
            }
        }
    }
    wrong.conclude();
    assert!(compared > 8, "{compared}");
}

#[test]
fn ice_failures_are_told_by_focus_and_bridge() {
    let (mut wrong, mut compared) = (Wrong::default(), 0);
    for case in cases() {
        let failures = case.scenario.faults.iter().filter(|fault| fault.kind == FaultKind::IceFailure);
        let mut people: Vec<usize> = failures.map(|fault| fault.person).collect();
        people.dedup();
        for (what, report) in case.reports() {
            let told: Vec<&str> = events(report, "ice_failed_reported")
                .into_iter()
                .map(|event| event.participant.as_deref().unwrap())
                .collect();
            let by_bridge = report.events.iter().filter(|event| {
                event.subtype == "bridge_ice_state" && event.detail.as_deref() == Some("failed")
            });
            let by_bridge: Vec<&str> = by_bridge.map(|event| event.participant.as_deref().unwrap()).collect();
            let truly: Vec<&str> =
                people.iter().map(|person| case.participant(report, *person).key.as_str()).collect();
            compared += truly.len();
            wrong.unless(told == truly && by_bridge == truly, || {
                format!("seed {}, {what}: {told:?} {by_bridge:?}, truly {truly:?}", case.seed)
            });
        }
    }
    wrong.conclude();
    assert!(compared > 1, "{compared}");
}
