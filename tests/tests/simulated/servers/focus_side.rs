//! What the focus tells of each member of the room.

use simulator::{TrueMember, TrueTime};

use super::{Case, FOCUS_POLL_MS, STORING_MS, cases};

/// The members that a person was, one for each stay.
pub(super) fn members(case: &Case, person: usize) -> Vec<&TrueMember> {
    case.truth.members.iter().filter(|member| member.person == person).collect()
}

/// The focus' written polls that show a member.
pub(super) fn shown(case: &Case, member: &TrueMember) -> Vec<u64> {
    let written = case.truth.focus.polls.iter().filter(|poll| poll.written).map(|poll| poll.at_ms);
    written.filter(|at_ms| (member.joined_ms..member.left_ms).contains(at_ms)).collect()
}

/// Whether a member counts as muted: until the media is announced it does.
pub(super) fn is_muted(member: &TrueMember, muted: &[TrueTime], at_ms: u64) -> bool {
    at_ms < member.published_ms || muted.iter().any(|time| (time.from_ms..time.to_ms).contains(&at_ms))
}

#[test]
fn roles_and_regions_are_the_rooms() {
    for case in cases() {
        let first = case.truth.members.iter().min_by_key(|member| member.joined_ms).unwrap();
        for (what, report) in case.reports() {
            for person in case.were_there() {
                let told = case.participant(report, person);
                let what = format!("seed {}, {what}, {}", case.seed, told.key);
                let own = members(case, person);
                let Some(last) =
                    own.iter().rev().find(|member| member.join_logged || !shown(case, member).is_empty())
                else {
                    continue;
                };
                let focus = told.focus.as_ref().unwrap_or_else(|| panic!("{what}: the focus knows them"));
                let role = if last.endpoint_id == first.endpoint_id { "OWNER" } else { "PARTICIPANT" };
                assert_eq!(focus.role.as_deref(), Some(role), "{what}");
                assert_eq!(focus.region.as_ref(), Some(&last.region), "{what}");
                assert!(focus.visitor.is_none_or(|visitor| !visitor), "{what}");
            }
        }
    }
}

#[test]
fn bridges_are_those_that_they_were_on_in_order() {
    let mut moved = 0;
    for case in cases() {
        let servers = case.scenario.servers.as_ref().unwrap();
        for (what, report) in case.reports() {
            for person in case.were_there() {
                let told = case.participant(report, person);
                let Some(focus) = &told.focus else { continue };
                let times = members(case, person).into_iter().flat_map(|member| shown(case, member));
                let mut bridges: Vec<&String> = times
                    .map(|at_ms| servers.bridge_of(person, at_ms - case.scenario.start_ms))
                    .map(|bridge| &servers.bridges[bridge].host.name)
                    .collect();
                bridges.dedup();
                moved += usize::from(bridges.len() > 1);
                let what = format!("seed {}, {what}, {}", case.seed, told.key);
                assert_eq!(focus.bridges.iter().collect::<Vec<_>>(), bridges, "{what}");
            }
        }
    }
    assert!(moved > 2, "{moved}");
}

#[test]
fn mutes_are_known_to_a_poll() {
    let mut compared = 0;
    for case in cases() {
        for (what, report) in case.reports() {
            for person in case.were_there() {
                let told = case.participant(report, person);
                let Some(focus) = &told.focus else { continue };
                let what = format!("seed {}, {what}, {}", case.seed, told.key);
                let own = members(case, person);
                for (name, told_ms, of) in [
                    (
                        "audio",
                        focus.audio_muted_ms,
                        (|m| &m.audio_muted) as fn(&TrueMember) -> &Vec<TrueTime>,
                    ),
                    ("video", focus.video_muted_ms, |m| &m.video_muted),
                ] {
                    // Who was muted at a poll is so until the next one.
                    let of_member = |member: &&TrueMember| {
                        let times = shown(case, member);
                        let pairs = times.windows(2).filter(|pair| is_muted(member, of(member), pair[0]));
                        pairs.map(|pair| (pair[1] - pair[0]) as f64).sum::<f64>()
                    };
                    let polled_ms: f64 = own.iter().map(of_member).sum();
                    let truly_ms: f64 = own
                        .iter()
                        .map(|member| {
                            let after = of(member).iter().map(|time| time.to_ms - time.from_ms).sum::<u64>();
                            (after + member.published_ms - member.joined_ms) as f64
                        })
                        .sum();
                    let told_ms = told_ms.unwrap_or(f64::NAN);
                    assert!(
                        (told_ms - polled_ms).abs() <= STORING_MS,
                        "{what}, {name}: {told_ms} {polled_ms}"
                    );
                    let switches = own.iter().map(|member| 1 + of(member).len()).sum::<usize>() as f64;
                    let accuracy_ms = 2.0 * switches * FOCUS_POLL_MS;
                    assert!(
                        (told_ms - truly_ms).abs() <= accuracy_ms,
                        "{what}, {name}: {told_ms} {truly_ms}"
                    );
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 200, "{compared}");
}

#[test]
fn jingle_is_as_it_was_last() {
    let (mut active, mut pending) = (0, 0);
    for case in cases() {
        for (what, report) in case.reports() {
            for person in case.were_there() {
                let told = case.participant(report, person);
                let Some(focus) = &told.focus else { continue };
                let own = members(case, person);
                let Some(member) = own.iter().rev().find(|member| !shown(case, member).is_empty()) else {
                    continue;
                };
                let last_ms = *shown(case, member).last().unwrap();
                // Accepted 150 ms before the media is announced; pending again from a bridge's death until it is
                // connected anew.
                let accepted = member.published_ms - 150 <= last_ms;
                let servers = case.scenario.servers.as_ref().unwrap();
                let moving = servers.restarts().any(|(fault, _)| {
                    let at_ms = last_ms - case.scenario.start_ms;
                    servers.bridge_of(person, fault.time.from_ms) == fault.bridge
                        && (fault.moved_ms()..fault.time.to_ms).contains(&at_ms)
                });
                let state = if accepted && !moving { "ACTIVE" } else { "PENDING" };
                let what = format!("seed {}, {what}, {}", case.seed, told.key);
                assert_eq!(focus.jingle_state.as_deref(), Some(state), "{what}");
                if state == "ACTIVE" { active += 1 } else { pending += 1 }
            }
        }
    }
    println!("{active} were active at last, {pending} pending");
    assert!(active > 100, "{active}");
}
