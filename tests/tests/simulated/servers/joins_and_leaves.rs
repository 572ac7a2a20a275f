//! Join and leave events from servers' dumps, compared with the true times.

use super::focus_side::members;
use super::{BRIDGE_POLL_MS, Mismatches, STORING_MS, cases, events};

#[test]
fn each_join_and_leave_is_reported_once() {
    let mut wrong = Mismatches::default();
    let mut compared = 0;
    for case in cases() {
        let first_ms =
            case.truth.focus.polls.iter().filter(|poll| poll.written).map(|poll| poll.at_ms).min().unwrap();
        for person in case.were_there() {
            let own = members(case, person);
            let key = &case.participant(&case.servers_only, person).key;
            let of = |subtype: &str| -> Vec<f64> {
                let reported = events(&case.servers_only, subtype).into_iter();
                reported
                    .filter(|event| event.participant.as_ref() == Some(key))
                    .map(|event| event.at_ms - case.ahead_ms(&event.file))
                    .collect()
            };
            // A member in the first poll may have joined earlier, unless the log has the join.
            let joins: Vec<u64> = own
                .iter()
                .filter_map(|member| match member.first_seen_ms {
                    _ if member.join_logged => Some(member.joined_ms),
                    Some(seen_ms) if seen_ms > first_ms => Some(seen_ms),
                    _ => None,
                })
                .collect();
            let leaves: Vec<u64> = own
                .iter()
                .filter_map(|member| match member.first_missed_ms {
                    _ if member.leave_logged => Some(member.left_ms),
                    missed_ms => missed_ms,
                })
                .collect();
            for (what, reported, expected) in [("join", of("join"), joins), ("leave", of("leave"), leaves)] {
                let near = reported.len() == expected.len()
                    && reported
                        .iter()
                        .zip(&expected)
                        .all(|(reported, expected)| (reported - *expected as f64).abs() <= STORING_MS);
                wrong.unless(near, || {
                    format!("seed {}, {key}, {what}: {reported:?}, expected {expected:?}", case.seed)
                });
                compared += expected.len();
            }
            let key = &case.participant(&case.all, person).key;
            let presences = case.call.dumps.iter().filter(|dump| dump.person == person).count();
            for subtype in ["join", "leave"] {
                let reported = events(&case.all, subtype)
                    .into_iter()
                    .filter(|event| event.participant.as_ref() == Some(key));
                let times: Vec<_> = reported.map(|event| (event.at_ms, &event.file)).collect();
                wrong.unless(times.len() == presences, || {
                    format!("seed {}, all, {key}, {subtype}: {times:?}", case.seed)
                });
            }
        }
    }
    wrong.conclude();
    assert!(compared > 60, "{compared}");
}

/// The times are those of the bridge's log, or of its polls where the log is not collected.
#[test]
fn endpoint_joins_and_leaves_match_the_bridge() {
    let (mut wrong, mut compared) = (Mismatches::default(), 0);
    for case in cases() {
        // Log lines and polls that were sent during a cut are lost.
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
                let presences: Vec<_> =
                    bridge.stays.iter().filter(|presence| presence.dump == number).collect();
                let file = &dump.parts[0].file;
                let of = |subtype: &str, person: usize| -> Vec<f64> {
                    let key = &case.participant(&case.servers_only, person).key;
                    let reported = events(&case.servers_only, subtype).into_iter();
                    let own = reported
                        .filter(|event| event.participant.as_ref() == Some(key) && event.file == *file);
                    own.map(|event| event.at_ms - case.ahead_ms(file)).collect()
                };
                for presence in presences.iter().filter(|presence| !presence.polls.is_empty()) {
                    // The events of several presences of a person on one conference are in the order of time.
                    let place = presences
                        .iter()
                        .filter(|other| other.person == presence.person)
                        .position(|o| o == presence)
                        .unwrap();
                    let (first, last) = (&presence.polls[0], &presence.polls[presence.polls.len() - 1]);
                    let is_first = presences
                        .iter()
                        .flat_map(|presence| &presence.polls)
                        .all(|poll| first.at_ms <= poll.at_ms);
                    let joined_ms = if has_logs { presence.allocated_ms } else { first.at_ms };
                    if has_logs || !is_first {
                        // An endpoint in the first poll has no join event, so the position in the list is not
                        // comparable.
                        let reported = of("endpoint_joined", presence.person);
                        let is =
                            reported.iter().any(|reported| (reported - joined_ms as f64).abs() <= STORING_MS);
                        wrong.unless(is, || {
                            format!(
                                "seed {}, {}: joined {reported:?}, expected {joined_ms}",
                                case.seed, presence.endpoint_id
                            )
                        });
                        compared += 1;
                    }
                    // An endpoint counts as gone after two polls without it; one in the last polls has no leave.
                    let end_ms = dump.ended_ms as f64;
                    if (presence.left_ms as f64) < end_ms - 3.0 * BRIDGE_POLL_MS {
                        let reported = of("endpoint_left", presence.person).get(place).copied();
                        let least_ms = if has_logs { presence.left_ms as f64 } else { last.at_ms as f64 };
                        let is = reported.is_some_and(|reported| {
                            (least_ms - STORING_MS..=presence.left_ms as f64 + 30.0 + STORING_MS)
                                .contains(&reported)
                        });
                        wrong.unless(is, || {
                            format!(
                                "seed {}, {}: left {reported:?}, expected {}",
                                case.seed, presence.endpoint_id, presence.left_ms
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
