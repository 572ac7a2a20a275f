//! Participants of reports that are built from bridges' dumps only, without the focus' view of the room.

use std::collections::BTreeSet;

use simulator::{TrueBridge, TrueBridgePresence};

use super::bridge_truth::written;
use super::{Mismatches, STORING_MS, SimulatedCase, cases, close};

/// A person's presences that the bridges' dumps show, with their bridges, in the order of time.
fn presences(case: &SimulatedCase, person: usize) -> Vec<(&TrueBridge, &TrueBridgePresence)> {
    let all = case
        .truth
        .bridges
        .iter()
        .flat_map(|bridge| bridge.stays.iter().map(move |presence| (bridge, presence)));
    let mut own: Vec<_> =
        all.filter(|(_, presence)| presence.person == person && !written(presence).is_empty()).collect();
    own.sort_by_key(|(_, presence)| presence.allocated_ms);
    own
}

#[test]
fn each_person_on_a_bridge_is_one_participant() {
    let (mut wrong, mut compared) = (Mismatches::default(), 0);
    for case in cases() {
        let people = (0..case.scenario.people.len()).filter(|person| !presences(case, *person).is_empty());
        let ids = |person: usize| -> BTreeSet<&str> {
            presences(case, person).into_iter().map(|(_, presence)| presence.endpoint_id.as_str()).collect()
        };
        let expected: BTreeSet<BTreeSet<&str>> = people.map(ids).collect();
        let people = case.bridges_only.participants.iter();
        let reported: BTreeSet<BTreeSet<&str>> =
            people.map(|person| person.endpoint_ids.iter().map(String::as_str).collect()).collect();
        wrong.unless(reported == expected, || {
            format!("seed {}: {reported:?}, expected {expected:?}", case.seed)
        });
        for person in &case.bridges_only.participants {
            let what = format!("seed {}, {}", case.seed, person.key);
            wrong.unless(person.focus.is_none() && person.bridge.is_some(), || what.clone());
            let muted_ms = [person.activity.audio_muted_ms, person.activity.video_muted_ms];
            wrong.unless(muted_ms == [None; 2], || {
                format!("{what}: bridges have no mute state, {muted_ms:?}")
            });
            compared += 1;
        }
    }
    wrong.conclude();
    assert!(compared > 60, "{compared}");
}

#[test]
fn presences_match_the_log_or_the_polls() {
    let (mut wrong, mut logged, mut polled) = (Mismatches::default(), 0, 0);
    for case in cases() {
        let drawn = case.scenario.servers.as_ref().unwrap();
        for person in 0..case.scenario.people.len() {
            let own = presences(case, person);
            if own.is_empty() {
                continue;
            }
            let reported = case.participant(&case.bridges_only, person);
            let expected: Vec<(f64, f64)> = own
                .iter()
                .map(|(bridge, presence)| {
                    let polls = written(presence);
                    let has_log =
                        drawn.bridges.iter().any(|drawn| drawn.host.name == bridge.server.name && drawn.logs);
                    // The conference ends with its last endpoint, and its remaining log lines are not collected.
                    let is_last = bridge.server.dumps[presence.dump].ended_ms == presence.left_ms;
                    let from_ms = if has_log { presence.allocated_ms } else { polls[0].at_ms };
                    // Endpoints expire 30 ms after the leave.
                    let last_ms = presence.polls.iter().map(|poll| poll.at_ms).max().unwrap();
                    let to_ms = if has_log && !is_last { presence.left_ms + 30 } else { last_ms };
                    if has_log {
                        logged += 1;
                    } else {
                        polled += 1;
                    }
                    (from_ms as f64, to_ms as f64)
                })
                .collect();
            let is = reported.presences.len() == expected.len()
                && reported.presences.iter().zip(&expected).all(|(reported, (from_ms, to_ms))| {
                    let ahead_ms = case.ahead_ms(&reported.file);
                    close(reported.from_ms - ahead_ms, *from_ms, STORING_MS)
                        && close(reported.to_ms - ahead_ms, *to_ms, STORING_MS)
                });
            wrong.unless(is, || {
                format!(
                    "seed {}, {}: {:?}, expected {expected:?}",
                    case.seed, reported.key, reported.presences
                )
            });
        }
    }
    wrong.conclude();
    assert!(logged > 20 && polled > 10, "{logged} logged, {polled} polled");
}
