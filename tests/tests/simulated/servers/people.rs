//! Everybody who was in the room is one participant, and nobody else is.

use std::collections::BTreeSet;

use analyzer_wasm::report::Media;
use simulator::TrueMember;

use super::{Case, FOCUS_POLL_MS, STORING_MS, Wrong, cases};

/// The last poll of the focus that was written before a time.
fn last_written_ms(case: &Case) -> f64 {
    let written = case.truth.focus.polls.iter().filter(|poll| poll.written);
    written.map(|poll| poll.at_ms).max().unwrap() as f64
}

/// Members whom the focus' dump shows: by a poll, or by its log.
fn is_shown(member: &TrueMember) -> bool {
    member.first_seen_ms.is_some() || member.join_logged || member.leave_logged
}

#[test]
fn everybody_is_one_participant_and_nobody_else_is() {
    for case in cases() {
        let ids = |person: usize| -> BTreeSet<&str> {
            let own = case.truth.members.iter().filter(|member| member.person == person);
            own.map(|member| member.endpoint_id.as_str()).collect()
        };
        let truly: BTreeSet<BTreeSet<&str>> = case.were_there().into_iter().map(ids).collect();
        for (what, report) in case.reports() {
            let what = format!("seed {}, {what}", case.seed);
            let people = report.participants.iter();
            let told: BTreeSet<BTreeSet<&str>> =
                people.map(|person| person.endpoint_ids.iter().map(String::as_str).collect()).collect();
            assert_eq!(told, truly, "{what}");
            assert_eq!(report.participants.len(), truly.len(), "{what}");
            assert_eq!(report.conference.participant_count as usize, truly.len(), "{what}");
            assert_eq!(report.conference.meeting_id.as_deref(), Some(&*case.call.truth.meeting_id), "{what}");
        }
    }
}

#[test]
fn people_are_who_they_were() {
    for case in cases() {
        for (what, report) in case.reports() {
            for person in case.were_there() {
                let told = case.participant(report, person);
                let what = format!("seed {}, {what}, {}", case.seed, told.key);
                let stats_id = &case.call.truth.people[person].stats_id;
                assert_eq!(told.stats_id.as_ref(), Some(stats_id), "{what}");
                assert_eq!(told.has_dump, what.contains("all"), "{what}");
                let member = case.truth.members.iter().find(|member| member.person == person).unwrap();
                assert_eq!(told.region.as_ref(), Some(&member.region), "{what}");
                if !told.has_dump {
                    assert_eq!(told.network, Default::default(), "{what}");
                    assert_eq!(told.media, Media::default(), "{what}");
                    assert!(told.connections.is_empty() && told.transport.is_none(), "{what}");
                    assert_eq!(told.clock.method, "no-dump", "{what}");
                }
            }
        }
    }
}

#[test]
fn stays_are_as_the_focus_knew_them() {
    let (mut logged, mut polled) = (0, 0);
    for case in cases() {
        let end_ms = last_written_ms(case);
        for person in case.were_there() {
            let told = case.participant(&case.alone, person);
            let members: Vec<_> =
                case.truth.members.iter().filter(|member| member.person == person).collect();
            let what = format!(
                "seed {}, {}: {:?}, truly {:?}",
                case.seed,
                told.key,
                told.presences,
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
            assert_eq!(told.presences.len(), members.len(), "{what}");
            for (presence, member) in told.presences.iter().zip(members) {
                let ahead_ms = case.ahead_ms(&presence.file);
                let (from_ms, to_ms) = (presence.from_ms - ahead_ms, presence.to_ms - ahead_ms);
                if !is_shown(member) {
                    continue;
                }
                assert_eq!(case.server_of(&presence.file).name, case.truth.focus.server.name, "{what}");
                let came_ms = match member.first_seen_ms {
                    _ if member.join_logged => member.joined_ms as f64,
                    Some(seen_ms) => seen_ms as f64,
                    None => continue,
                };
                assert!((from_ms - came_ms).abs() <= STORING_MS, "came {}: {what}", from_ms - came_ms);
                let left_ms = match member.first_missed_ms {
                    _ if member.leave_logged => member.left_ms as f64,
                    Some(missed_ms) => missed_ms as f64,
                    None => end_ms.min(member.left_ms as f64),
                };
                // The last poll before the end shows everybody; who was not missed was there until then.
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
fn the_peak_is_what_it_was() {
    for case in cases() {
        let members = &case.truth.members;
        let there = |at_ms: u64| members.iter().filter(|m| m.joined_ms <= at_ms && at_ms < m.left_ms).count();
        let truly = members.iter().map(|member| there(member.joined_ms)).max().unwrap();
        for (what, report) in case.reports() {
            let told = report.conference.peak_participants as usize;
            assert_eq!(told, truly, "seed {}, {what}", case.seed);
        }
    }
}

/// How far off a client's clock may be is told with it; to that comes what the servers' own clocks are off.
#[test]
fn clients_clocks_are_no_further_off_than_is_told() {
    let (mut compared, mut worst_ms, mut wrong) = (0, 0.0_f64, Wrong::default());
    for case in cases() {
        for person in case.were_there() {
            let told = case.participant(&case.all, person);
            let off_ms = told.clock.offset_ms - case.call.truth.people[person].clock_offset_ms as f64;
            let may_ms = told.clock.residual_ms.unwrap_or(f64::INFINITY) + case.skew_ms() + STORING_MS;
            let what = || format!("seed {}, {}: {off_ms} ms off, {:?}", case.seed, told.key, told.clock);
            wrong.unless(off_ms.abs() <= may_ms, what);
            worst_ms = worst_ms.max(off_ms.abs() - case.skew_ms());
            compared += 1;
        }
    }
    println!("{compared} clients' clocks are at most {worst_ms:.0} ms off, beside what the servers' are");
    wrong.conclude();
    assert!(compared > 60, "{compared}");
}

/// With their own dump, somebody's presences are that dump's, and no server adds one.
#[test]
fn stays_with_dumps_are_the_dumps() {
    for case in cases() {
        for person in case.were_there() {
            let told = case.participant(&case.all, person);
            let files: BTreeSet<&str> =
                told.presences.iter().map(|presence| presence.file.as_str()).collect();
            let own =
                case.call.dumps.iter().filter(|dump| dump.person == person).map(|dump| dump.name.as_str());
            let what = format!("seed {}, {}: {:?}", case.seed, told.key, told.presences);
            assert_eq!(files, own.collect(), "{what}");
            assert_eq!(told.presences.len(), files.len(), "{what}");
        }
    }
}
