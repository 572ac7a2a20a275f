//! Who came and left when, as servers' events tell it.

use super::focus_side::members;
use super::{BRIDGE_POLL_MS, STORING_MS, Wrong, cases, events};

#[test]
fn joins_and_leaves_are_told_once() {
    let mut wrong = Wrong::default();
    let mut compared = 0;
    for case in cases() {
        let first_ms =
            case.truth.focus.polls.iter().filter(|poll| poll.written).map(|poll| poll.at_ms).min().unwrap();
        for person in case.were_there() {
            let own = members(case, person);
            let key = &case.participant(&case.alone, person).key;
            let of = |subtype: &str| -> Vec<f64> {
                let told = events(&case.alone, subtype).into_iter();
                told.filter(|event| event.participant.as_ref() == Some(key))
                    .map(|event| event.at_ms - case.ahead_ms(&event.file))
                    .collect()
            };
            // Who is there at the first poll may have been there before, if no line says when they came.
            let came: Vec<u64> = own
                .iter()
                .filter_map(|member| match member.first_seen_ms {
                    _ if member.join_logged => Some(member.joined_ms),
                    Some(seen_ms) if seen_ms > first_ms => Some(seen_ms),
                    _ => None,
                })
                .collect();
            let left: Vec<u64> = own
                .iter()
                .filter_map(|member| match member.first_missed_ms {
                    _ if member.leave_logged => Some(member.left_ms),
                    missed_ms => missed_ms,
                })
                .collect();
            for (what, told, truly) in [("join", of("join"), came), ("leave", of("leave"), left)] {
                let near = told.len() == truly.len()
                    && told
                        .iter()
                        .zip(&truly)
                        .all(|(told, truly)| (told - *truly as f64).abs() <= STORING_MS);
                wrong
                    .unless(near, || format!("seed {}, {key}, {what}: {told:?}, truly {truly:?}", case.seed));
                compared += truly.len();
            }
            let key = &case.participant(&case.all, person).key;
            let stays = case.call.dumps.iter().filter(|dump| dump.person == person).count();
            for subtype in ["join", "leave"] {
                let told = events(&case.all, subtype)
                    .into_iter()
                    .filter(|event| event.participant.as_ref() == Some(key));
                let times: Vec<_> = told.map(|event| (event.at_ms, &event.file)).collect();
                wrong.unless(times.len() == stays, || {
                    format!("seed {}, all, {key}, {subtype}: {times:?}", case.seed)
                });
            }
        }
    }
    wrong.conclude();
    assert!(compared > 60, "{compared}");
}

/// A bridge's endpoints, as its log says, else as the polls show.
#[test]
fn endpoints_come_and_go_as_the_bridge_says() {
    let (mut wrong, mut compared) = (Wrong::default(), 0);
    for case in cases() {
        // Lines that were sent into a cut are lost, be it the log's or those of a poll that would have shown it.
        for bridge in case.truth.bridges.iter().filter(|bridge| !case.is_cut(&bridge.server)) {
            let has_logs = case
                .scenario
                .servers
                .as_ref()
                .unwrap()
                .bridges
                .iter()
                .any(|drawn| drawn.host.name == bridge.server.name && drawn.logs);
            for (number, dump) in bridge.server.dumps.iter().enumerate() {
                let stays: Vec<_> = bridge.stays.iter().filter(|stay| stay.dump == number).collect();
                let file = &dump.parts[0].file;
                let of = |subtype: &str, person: usize| -> Vec<f64> {
                    let key = &case.participant(&case.alone, person).key;
                    let told = events(&case.alone, subtype).into_iter();
                    let own =
                        told.filter(|event| event.participant.as_ref() == Some(key) && event.file == *file);
                    own.map(|event| event.at_ms - case.ahead_ms(file)).collect()
                };
                for stay in stays.iter().filter(|stay| !stay.polls.is_empty()) {
                    // Several stays of one person on one conference are told in a row.
                    let place = stays
                        .iter()
                        .filter(|other| other.person == stay.person)
                        .position(|o| o == stay)
                        .unwrap();
                    let (first, last) = (&stay.polls[0], &stay.polls[stay.polls.len() - 1]);
                    let is_first =
                        stays.iter().flat_map(|stay| &stay.polls).all(|poll| first.at_ms <= poll.at_ms);
                    let came_ms = if has_logs { stay.allocated_ms } else { first.at_ms };
                    if has_logs || !is_first {
                        // Who was there at the first poll is not known to have come, so places say nothing.
                        let told = of("endpoint_joined", stay.person);
                        let is = told.iter().any(|told| (told - came_ms as f64).abs() <= STORING_MS);
                        wrong.unless(is, || {
                            format!(
                                "seed {}, {}: came {told:?}, truly {came_ms}",
                                case.seed, stay.endpoint_id
                            )
                        });
                        compared += 1;
                    }
                    // Two polls without it, and it has gone; who is there at the last ones is not known to have left.
                    let end_ms = dump.ended_ms as f64;
                    if (stay.left_ms as f64) < end_ms - 3.0 * BRIDGE_POLL_MS {
                        let told = of("endpoint_left", stay.person).get(place).copied();
                        let least_ms = if has_logs { stay.left_ms as f64 } else { last.at_ms as f64 };
                        let is = told.is_some_and(|told| {
                            (least_ms - STORING_MS..=stay.left_ms as f64 + 30.0 + STORING_MS).contains(&told)
                        });
                        wrong.unless(is, || {
                            format!(
                                "seed {}, {}: left {told:?}, truly {}",
                                case.seed, stay.endpoint_id, stay.left_ms
                            )
                        });
                        compared += 1;
                    }
                }
            }
        }
    }
    wrong.conclude();
    assert!(compared > 30, "{compared}");
}
