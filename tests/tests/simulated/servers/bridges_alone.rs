//! Who was there by the bridges' dumps alone: nobody tells of the room.

use std::collections::BTreeSet;

use simulator::{TrueBridge, TrueBridgePresence};

use super::bridge_truth::written;
use super::{Case, STORING_MS, Wrong, cases, close};

/// Everybody's stays that written polls show, with their bridges, by time.
fn stays(case: &Case, person: usize) -> Vec<(&TrueBridge, &TrueBridgePresence)> {
    let all =
        case.truth.bridges.iter().flat_map(|bridge| bridge.stays.iter().map(move |stay| (bridge, stay)));
    let mut own: Vec<_> =
        all.filter(|(_, stay)| stay.person == person && !written(stay).is_empty()).collect();
    own.sort_by_key(|(_, stay)| stay.allocated_ms);
    own
}

#[test]
fn who_was_on_a_bridge_is_somebody() {
    let (mut wrong, mut compared) = (Wrong::default(), 0);
    for case in cases() {
        let people = (0..case.scenario.people.len()).filter(|person| !stays(case, *person).is_empty());
        let ids = |person: usize| -> BTreeSet<&str> {
            stays(case, person).into_iter().map(|(_, stay)| stay.endpoint_id.as_str()).collect()
        };
        let truly: BTreeSet<BTreeSet<&str>> = people.map(ids).collect();
        let people = case.bridges.participants.iter();
        let told: BTreeSet<BTreeSet<&str>> =
            people.map(|person| person.endpoint_ids.iter().map(String::as_str).collect()).collect();
        wrong.unless(told == truly, || format!("seed {}: {told:?}, truly {truly:?}", case.seed));
        for person in &case.bridges.participants {
            let what = format!("seed {}, {}", case.seed, person.key);
            wrong.unless(person.focus.is_none() && person.bridge.is_some(), || what.clone());
            let muted_ms = [person.activity.audio_muted_ms, person.activity.video_muted_ms];
            wrong.unless(muted_ms == [None; 2], || format!("{what}: bridges know of no mutes, {muted_ms:?}"));
            compared += 1;
        }
    }
    wrong.conclude();
    assert!(compared > 60, "{compared}");
}

#[test]
fn they_were_there_from_poll_to_poll_or_as_the_log_says() {
    let (mut wrong, mut logged, mut polled) = (Wrong::default(), 0, 0);
    for case in cases() {
        let drawn = case.scenario.servers.as_ref().unwrap();
        for person in 0..case.scenario.people.len() {
            let own = stays(case, person);
            if own.is_empty() {
                continue;
            }
            let told = case.participant(&case.bridges, person);
            let truly: Vec<(f64, f64)> = own
                .iter()
                .map(|(bridge, stay)| {
                    let polls = written(stay);
                    let has_log =
                        drawn.bridges.iter().any(|drawn| drawn.host.name == bridge.server.name && drawn.logs);
                    // With the last one the conference ends, and nobody asks for its lines any more.
                    let is_last = bridge.server.dumps[stay.dump].ended_ms == stay.left_ms;
                    let from_ms = if has_log { stay.allocated_ms } else { polls[0].at_ms };
                    // Endpoints expire 30 ms after they have left.
                    let last_ms = stay.polls.iter().map(|poll| poll.at_ms).max().unwrap();
                    let to_ms = if has_log && !is_last { stay.left_ms + 30 } else { last_ms };
                    if has_log {
                        logged += 1;
                    } else {
                        polled += 1;
                    }
                    (from_ms as f64, to_ms as f64)
                })
                .collect();
            let is = told.presences.len() == truly.len()
                && told.presences.iter().zip(&truly).all(|(told, (from_ms, to_ms))| {
                    let ahead_ms = case.ahead_ms(&told.file);
                    close(told.from_ms - ahead_ms, *from_ms, STORING_MS)
                        && close(told.to_ms - ahead_ms, *to_ms, STORING_MS)
                });
            wrong.unless(is, || {
                format!("seed {}, {}: {:?}, truly {truly:?}", case.seed, told.key, told.presences)
            });
        }
    }
    wrong.conclude();
    assert!(logged > 20 && polled > 10, "{logged} logged, {polled} polled");
}
