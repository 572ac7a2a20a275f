//! Each person who was in the room is exactly one participant, with the right presences, clock and identity.

use std::collections::BTreeSet;

use analyzer_wasm::report::Media;
use simulator::TrueMember;

use super::{FOCUS_POLL_MS, Mismatches, STORING_MS, SimulatedCase, cases};

/// The time of the last poll of the focus in its dump.
fn last_written_ms(case: &SimulatedCase) -> f64 {
    let written = case.truth.focus.polls.iter().filter(|poll| poll.written);
    written.map(|poll| poll.at_ms).max().unwrap() as f64
}

/// Whether the focus' dump shows a member, in a poll or in its log.
fn is_shown(member: &TrueMember) -> bool {
    member.first_seen_ms.is_some() || member.join_logged || member.leave_logged
}

#[test]
fn each_person_is_exactly_one_participant() {
    for case in cases() {
        let ids = |person: usize| -> BTreeSet<&str> {
            let own = case.truth.members.iter().filter(|member| member.person == person);
            own.map(|member| member.endpoint_id.as_str()).collect()
        };
        let expected: BTreeSet<BTreeSet<&str>> = case.were_there().into_iter().map(ids).collect();
        for (what, report) in case.reports() {
            let what = format!("seed {}, {what}", case.seed);
            let people = report.participants.iter();
            let reported: BTreeSet<BTreeSet<&str>> =
                people.map(|person| person.endpoint_ids.iter().map(String::as_str).collect()).collect();
            assert_eq!(reported, expected, "{what}");
            assert_eq!(report.participants.len(), expected.len(), "{what}");
            assert_eq!(report.conference.participant_count as usize, expected.len(), "{what}");
            assert_eq!(report.conference.meeting_id.as_deref(), Some(&*case.call.truth.meeting_id), "{what}");
        }
    }
}

#[test]
fn identities_regions_and_clock_methods_are_right() {
    for case in cases() {
        for (what, report) in case.reports() {
            for person in case.were_there() {
                let reported = case.participant(report, person);
                let what = format!("seed {}, {what}, {}", case.seed, reported.key);
                let stats_id = &case.call.truth.people[person].stats_id;
                assert_eq!(reported.stats_id.as_ref(), Some(stats_id), "{what}");
                assert_eq!(reported.has_dump, what.contains("all"), "{what}");
                let member = case.truth.members.iter().find(|member| member.person == person).unwrap();
                assert_eq!(reported.region.as_ref(), Some(&member.region), "{what}");
                if !reported.has_dump {
                    assert_eq!(reported.network, Default::default(), "{what}");
                    assert_eq!(reported.media, Media::default(), "{what}");
                    assert!(reported.connections.is_empty() && reported.transport.is_none(), "{what}");
                    assert_eq!(reported.clock.method, "no-dump", "{what}");
                }
            }
        }
    }
}

#[test]
fn presences_match_the_focus_logs_and_polls() {
    let (mut logged, mut polled) = (0, 0);
    for case in cases() {
        let end_ms = last_written_ms(case);
        for person in case.were_there() {
            let reported = case.participant(&case.servers_only, person);
            let members: Vec<_> =
                case.truth.members.iter().filter(|member| member.person == person).collect();
            let what = format!(
                "seed {}, {}: {:?}, expected {:?}",
                case.seed,
                reported.key,
                reported.presences,
                members
                    .iter()
                    .map(|m| (
                        m.joined_ms,
                        m.left_ms,
                        m.join_logged,
                        m.leave_logged,
                        m.first_seen_ms,
                        m.first_missed_ms
                    ))
                    .collect::<Vec<_>>()
            );
            assert_eq!(reported.presences.len(), members.len(), "{what}");
            for (presence, member) in reported.presences.iter().zip(members) {
                let ahead_ms = case.ahead_ms(&presence.file);
                let (from_ms, to_ms) = (presence.from_ms - ahead_ms, presence.to_ms - ahead_ms);
                if !is_shown(member) {
                    continue;
                }
                assert_eq!(case.server_of(&presence.file).name, case.truth.focus.server.name, "{what}");
                let joined_ms = match member.first_seen_ms {
                    _ if member.join_logged => member.joined_ms as f64,
                    Some(seen_ms) => seen_ms as f64,
                    None => continue,
                };
                assert!((from_ms - joined_ms).abs() <= STORING_MS, "joined {}: {what}", from_ms - joined_ms);
                let left_ms = match member.first_missed_ms {
                    _ if member.leave_logged => member.left_ms as f64,
                    Some(missed_ms) => missed_ms as f64,
                    None => end_ms.min(member.left_ms as f64),
                };
                // A member that no poll shows as gone is present until the last poll.
                let early_ms = if member.first_missed_ms.is_none() && !member.leave_logged {
                    FOCUS_POLL_MS
                } else {
                    0.0
                };
                let late_ms = to_ms - left_ms;
                assert!((-early_ms - STORING_MS..=STORING_MS).contains(&late_ms), "left {late_ms}: {what}");
                if member.join_logged { logged += 1 } else { polled += 1 }
            }
        }
    }
    assert!(logged > 30 && polled > 10, "{logged} logged, {polled} polled");
}

#[test]
fn peak_participants_is_right() {
    for case in cases() {
        let members = &case.truth.members;
        let there = |at_ms: u64| members.iter().filter(|m| m.joined_ms <= at_ms && at_ms < m.left_ms).count();
        let expected = members.iter().map(|member| there(member.joined_ms)).max().unwrap();
        for (what, report) in case.reports() {
            let reported = report.conference.peak_participants as usize;
            assert_eq!(reported, expected, "seed {}, {what}", case.seed);
        }
    }
}

/// The error of a client's clock is within its reported residual, plus the error of the servers' own clocks.
#[test]
fn clock_errors_of_clients_are_within_the_reported_residual() {
    let (mut compared, mut worst_ms, mut wrong) = (0, 0.0_f64, Mismatches::default());
    for case in cases() {
        for person in case.were_there() {
            let reported = case.participant(&case.all, person);
            let off_ms = reported.clock.offset_ms - case.call.truth.people[person].clock_offset_ms as f64;
            let may_ms = reported.clock.residual_ms.unwrap_or(f64::INFINITY) + case.skew_ms() + STORING_MS;
            let what =
                || format!("seed {}, {}: {off_ms} ms off, {:?}", case.seed, reported.key, reported.clock);
            wrong.unless(off_ms.abs() <= may_ms, what);
            worst_ms = worst_ms.max(off_ms.abs() - case.skew_ms());
            compared += 1;
        }
    }
    println!("{compared} client clocks: largest error {worst_ms:.0} ms, without the servers' own error");
    wrong.conclude();
    assert!(compared > 60, "{compared}");
}

/// The presences of a participant with dumps are those of the dumps; no server adds one.
#[test]
fn presences_of_participants_with_dumps_come_from_the_dumps() {
    for case in cases() {
        for person in case.were_there() {
            let reported = case.participant(&case.all, person);
            let files: BTreeSet<&str> =
                reported.presences.iter().map(|presence| presence.file.as_str()).collect();
            let own =
                case.call.dumps.iter().filter(|dump| dump.person == person).map(|dump| dump.name.as_str());
            let what = format!("seed {}, {}: {:?}", case.seed, reported.key, reported.presences);
            assert_eq!(files, own.collect(), "{what}");
            assert_eq!(reported.presences.len(), files.len(), "{what}");
        }
    }
}
