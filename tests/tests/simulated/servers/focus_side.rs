//! The focus side of each participant in the report, compared with the true members of the room.

use simulator::{TrueMember, TrueTime};

use super::{FOCUS_POLL_MS, STORING_MS, SimulatedCase, cases};

/// A person's members of the room, one for each presence.
pub(super) fn members(case: &SimulatedCase, person: usize) -> Vec<&TrueMember> {
    case.truth.members.iter().filter(|member| member.person == person).collect()
}

/// The times of the focus' polls in its dump that show a member.
pub(super) fn shown(case: &SimulatedCase, member: &TrueMember) -> Vec<u64> {
    let written = case.truth.focus.polls.iter().filter(|poll| poll.written).map(|poll| poll.at_ms);
    written.filter(|at_ms| (member.joined_ms..member.left_ms).contains(at_ms)).collect()
}

/// Whether a member counts as muted. Before its media is announced it does.
pub(super) fn is_muted(member: &TrueMember, muted: &[TrueTime], at_ms: u64) -> bool {
    at_ms < member.published_ms || muted.iter().any(|time| (time.from_ms..time.to_ms).contains(&at_ms))
}

#[test]
fn roles_and_regions_match_the_room() {
    for case in cases() {
        let first = case.truth.members.iter().min_by_key(|member| member.joined_ms).unwrap();
        for (what, report) in case.reports() {
            for person in case.were_there() {
                let reported = case.participant(report, person);
                let what = format!("seed {}, {what}, {}", case.seed, reported.key);
                let own = members(case, person);
                let Some(last) =
                    own.iter().rev().find(|member| member.join_logged || !shown(case, member).is_empty())
                else {
                    continue;
                };
                let focus = reported.focus.as_ref().unwrap_or_else(|| panic!("{what}: no focus side"));
                let role = if last.endpoint_id == first.endpoint_id { "OWNER" } else { "PARTICIPANT" };
                assert_eq!(focus.role.as_deref(), Some(role), "{what}");
                assert_eq!(focus.region.as_ref(), Some(&last.region), "{what}");
                assert!(focus.visitor.is_none_or(|visitor| !visitor), "{what}");
            }
        }
    }
}

#[test]
fn bridges_are_listed_in_the_order_of_assignment() {
    let mut moved = 0;
    for case in cases() {
        let servers = case.scenario.servers.as_ref().unwrap();
        for (what, report) in case.reports() {
            for person in case.were_there() {
                let reported = case.participant(report, person);
                let Some(focus) = &reported.focus else { continue };
                let times = members(case, person).into_iter().flat_map(|member| shown(case, member));
                let mut bridges: Vec<&String> = times
                    .map(|at_ms| servers.bridge_of(person, at_ms - case.scenario.start_ms))
                    .map(|bridge| &servers.bridges[bridge].host.name)
                    .collect();
                bridges.dedup();
                moved += usize::from(bridges.len() > 1);
                let what = format!("seed {}, {what}, {}", case.seed, reported.key);
                assert_eq!(focus.bridges.iter().collect::<Vec<_>>(), bridges, "{what}");
            }
        }
    }
    assert!(moved > 2, "{moved}");
}

#[test]
fn muted_durations_are_right_within_a_poll() {
    let mut compared = 0;
    for case in cases() {
        for (what, report) in case.reports() {
            for person in case.were_there() {
                let reported = case.participant(report, person);
                let Some(focus) = &reported.focus else { continue };
                let what = format!("seed {}, {what}, {}", case.seed, reported.key);
                let own = members(case, person);
                for (name, reported_ms, of) in [
                    (
                        "audio",
                        focus.audio_muted_ms,
                        (|m| &m.audio_muted) as fn(&TrueMember) -> &Vec<TrueTime>,
                    ),
                    ("video", focus.video_muted_ms, |m| &m.video_muted),
                ] {
                    // The state at a poll holds until the next poll.
                    let of_member = |member: &&TrueMember| {
                        let times = shown(case, member);
                        let pairs = times.windows(2).filter(|pair| is_muted(member, of(member), pair[0]));
                        pairs.map(|pair| (pair[1] - pair[0]) as f64).sum::<f64>()
                    };
                    let polled_ms: f64 = own.iter().map(of_member).sum();
                    let expected_ms: f64 = own
                        .iter()
                        .map(|member| {
                            let after = of(member).iter().map(|time| time.to_ms - time.from_ms).sum::<u64>();
                            (after + member.published_ms - member.joined_ms) as f64
                        })
                        .sum();
                    let reported_ms = reported_ms.unwrap_or(f64::NAN);
                    assert!(
                        (reported_ms - polled_ms).abs() <= STORING_MS,
                        "{what}, {name}: {reported_ms} {polled_ms}"
                    );
                    let switches = own.iter().map(|member| 1 + of(member).len()).sum::<usize>() as f64;
                    let accuracy_ms = 2.0 * switches * FOCUS_POLL_MS;
                    assert!(
                        (reported_ms - expected_ms).abs() <= accuracy_ms,
                        "{what}, {name}: {reported_ms} {expected_ms}"
                    );
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 200, "{compared}");
}

#[test]
fn jingle_state_is_that_of_the_last_poll() {
    let (mut active, mut pending) = (0, 0);
    for case in cases() {
        for (what, report) in case.reports() {
            for person in case.were_there() {
                let reported = case.participant(report, person);
                let Some(focus) = &reported.focus else { continue };
                let own = members(case, person);
                let Some(member) = own.iter().rev().find(|member| !shown(case, member).is_empty()) else {
                    continue;
                };
                let last_ms = *shown(case, member).last().unwrap();
                // The session is accepted 150 ms before the media is announced. It is pending again from a bridge's
                // failure until the new connection.
                let accepted = member.published_ms - 150 <= last_ms;
                let servers = case.scenario.servers.as_ref().unwrap();
                let moving = servers.restarts().any(|(fault, _)| {
                    let at_ms = last_ms - case.scenario.start_ms;
                    servers.bridge_of(person, fault.time.from_ms) == fault.bridge
                        && (fault.moved_ms()..fault.time.to_ms).contains(&at_ms)
                });
                let state = if accepted && !moving { "ACTIVE" } else { "PENDING" };
                let what = format!("seed {}, {what}, {}", case.seed, reported.key);
                assert_eq!(focus.jingle_state.as_deref(), Some(state), "{what}");
                if state == "ACTIVE" { active += 1 } else { pending += 1 }
            }
        }
    }
    println!("last state: {active} active, {pending} pending");
    assert!(active > 100, "{active}");
}
